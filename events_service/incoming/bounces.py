"""Mails that say that a mail of ours could not be delivered."""

from email.message import Message

from flufl.bounce import all_failures

from events_service.incoming.bounce import Bounce
from events_service.incoming.parts import headers, is_report
from events_service.incoming.reports import failure_in, returned_id, tells_of_arrival
from events_service.incoming.senders import one_address, sender_of

MACHINES = ("mailer-daemon", "postmaster", "mail-daemon")  # before the @


def bounce_in(message: Message) -> Bounce | None:
    """What did not arrive and why; None when the mail is about something else.

    A report that says nothing that could be read is a bounce of nobody, not a temporary one of
    somebody.
    """
    if not is_report(message):
        return _resembled(message) if _is_from_a_machine(message) else None
    if report_type(message) != "delivery-status" or tells_of_arrival(message):
        return None
    unclear = Bounce("", False, "", "", returned_id(message))
    return failure_in(message) or _resembled(message) or unclear


def report_type(message: Message) -> str:
    """Of a multipart/report: delivery-status, disposition-notification, feedback-report, …"""
    return str(message.get_param("report-type", "delivery-status")).lower()


def _resembled(message: Message) -> Bounce | None:
    """A bounce in none of the standard forms, as flufl.bounce reads it."""
    try:
        temporary, permanent = all_failures(message)
    except Exception:  # its detectors are heuristics over bytes that anybody may send
        return None
    recipients = sorted(permanent) or sorted(temporary)
    if not recipients:
        return None
    recipient = one_address(recipients[0].decode("ascii", "replace")) or ""
    return Bounce(recipient, bool(permanent), "", "", returned_id(message))


def _is_from_a_machine(message: Message) -> bool:
    sender = (sender_of(message) or "").partition("@")[0]
    return (
        sender in MACHINES
        or "<>" in headers(message, "Return-Path")
        or bool(headers(message, "X-Failed-Recipients"))
    )
