"""Telling a supervisor that a program is ready, as sd_notify(3) describes."""

import os
import socket


def say_ready() -> None:
    """Send READY=1 to the socket named by NOTIFY_SOCKET, if there is one."""
    address = os.environ.get("NOTIFY_SOCKET")
    if not address:
        return
    if address.startswith("@"):
        address = "\0" + address[1:]  # Linux's abstract names
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notices:
        notices.sendto(b"READY=1", address)
