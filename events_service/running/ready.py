"""Telling whoever started this process that it is ready, as sd_notify(3) describes."""

import os
import socket


def say_ready() -> None:
    """Send READY=1 to NOTIFY_SOCKET. Without that variable nobody asked, and nothing happens."""
    address = os.environ.get("NOTIFY_SOCKET")
    if not address:
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notices:
        notices.sendto(b"READY=1", "\0" + address[1:] if address[0] == "@" else address)
