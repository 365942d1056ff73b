"""What is emitted and read again are the same values."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import unquote

from hypothesis import given, settings
from hypothesis import strategies as st

from events_service.itip.cleaning import display_name, lines, one_line
from events_service.itip.days import Hours, Run
from events_service.itip.messages import Entry, Person, request
from events_service.itip.reading import read_answers
from events_service.itip.replies import Asked, asked, reply
from tests.itip.entries import ENTRY

ZONES = ("Europe/Bratislava", "America/New_York", "Africa/Johannesburg", "UTC", "Asia/Kathmandu")

words = st.text(max_size=120)
local_parts = st.from_regex(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,20}", fullmatch=True)
people = st.builds(
    lambda local, name: Person(f"{local}@newark.example.org", name), local_parts, words
)


@st.composite
def runs(draw: st.DrawFn) -> Run:
    first = draw(st.dates(date(2026, 1, 1), date(2028, 12, 31)))
    days = tuple(first + timedelta(days=number) for number in range(draw(st.integers(1, 5))))
    starts, ends = sorted(draw(st.tuples(st.integers(4 * 60, 1300), st.integers(1301, 1439))))
    hours = Hours(time(*divmod(starts, 60)), time(*divmod(ends, 60)))
    return Run(days, draw(st.sampled_from([hours, hours, None])))


entries = st.builds(
    Entry,
    uid=st.from_regex(r"[a-z0-9]{20,40}@events\.example\.org", fullmatch=True),
    sequence=st.integers(0, 2**31 - 1),
    dtstamp=st.datetimes(datetime(2026, 1, 1), datetime(2045, 1, 1)).map(  # noqa: DTZ001
        lambda moment: moment.replace(microsecond=0, tzinfo=UTC)
    ),
    organizer=people,
    attendee=people,
    summary=words,
    run=runs(),
    zone=st.sampled_from(ZONES),
    description=words,
    location=words,
    url=st.sampled_from(["", "https://events.example.org/events/bratislava-2027"]),
    partstat=st.sampled_from(["NEEDS-ACTION", "ACCEPTED", "TENTATIVE", "DECLINED"]),
    role=st.sampled_from(["REQ-PARTICIPANT", "OPT-PARTICIPANT", "CHAIR"]),
    status=st.sampled_from(["CONFIRMED", "TENTATIVE"]),
)


def person(value: Any) -> Person:
    return Person(unquote(str(value).removeprefix("mailto:")), str(value.params.get("CN", "")))


def entry_in(seen: Asked) -> Entry:
    event: Any = seen.event
    timed = isinstance(seen.starts, datetime)
    hours = Hours(seen.starts.time(), seen.ends.time()) if timed else None  # type: ignore[union-attr]
    whole = (seen.ends - seen.starts).days
    days = seen.days if timed else tuple(seen.starts + timedelta(days=n) for n in range(whole))
    return Entry(
        uid=str(event["UID"]),
        sequence=int(event["SEQUENCE"]),
        dtstamp=event["DTSTAMP"].dt.astimezone(UTC),
        organizer=person(event["ORGANIZER"]),
        attendee=person(event["ATTENDEE"]),
        summary=str(event["SUMMARY"]),
        run=Run(days, hours),  # type: ignore[arg-type]
        zone=seen.zone,
        description=str(event.get("DESCRIPTION", "")),
        location=str(event.get("LOCATION", "")),
        url=str(event.get("URL", "")),
        partstat=event["ATTENDEE"].params["PARTSTAT"],
        role=event["ATTENDEE"].params["ROLE"],
        status=str(event["STATUS"]),  # type: ignore[arg-type]
    )


def common_name(name: str) -> str:
    return display_name(name.replace("\\", ""))


def cleaned(entry: Entry) -> Entry:
    """What emitting leaves of text that people typed."""
    organizer, attendee = entry.organizer, entry.attendee
    shown = common_name(attendee.name) or attendee.address
    return replace(
        entry,
        summary=one_line(entry.summary),
        description=lines(entry.description).strip(),
        location=one_line(entry.location),
        organizer=Person(organizer.address, common_name(organizer.name)),
        attendee=Person(attendee.address, shown),
        zone=entry.zone if entry.run.hours else "UTC",
    )


@settings(deadline=None)
@given(entries)
def test_an_invitation_is_read_as_it_was_meant(entry: Entry) -> None:
    assert entry_in(asked(request(entry))) == cleaned(entry)


@settings(deadline=None)
@given(entries, st.data())
def test_and_its_answer_is_about_it(entry: Entry, data: st.DataObject) -> None:
    day = data.draw(st.sampled_from([None, *asked(request(entry)).days]))
    (answer,) = read_answers(reply(request(entry), "ACCEPTED", now=ENTRY.dtstamp, day=day))
    assert (answer.uid, answer.sequence) == (entry.uid, entry.sequence)
    assert answer.attendee == entry.attendee.address.lower()
