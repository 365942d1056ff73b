"""Replies as the big four write them are read rightly, and ours stand before the judges."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import pytest

from events_service.incoming.mail import read_mail
from events_service.itip.answers import CalendarAnswer
from events_service.itip.days import Hours, Run
from events_service.itip.messages import Entry, decline_counter, request
from events_service.itip.reading import read_answers
from events_service.itip.replies import counter, reply
from tests.interop.conftest import Judge
from tests.interop.replies import PROGRAMS, Program, Said
from tests.interop.reply_parts import WINDOWS_NAMES
from tests.itip.entries import DAYS, ENTRY, HOURS, named, properties

SAID = Said(
    uid=ENTRY.uid,
    attendee="Deputy.Mayor@newark.example.org",
    organizer=ENTRY.organizer.address,
    partstat="ACCEPTED",
    sequence=2,
    dtstamp=datetime(2027, 5, 1, 12, tzinfo=UTC),
    starts=datetime(2027, 6, 1, 9),  # noqa: DTZ001
    ends=datetime(2027, 6, 1, 17, 30),  # noqa: DTZ001
)
COMMENT = "I arrive late, by “train”; 12:40\nSorry\\oh"
NOW = datetime(2027, 5, 1, 12, tzinfo=UTC)
ZONES = tuple(WINDOWS_NAMES)


def answers_in(mail: bytes) -> list[CalendarAnswer]:
    """What a whole mail answers; the same answer twice is one calendar."""
    read = read_mail(mail, trusted_servers=())
    assert (read.kind, read.problem) == ("calendar", "")
    assert read.sender == "deputy.mayor@newark.example.org"
    (ics,) = read.calendars
    return read_answers(ics)


def expected(said: Said) -> CalendarAnswer:
    zone = ZoneInfo(said.zone)
    starts, ends = (wall.replace(tzinfo=zone).astimezone(UTC) for wall in (said.starts, said.ends))
    return CalendarAnswer(
        method=said.method,  # type: ignore[arg-type]
        uid=said.uid,
        attendee="deputy.mayor@newark.example.org",
        said=said.partstat,  # type: ignore[arg-type]
        sequence=said.sequence,
        dtstamp=said.dtstamp,
        recurrence_id=starts if said.day else None,
        starts=starts,
        ends=ends,
        comment=said.comment,
    )


@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS)
@pytest.mark.parametrize("partstat", ["ACCEPTED", "TENTATIVE", "DECLINED"])
def test_each_answer(program: Program, partstat: str) -> None:
    said = replace(SAID, partstat=partstat, comment=COMMENT)
    assert answers_in(program(said)) == [expected(said)]


@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS)
@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("month", [1, 6])
def test_each_zone_in_winter_and_summer(program: Program, zone: str, month: int) -> None:
    said = replace(
        SAID,
        zone=zone,
        starts=SAID.starts.replace(month=month),
        ends=SAID.ends.replace(month=month),
    )
    assert answers_in(program(said)) == [expected(said)]


@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS)
def test_an_answer_to_one_day(program: Program) -> None:
    said = SAID.moved(date(2027, 6, 2))
    assert answers_in(program(said)) == [expected(said)]


@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS)
def test_another_time_is_proposed(program: Program) -> None:
    said = replace(
        SAID,
        method="COUNTER",
        starts=SAID.starts + timedelta(days=7),
        ends=SAID.ends + timedelta(days=7),
    )
    assert answers_in(program(said)) == [expected(said)]


def test_habits_are_as_documented() -> None:
    """What makes these replies differ is there, else the tests above would show little."""
    exchange, google, apple, thunderbird = (program(SAID) for program in PROGRAMS.values())
    assert b"ORGANIZER" not in read_mail(exchange, trusted_servers=()).calendars[0]
    assert b"Central Europe Standard Time" in read_mail(exchange, trusted_servers=()).calendars[0]
    assert b"X-NUM-GUESTS" in read_mail(google, trusted_servers=()).calendars[0]
    assert google.count(b"Content-Type: application/ics") == 1
    assert b"method" not in apple
    assert b"Content-Type: text/calendar; name=" in apple
    assert b"X-MOZ-RECEIVED-SEQUENCE" in read_mail(thunderbird, trusted_servers=()).calendars[0]


# What we write


def entries() -> list[Entry]:
    runs = [
        Run(DAYS, HOURS),
        Run(DAYS[:1], HOURS),
        Run(DAYS, None),
        Run((date(2027, 10, 31),), Hours(time(2, 30, fold=1), time(5, fold=1))),
        Run((date(2027, 3, 27), date(2027, 3, 28), date(2027, 3, 29)), HOURS),
    ]
    return [replace(ENTRY, run=run, zone=zone) for run in runs for zone in ZONES]


def days_to_answer(entry: Entry) -> list[date | None]:
    several = entry.run.hours is not None and len(entry.run.days) > 1
    return [None, *(entry.run.days if several else ())]


def replies() -> list[bytes]:
    return [
        reply(request(entry), "TENTATIVE", now=NOW, day=day, comment=COMMENT)
        for entry in entries()
        for day in days_to_answer(entry)
    ]


def counters() -> list[bytes]:
    later = datetime(2027, 11, 9, 8, tzinfo=UTC)
    return [
        counter(request(entry), later, later + timedelta(hours=8), now=NOW, day=day)
        for entry in entries()
        if entry.run.hours
        for day in days_to_answer(entry)
    ]


def refusals() -> list[bytes]:
    return [
        decline_counter(entry, day=day, comment=COMMENT)
        for entry in entries()
        for day in days_to_answer(entry)
    ]


def test_libical_finds_no_fault(libical: Judge) -> None:
    calendars = [*replies(), *counters(), *refusals()]
    verdicts = libical(calendars)
    assert [(one["fine"], one["errors"]) for one in verdicts] == [(True, 0)] * len(calendars)


def test_libical_reads_the_day_that_is_meant(libical: Judge) -> None:
    (verdict,) = libical([reply(request(ENTRY), "DECLINED", now=NOW, day=DAYS[1])])
    assert verdict["occurrences"] == [["20270602T070000Z", "20270602T153000Z"]]


@pytest.mark.parametrize("method", ["REPLY", "COUNTER", "DECLINECOUNTER"])
def test_icaljs_reads_the_method(method: str, icaljs: Judge) -> None:
    calendars = {"REPLY": replies, "COUNTER": counters, "DECLINECOUNTER": refusals}[method]()
    assert {verdict["method"] for verdict in icaljs(calendars)} == {method}


def test_lines_are_short_and_end_in_crlf() -> None:
    for ics in [*replies(), *counters(), *refusals()]:
        assert ics.endswith(b"END:VCALENDAR\r\n")
        assert b"\n" not in ics.replace(b"\r\n", b"")
        assert max(len(line) for line in ics.split(b"\r\n")) <= 75


Word = Literal["ACCEPTED", "TENTATIVE", "DECLINED"]


@pytest.mark.parametrize("said", ["ACCEPTED", "TENTATIVE", "DECLINED"])
@pytest.mark.parametrize("day", [None, *DAYS])
def test_what_we_write_we_read(said: Word, day: date | None) -> None:
    starts = datetime(2027, 6, (day or DAYS[0]).day, 7, tzinfo=UTC)
    ics = reply(request(ENTRY), said, now=NOW, day=day, comment=COMMENT)
    assert read_answers(ics) == [
        CalendarAnswer(
            method="REPLY",
            uid=ENTRY.uid,
            attendee=ENTRY.attendee.address,
            said=said,
            sequence=2,
            dtstamp=NOW,
            recurrence_id=starts if day else None,
            starts=starts,
            ends=starts + timedelta(hours=8, minutes=30),
            comment=COMMENT,
        )
    ]
    assert named(ics, "ORGANIZER") == named(request(ENTRY), "ORGANIZER")
    assert len(named(ics, "ATTENDEE")) == 1


def test_a_proposal_for_one_day() -> None:
    starts = datetime(2027, 6, 9, 8, tzinfo=UTC)
    ends = starts + timedelta(hours=2)
    ics = counter(request(ENTRY), starts, ends, now=NOW, day=DAYS[1])
    (answer,) = read_answers(ics)
    assert (answer.method, answer.starts, answer.ends) == ("COUNTER", starts, ends)
    assert answer.recurrence_id == datetime(2027, 6, 2, 7, tzinfo=UTC)
    assert named(ics, "RRULE") == []


def test_a_proposal_for_whole_days() -> None:
    whole = replace(ENTRY, run=Run(DAYS, None))
    ics = counter(request(whole), date(2027, 7, 1), date(2027, 7, 4), now=NOW)
    (answer,) = read_answers(ics)
    assert (answer.starts, answer.ends) == (date(2027, 7, 1), date(2027, 7, 4))


def test_a_day_that_the_invitation_has_not() -> None:
    with pytest.raises(ValueError, match="not for 2027-06-09"):
        reply(request(ENTRY), "ACCEPTED", now=NOW, day=date(2027, 6, 9))


def test_a_proposal_is_declined_with_no_more_than_is_needed() -> None:
    assert properties(decline_counter(ENTRY, comment="Too\nlate")) == [
        "DTSTAMP:20261122T120000Z",
        f"UID:{ENTRY.uid}",
        r"COMMENT:Too\nlate",
        'ORGANIZER;CN="Network of Cities":mailto:rsvp+token@events.example.org',
    ]
    one = decline_counter(ENTRY, day=DAYS[2])
    assert named(one, "RECURRENCE-ID") == ["RECURRENCE-ID;TZID=Europe/Bratislava:20270603T090000"]
    assert b"BEGIN:VTIMEZONE" in one
    assert named(one, "COMMENT") == []
