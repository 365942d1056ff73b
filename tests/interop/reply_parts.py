"""What the replies of calendar programs are put together from."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.message import EmailMessage, MIMEPart
from email.policy import SMTP
from zoneinfo import ZoneInfo

WINDOWS_NAMES = {
    "Europe/Bratislava": "Central Europe Standard Time",
    "Europe/Paris": "Romance Standard Time",
    "Europe/Stockholm": "W. Europe Standard Time",
    "America/New_York": "Eastern Standard Time",
    "Africa/Johannesburg": "South Africa Standard Time",
}


@dataclass(frozen=True)
class Said:
    """What is answered. `dtstamp` is aware; `starts` and `ends` are wall times of the first day,
    or of `day`, in `zone`."""

    uid: str
    attendee: str
    organizer: str  # rsvp+TOKEN@…
    partstat: str
    sequence: int
    dtstamp: datetime
    starts: datetime
    ends: datetime
    zone: str = "Europe/Bratislava"
    day: date | None = None
    comment: str = ""
    method: str = "REPLY"

    def moved(self, day: date) -> "Said":
        """The same, about one day."""
        length = self.ends - self.starts
        starts = datetime.combine(day, self.starts.time())
        return Said(**{**vars(self), "day": day, "starts": starts, "ends": starts + length})


def mail_of(said: Said, subject: str) -> EmailMessage:
    mail = EmailMessage(policy=SMTP)
    mail["From"] = f'"Deputy mayor, Newark" <{said.attendee}>'
    mail["To"] = f"Network of Cities <{said.organizer}>"
    mail["Subject"] = subject
    mail["Date"] = said.dtstamp
    mail["Message-ID"] = f"<{said.dtstamp:%Y%m%d%H%M%S}.{said.partstat}@newark.example.org>"
    return mail


def part_of(ics: bytes, content_type: str, encoding: str = "base64") -> MIMEPart:
    """A part whose headers are as given, to the letter."""
    part = MIMEPart(policy=SMTP)
    kind, _, subtype = content_type.partition(";")[0].partition("/")
    part.set_content(ics, kind, subtype, cte="base64" if encoding == "base64" else "8bit")
    if encoding in ("quoted-printable", "7bit"):
        part.set_content(ics, kind, subtype, cte="quoted-printable")
    del part["Content-Type"]
    del part["MIME-Version"]
    part["Content-Type"] = content_type
    return part


def calendar_of(prodid: str, said: Said, event: list[str], before: list[str]) -> bytes:
    lines = [
        "BEGIN:VCALENDAR",
        f"METHOD:{said.method}",
        f"PRODID:{prodid}",
        "VERSION:2.0",
        *before,
        "BEGIN:VEVENT",
        *event,
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
    return "\r\n".join(folded for line in lines for folded in _folded(line)).encode()


def _folded(line: str) -> list[str]:
    """At 70 characters, so that a line with a few letters beyond ASCII stays short enough."""
    first, rest = line[:70], line[70:]
    return [first, *(f" {rest[start : start + 70]}" for start in range(0, len(rest), 70))]


def windows_zone(name: str) -> list[str]:
    """As Exchange writes it: rules from 1601 on, whatever the zone has done since."""
    return [
        "BEGIN:VTIMEZONE",
        f"TZID:{name}",
        "BEGIN:STANDARD",
        "DTSTART:16010101T030000",
        "TZOFFSETFROM:+0200",
        "TZOFFSETTO:+0100",
        "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10",
        "END:STANDARD",
        "BEGIN:DAYLIGHT",
        "DTSTART:16010101T020000",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0200",
        "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3",
        "END:DAYLIGHT",
        "END:VTIMEZONE",
    ]


def olson_zone(said: Said) -> list[str]:
    """With the rules of the European Union, by the name that the invitation gave it."""
    return [
        line.replace("16010101", "19961027" if "T03" in line else "19810329")
        for line in windows_zone(said.zone)
    ]


def recurrence_id(said: Said, tzid: str) -> list[str]:
    return [f"RECURRENCE-ID;TZID={tzid}:{wall(said.starts)}"] if said.day else []


def wall(moment: datetime) -> str:
    return f"{moment:%Y%m%dT%H%M%S}"


def utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def instant(wall: datetime, zone: str) -> datetime:
    return wall.replace(tzinfo=ZoneInfo(zone))


def text_of(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
    return escaped.replace("\n", "\\n")


def quoted(text: str) -> str:
    return '"' + text.replace('"', "'").replace("\n", " ") + '"'
