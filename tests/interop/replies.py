"""Replies as the four big programs write them, made from their documented habits.

Each function gives a whole mail. Times are local to `zone`, an IANA name; Exchange writes the
Windows name of it. `day` makes it an answer to one day of several.
"""

from collections.abc import Callable
from email.policy import SMTP

from tests.interop.reply_parts import (
    WINDOWS_NAMES,
    Said,
    calendar_of,
    instant,
    mail_of,
    olson_zone,
    part_of,
    quoted,
    recurrence_id,
    text_of,
    utc,
    wall,
    windows_zone,
)

__all__ = ["PROGRAMS", "Program", "Said", "apple", "exchange", "google", "thunderbird"]

Program = Callable[[Said], bytes]


def exchange(said: Said) -> bytes:
    """Outlook with Exchange: Windows names of zones with a definition that begins in 1601, no
    ORGANIZER, MAILTO in capitals, many X-MICROSOFT properties, and no copy as a file."""
    zone = WINDOWS_NAMES[said.zone]
    event = [
        f"ATTENDEE;PARTSTAT={said.partstat};CN=Deputy mayor:MAILTO:{said.attendee}",
        *([f"COMMENT;LANGUAGE=en-GB:{text_of(said.comment)}\\n"] if said.comment else []),
        f"UID:{said.uid}",
        *recurrence_id(said, zone),
        "SUMMARY;LANGUAGE=en-GB:Accepted: Preventing hate",
        f"DTSTART;TZID={zone}:{wall(said.starts)}",
        f"DTEND;TZID={zone}:{wall(said.ends)}",
        "CLASS:PUBLIC",
        "PRIORITY:5",
        f"DTSTAMP:{utc(said.dtstamp)}",
        "TRANSP:OPAQUE",
        "STATUS:CONFIRMED",
        f"SEQUENCE:{said.sequence}",
        "LOCATION;LANGUAGE=en-GB:Palace",
        f"X-MICROSOFT-CDO-APPT-SEQUENCE:{said.sequence}",
        "X-MICROSOFT-CDO-OWNERAPPTID:0",
        "X-MICROSOFT-CDO-BUSYSTATUS:BUSY",
        "X-MICROSOFT-CDO-INTENDEDSTATUS:BUSY",
        "X-MICROSOFT-CDO-ALLDAYEVENT:FALSE",
        "X-MICROSOFT-CDO-IMPORTANCE:1",
        "X-MICROSOFT-CDO-INSTTYPE:0",
        "X-MICROSOFT-DONOTFORWARDMEETING:FALSE",
        "X-MICROSOFT-DISALLOW-COUNTER:FALSE",
    ]
    ics = calendar_of("Microsoft Exchange Server 2010", said, event, windows_zone(zone))
    mail = mail_of(said, "Accepted: Preventing hate")
    mail["X-MS-Exchange-Calendar-Originator-Id"] = f"Deputy mayor <{said.attendee}>"
    mail["X-MS-Has-Attach"] = ""
    mail.set_content("", subtype="plain", charset="us-ascii")
    mail.add_alternative("<html><body></body></html>", subtype="html")
    mail.attach(part_of(ics, f'text/calendar; charset="utf-8"; method={said.method}'))
    return mail.as_bytes(policy=SMTP)


def google(said: Said) -> bytes:
    """Google Calendar: UTC times, an echoed SEQUENCE, X- properties and a copy as a file."""
    event = [
        f"DTSTART:{utc(instant(said.starts, said.zone))}",
        f"DTEND:{utc(instant(said.ends, said.zone))}",
        f"DTSTAMP:{utc(said.dtstamp)}",
        f"ORGANIZER;CN=Network of Cities:mailto:{said.organizer}",
        f"UID:{said.uid}",
        f"ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={said.partstat};"
        f"CN={said.attendee};X-NUM-GUESTS=0"
        f"{';X-RESPONSE-COMMENT=' + quoted(said.comment) if said.comment else ''}"
        f":mailto:{said.attendee}",
        "X-MICROSOFT-CDO-OWNERAPPTID:-1460413384",
        *([f"COMMENT:{text_of(said.comment)}"] if said.comment else []),
        *([f"RECURRENCE-ID:{utc(instant(said.starts, said.zone))}"] if said.day else []),
        "CREATED:20261101T090000Z",
        "DESCRIPTION:Agenda\\n09:00 Opening",
        f"LAST-MODIFIED:{utc(said.dtstamp)}",
        "LOCATION:Palace\\, Bratislava",
        f"SEQUENCE:{said.sequence}",
        "STATUS:CONFIRMED",
        "SUMMARY:Preventing hate",
        "TRANSP:OPAQUE",
    ]
    ics = calendar_of(
        "-//Google Inc//Google Calendar 70.9054//EN", said, event, ["CALSCALE:GREGORIAN"]
    )
    mail = mail_of(said, "Accepted: Preventing hate @ Tue 1 Jun 2027")
    mail["Sender"] = "Google Calendar <calendar-notification@google.com>"
    mail.set_content("Deputy mayor has accepted this invitation.\n")
    mail.add_alternative("<p>Deputy mayor has accepted this invitation.</p>", subtype="html")
    mail.attach(part_of(ics, f'text/calendar; charset="UTF-8"; method={said.method}', "7bit"))
    mail.make_mixed()
    copy = part_of(ics, 'application/ics; name="invite.ics"')
    copy["Content-Disposition"] = 'attachment; filename="invite.ics"'
    mail.attach(copy)
    return mail.as_bytes(policy=SMTP)


