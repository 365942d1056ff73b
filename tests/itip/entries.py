"""One calendar entry that the tests vary."""

from datetime import UTC, date, datetime, time

from events_service.itip.days import Hours, Run
from events_service.itip.messages import Entry, Person

HOURS = Hours(time(9), time(17, 30))
DAYS = (date(2027, 6, 1), date(2027, 6, 2), date(2027, 6, 3))
ENTRY = Entry(
    uid="5f0c6c1e2b7a4d0f9a3e@events.example.org",
    sequence=2,
    dtstamp=datetime(2026, 11, 22, 12, tzinfo=UTC),
    organizer=Person("rsvp+token@events.example.org", "Network of Cities"),
    attendee=Person("deputy.mayor@newark.example.org", "Deputy mayor, Newark"),
    summary="Preventing hate",
    run=Run(DAYS, HOURS),
    zone="Europe/Bratislava",
    description="Agenda\n09:00 Opening",
    location="Palace, Bratislava",
    url="https://events.example.org/events/bratislava-2027",
)


def properties(ics: bytes) -> list[str]:
    """The unfolded lines of the VEVENT, without BEGIN and END."""
    text = ics.decode().replace("\r\n ", "")
    inside = text.partition("BEGIN:VEVENT\r\n")[2].partition("END:VEVENT")[0]
    return inside.split("\r\n")[:-1]


def named(ics: bytes, name: str) -> list[str]:
    """The lines of that property."""
    return [line for line in properties(ics) if line.partition(":")[0].partition(";")[0] == name]
