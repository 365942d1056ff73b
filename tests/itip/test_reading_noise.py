"""No bytes raise anything but CalendarUnreadable."""

import warnings
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from events_service.itip.reading import CalendarUnreadable, read_answers
from tests.itip.replied import (
    OWN_START,
    SUMMER_OF_TWO,
    VEVENT,
    calendar,
    reply,
    vevent,
)

HOSTILE_LINES = [
    *VEVENT.values(),
    *SUMMER_OF_TWO.splitlines(),
    *("BEGIN:VEVENT", "END:VEVENT", "BEGIN:VCALENDAR", "END:VCALENDAR", "METHOD:REPLY"),
    *("METHOD:COUNTER", "RRULE:FREQ=DAILY", "RECURRENCE-ID:20270602T070000Z", "DURATION:P1D"),
    *(
        "DURATION:P99999999D",
        "DTSTART;VALUE=DATE:99991231",
        "DTSTART;TZID=Europe/Paris:00010101T000000",
    ),
]


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(HOSTILE_LINES) | st.text(max_size=30), max_size=40),
    st.booleans(),
)
def test_no_lines_raise_anything_else(lines: list[str], wrapped: bool) -> None:
    ics = calendar(*vevent(*lines)) if wrapped else calendar(*lines, method="METHOD:REPLY")
    read_or_refuse(ics)


@settings(deadline=None)
@given(st.binary(max_size=300), st.integers(0, len(reply())), st.integers(0, 80))
def test_no_bytes_raise_anything_else(noise: bytes, at: int, dropped: int) -> None:
    ics = reply(zone=SUMMER_OF_TWO, DTSTART=OWN_START)
    read_or_refuse(noise)
    read_or_refuse(ics[:at] + noise + ics[at + dropped :])


def read_or_refuse(ics: bytes) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            answers = read_answers(ics)
        except CalendarUnreadable:
            return
    for answer in answers:
        for moment in (answer.dtstamp, answer.recurrence_id, answer.starts, answer.ends):
            assert not isinstance(moment, datetime) or moment.utcoffset() == timedelta()