def apple(said: Said) -> bytes:
    """Apple Calendar: neither method nor charset in the MIME header, quoted addresses with their
    own X- parameters, and the calendar as an attached file."""
    event = [
        f"UID:{said.uid}",
        f"DTSTAMP:{utc(said.dtstamp)}",
        f"DTSTART;TZID={said.zone}:{wall(said.starts)}",
        f"DTEND;TZID={said.zone}:{wall(said.ends)}",
        *recurrence_id(said, said.zone),
        "SUMMARY:Preventing hate",
        *([f"COMMENT:{text_of(said.comment)}"] if said.comment else []),
        f"SEQUENCE:{said.sequence}",
        f'ATTENDEE;CN="Deputy mayor, Newark";CUTYPE=INDIVIDUAL;EMAIL="{said.attendee}";'
        f'PARTSTAT={said.partstat};X-CALENDARSERVER-DTSTAMP="{utc(said.dtstamp)}"'
        f":mailto:{said.attendee}",
        f'ORGANIZER;CN="Network of Cities";EMAIL="{said.organizer}":mailto:{said.organizer}',
        "X-APPLE-TRAVEL-ADVISORY-BEHAVIOR:AUTOMATIC",
    ]
    zone = olson_zone(said)
    ics = calendar_of("-//Apple Inc.//macOS 15.1//EN", said, event, ["CALSCALE:GREGORIAN", *zone])
    mail = mail_of(said, "Preventing hate: accepted")
    mail["X-Mailer"] = "iCal (2.0)"
    mail.set_content("Deputy mayor has accepted.\n")
    mail.make_mixed()
    copy = part_of(ics, 'text/calendar; name="iCal-20261122-130000.ics"', "quoted-printable")
    copy["Content-Disposition"] = "attachment; filename=iCal-20261122-130000.ics"
    mail.attach(copy)
    return mail.as_bytes(policy=SMTP)


def thunderbird(said: Said) -> bytes:
    """Thunderbird: its own name for the zone's definition, RECEIVED properties of its own."""
    zone = said.zone
    event = [
        "CREATED:20261101T090000Z",
        f"LAST-MODIFIED:{utc(said.dtstamp)}",
        f"DTSTAMP:{utc(said.dtstamp)}",
        f"UID:{said.uid}",
        *recurrence_id(said, zone),
        "SUMMARY:Preventing hate",
        f"ORGANIZER;CN=Network of Cities:mailto:{said.organizer}",
        f"ATTENDEE;CN=Deputy mayor;PARTSTAT={said.partstat};CUTYPE=INDIVIDUAL;"
        f"ROLE=REQ-PARTICIPANT:mailto:{said.attendee}",
        "X-MOZ-RECEIVED-SEQUENCE:0",
        f"X-MOZ-RECEIVED-DTSTAMP:{utc(said.dtstamp)}",
        f"DTSTART;TZID={zone}:{wall(said.starts)}",
        f"DTEND;TZID={zone}:{wall(said.ends)}",
        *([f"COMMENT:{text_of(said.comment)}"] if said.comment else []),
        f"SEQUENCE:{said.sequence}",
        "TRANSP:OPAQUE",
    ]
    prodid = "-//Mozilla.org/NONSGML Mozilla Calendar V1.1//EN"
    ics = calendar_of(prodid, said, event, olson_zone(said))
    mail = mail_of(said, "Event Invitation Reply (Accepted): Preventing hate")
    mail.set_content("Deputy mayor has accepted your event invitation.\n")
    mail.make_mixed()
    inline = part_of(ics, f"text/calendar; method={said.method}; charset=UTF-8", "8bit")
    mail.attach(inline)
    copy = part_of(ics, 'application/ics; name="invite.ics"')
    copy["Content-Disposition"] = 'attachment; filename="invite.ics"'
    mail.attach(copy)
    return mail.as_bytes(policy=SMTP)


PROGRAMS: dict[str, Program] = {
    "exchange": exchange,
    "google": google,
    "apple": apple,
    "thunderbird": thunderbird,
}
