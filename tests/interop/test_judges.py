"""Every kind of calendar message, read by libical and ical.js as their users would read it."""

import email
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from events_service.itip.days import Hours, Run
from events_service.itip.messages import Entry, Person, cancel, request
from events_service.letters import LETTERS
from events_service.letters.message import compose, seal
from tests.interop.conftest import Judge, asked
from tests.letters.cast import CASES, SENDER

SECRET = "the secret of a judge that nobody else has"
ZONES = (
    "Europe/Bratislava",
    "Europe/Paris",
    "Europe/Stockholm",
    "America/New_York",
    "Africa/Johannesburg",
)
HOURS = Hours(time(9), time(17, 30))
ENTRY = Entry(
    uid="5f0c6c1e2b7a4d0f9a3e@events.example.org",
    sequence=2,
    dtstamp=datetime(2026, 11, 22, 12, tzinfo=UTC),
    organizer=Person("rsvp+token@events.example.org", "Network of Cities"),
    attendee=Person("deputy.mayor@newark.example.org", "Deputy mayor, Newark"),
    summary="Preventing hate, where people live; Bratislava",
    run=Run((date(2027, 6, 1),), HOURS),
    zone="Europe/Bratislava",
    description="Agenda\n09:00 Opening",
    location="Primate’s Palace, Bratislava",
    url="https://events.example.org/events/bratislava-2027",
)


@dataclass(frozen=True)
class Case:
    entry: Entry
    ics: bytes


def as_written(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def true_occurrences(entry: Entry) -> list[list[str]]:
    """What zoneinfo says each day's start and end are."""
    zone = ZoneInfo(entry.zone)
    hours = entry.run.hours
    assert hours is not None
    return [
        [as_written(datetime.combine(day, clock, tzinfo=zone)) for clock in hours]
        for day in entry.run.days
    ]


def every_day(year: int, zone: str) -> Iterator[Entry]:
    """The year in runs of one to five days, each day in one of them."""
    day, length = date(year, 1, 1), 0
    while day.year == year:
        length = length % 5 + 1
        days = tuple(day + timedelta(days=number) for number in range(length))
        yield replace(ENTRY, zone=zone, run=Run(days, HOURS))
        day = days[-1] + timedelta(days=1)


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    entries = [e for year in (2027, 2040) for zone in ZONES for e in every_day(year, zone)]
    found = [Case(entry, request(entry)) for entry in entries]
    found += [Case(entry, cancel(entry, whole_event=True)) for entry in entries[::10]]
    found += [Case(entry, cancel(entry, whole_event=False)) for entry in entries[::10]]
    return found


def test_both_read_every_instant_as_zoneinfo_does(
    cases: list[Case], libical: Judge, icaljs: Judge
) -> None:
    truth = [true_occurrences(case.entry) for case in cases]
    calendars = [case.ics for case in cases]
    assert [verdict["occurrences"] for verdict in libical(calendars)] == truth
    assert [verdict["occurrences"] for verdict in icaljs(calendars)] == truth


def test_libical_finds_no_fault_in_any_kind_of_message(cases: list[Case], libical: Judge) -> None:
    verdicts = libical([case.ics for case in cases])
    assert [(v["fine"], v["errors"]) for v in verdicts] == [(True, 0)] * len(cases)


def sent_calendars() -> Iterator[tuple[str, bytes]]:
    """The calendar part of every letter that has one, as it goes over the wire."""
    for name, facts in CASES.items():
        letter = LETTERS[name.partition(".")[0]](facts, SENDER)
        if letter.calendar:
            stored = compose(
                letter,
                to_name="Deputy mayor",
                to_address="deputy.mayor@newark.example.org",
                cc_address=None,
                message_id=f"<{name}@events.example.org>",
                date=datetime(2027, 2, 1, tzinfo=UTC),
            )
            for part in email.message_from_bytes(seal(SECRET, stored)).walk():
                if part.get_content_type() == "text/calendar":
                    yield letter.calendar.method, part.get_payload(decode=True)


def test_the_calendars_of_the_letters_stand_before_both(libical: Judge, icaljs: Judge) -> None:
    methods, calendars = map(list, zip(*sent_calendars(), strict=True))
    assert set(methods) == {"REQUEST", "CANCEL", "DECLINECOUNTER"}
    assert [(v["fine"], v["errors"]) for v in libical(calendars)] == [(True, 0)] * len(calendars)
    assert [verdict["method"] for verdict in icaljs(calendars)] == methods


def test_an_all_day_run_ends_before_the_day_it_names_last(libical: Judge, icaljs: Judge) -> None:
    ics = request(replace(ENTRY, run=Run((date(2027, 6, 1), date(2027, 6, 2)), None)))
    for judge in (libical, icaljs):
        assert judge([ics])[0]["occurrences"] == [["20270601", "20270603"]]


def test_the_second_of_two_equal_hours_is_read_as_such(libical: Judge, icaljs: Judge) -> None:
    night = Run((date(2027, 10, 31),), Hours(time(2, 30, fold=1), time(5, fold=1)))
    ics = request(replace(ENTRY, run=night))
    for judge in (libical, icaljs):
        assert judge([ics])[0]["occurrences"] == [["20271031T013000Z", "20271031T040000Z"]]


def broken(ics: bytes, old: bytes, new: bytes) -> bytes:
    assert old in ics
    return ics.replace(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"DTSTAMP:20261122T120000Z\r\n", b""),
        (b"UID:5f0c6c1e2b7a4d0f9a3e@events.example.org\r\n", b""),
        (b"SUMMARY:", b"X-SUMMARY:"),
    ],
)
def test_control_libical_does_find_faults(old: bytes, new: bytes, libical: Judge) -> None:
    verdict = libical([broken(request(ENTRY), old, new)])[0]
    assert (verdict["fine"], verdict["errors"] > 0) == (False, True)


def test_control_an_onset_on_another_sunday_is_seen(libical: Judge, icaljs: Judge) -> None:
    """The comparison of instants fails when a rule is wrong."""
    entry = replace(ENTRY, run=Run((date(2027, 3, 28),), HOURS))
    ics = broken(request(entry), b"BYMONTH=3;BYDAY=-1SU", b"BYMONTH=4;BYDAY=1SU")
    for judge in (libical, icaljs):
        assert judge([ics])[0]["occurrences"] != true_occurrences(entry)


def test_control_a_judge_that_is_missing_fails_the_tests() -> None:
    with pytest.raises(pytest.fail.Exception, match="not here"):
        asked(["/usr/bin/python3", "-c", "import no_such_judge"], [], "the judge is not here")


def test_facts_of_the_cast_are_what_the_letters_need() -> None:
    """Every letter has a case, so none escapes the judges."""
    named: dict[str, Any] = {name.partition(".")[0]: None for name in CASES}
    assert set(named) == set(LETTERS)
