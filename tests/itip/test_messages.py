"""Lines 2 to 13 of what a correct invitation is (RFC 5546, RFC 5545, RFC 6047)."""

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from events_service.itip.addresses import AddressNotSendable
from events_service.itip.cleaning import lines, one_line
from events_service.itip.days import Hours, Run
from events_service.itip.messages import Entry, Person, cancel, request
from tests.itip.entries import DAYS, ENTRY, HOURS, named, properties

EMOJI_NAME = "👩‍⚖️" * 2_500  # 10,000 characters
HOSTILE = 'x\r\nATTENDEE:mailto:evil@example.net\r\n "quoted" \x00\x0b\u202e\u2028end'


def all_messages(entry: Entry) -> list[bytes]:
    return [request(entry), cancel(entry, whole_event=True), cancel(entry, whole_event=False)]


# 2 – lines


@pytest.mark.parametrize("text", [EMOJI_NAME, "é" * 10_000, "x" * 10_000, HOSTILE])
def test_lines_are_short_and_end_in_crlf_and_split_no_character(text: str) -> None:
    person = Person("deputy.mayor@newark.example.org", text)
    entry = replace(ENTRY, summary=text, description=text, location=text, attendee=person)
    for ics in all_messages(entry):
        assert ics.endswith(b"END:VCALENDAR\r\n")
        assert b"\r" not in ics.replace(b"\r\n", b"")
        assert b"\n" not in ics.replace(b"\r\n", b"")
        for line in ics.split(b"\r\n"):
            assert len(line) <= 75
            line.decode()  # raises when a character is split


# 3 – one UID, one VEVENT a run


def test_consecutive_days_are_one_event_that_repeats() -> None:
    ics = request(ENTRY)
    assert ics.count(b"BEGIN:VEVENT") == 1
    assert named(ics, "RRULE") == ["RRULE:FREQ=DAILY;COUNT=3"]
    assert named(ics, "DTSTART") == ["DTSTART;TZID=Europe/Bratislava:20270601T090000"]
    assert named(ics, "DTEND") == ["DTEND;TZID=Europe/Bratislava:20270601T173000"]
    assert b"RDATE" not in ics


def test_one_day_has_no_rule() -> None:
    assert named(request(replace(ENTRY, run=Run(DAYS[:1], HOURS))), "RRULE") == []


# 4 – organizer


def test_the_organizer_is_the_token_address_with_the_networks_name() -> None:
    for ics in all_messages(ENTRY):
        assert named(ics, "ORGANIZER") == [
            'ORGANIZER;CN="Network of Cities":mailto:rsvp+token@events.example.org'
        ]


# 5 – exactly one of each


def test_a_request_has_each_property_exactly_once() -> None:
    assert sorted(re.split("[;:]", line)[0] for line in properties(request(ENTRY))) == sorted(
        [
            "ATTENDEE",
            "DESCRIPTION",
            "DTEND",
            "DTSTAMP",
            "DTSTART",
            "LOCATION",
            "ORGANIZER",
            "RRULE",
            "SEQUENCE",
            "STATUS",
            "SUMMARY",
            "TRANSP",
            "UID",
            "URL",
        ]
    )
    assert named(request(ENTRY), "DTSTAMP") == ["DTSTAMP:20261122T120000Z"]
    assert named(request(ENTRY), "STATUS") == ["STATUS:CONFIRMED"]
    assert named(request(replace(ENTRY, status="TENTATIVE")), "STATUS") == ["STATUS:TENTATIVE"]
    assert named(request(replace(ENTRY, sequence=0)), "SEQUENCE") == ["SEQUENCE:0"]


def test_the_stamp_is_in_utc_whatever_zone_it_came_in() -> None:
    stamp = datetime(2026, 11, 22, 14, 0, 0, 7, tzinfo=timezone(timedelta(hours=2)))
    assert named(request(replace(ENTRY, dtstamp=stamp)), "DTSTAMP") == ["DTSTAMP:20261122T120000Z"]


# 6 – the one attendee


def test_the_recipient_is_the_one_attendee() -> None:
    assert named(request(ENTRY), "ATTENDEE") == [
        'ATTENDEE;CN="Deputy mayor, Newark";CUTYPE=INDIVIDUAL;PARTSTAT=NEEDS-ACTION;'
        "ROLE=REQ-PARTICIPANT;RSVP=TRUE:mailto:deputy.mayor@newark.example.org"
    ]


def test_an_answer_that_stands_is_kept() -> None:
    assert (
        "PARTSTAT=ACCEPTED;" in named(request(replace(ENTRY, partstat="ACCEPTED")), "ATTENDEE")[0]
    )


# 7 – names


def test_names_hold_no_quotation_marks_and_no_controls() -> None:
    person = Person("a@example.org", 'The "real"\r\nATTENDEE:mailto:b@example.net\x07 mayor')
    assert named(request(replace(ENTRY, attendee=person)), "ATTENDEE") == [
        'ATTENDEE;CN="The real ATTENDEE:mailto:b@example.net mayor";CUTYPE=INDIVIDUAL;'
        "PARTSTAT=NEEDS-ACTION;ROLE=REQ-PARTICIPANT;RSVP=TRUE:mailto:a@example.org"
    ]


def test_a_person_without_a_name_is_called_by_the_address() -> None:
    person = Person("a@example.org", "")
    assert named(request(replace(ENTRY, attendee=person)), "ATTENDEE")[0].startswith(
        "ATTENDEE;CN=a@example.org;"
    )


# 8 – time zones (see test_zones for what is in them)


@pytest.mark.parametrize("zone", ["Europe/Bratislava", "Africa/Johannesburg"])
def test_every_tzid_has_its_definition(zone: str) -> None:
    for ics in all_messages(replace(ENTRY, zone=zone)):
        used = set(re.findall(rb"TZID=([^:;]+)", ics))
        defined = re.findall(rb"TZID:([^\r]+)", ics)
        assert [zone.encode()] == defined == list(used)


# 9 – timed and all-day


def test_a_run_without_hours_is_whole_days_with_an_exclusive_end_and_blocks_nothing() -> None:
    ics = request(replace(ENTRY, run=Run(DAYS, None)))
    assert named(ics, "DTSTART") == ["DTSTART;VALUE=DATE:20270601"]
    assert named(ics, "DTEND") == ["DTEND;VALUE=DATE:20270604"]
    assert named(ics, "TRANSP") == ["TRANSP:TRANSPARENT"]
    assert named(ics, "RRULE") == []
    assert b"VTIMEZONE" not in ics


def test_an_hour_that_comes_twice_is_told_in_utc() -> None:
    night = Run((date(2027, 10, 31),), Hours(time(2, 30, fold=1), time(5, fold=1)))
    ics = request(replace(ENTRY, run=night))
    assert named(ics, "DTSTART") == ["DTSTART:20271031T013000Z"]
    assert named(ics, "DTEND") == ["DTEND:20271031T040000Z"]
    assert b"VTIMEZONE" not in ics


# 10 – UID


def test_the_uid_is_the_one_given() -> None:
    for ics in all_messages(ENTRY):
        assert named(ics, "UID") == ["UID:5f0c6c1e2b7a4d0f9a3e@events.example.org"]


# 12 – cancel


def test_the_cancellation_of_an_event_says_so() -> None:
    assert properties(cancel(ENTRY, whole_event=True)) == [
        "SUMMARY:Preventing hate",
        "DTSTART;TZID=Europe/Bratislava:20270601T090000",
        "DTEND;TZID=Europe/Bratislava:20270601T173000",
        "DTSTAMP:20261122T120000Z",
        "UID:5f0c6c1e2b7a4d0f9a3e@events.example.org",
        "SEQUENCE:2",
        "RRULE:FREQ=DAILY;COUNT=3",
        'ATTENDEE;CN="Deputy mayor, Newark";CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT:'
        "mailto:deputy.mayor@newark.example.org",
        "LOCATION:Palace\\, Bratislava",
        'ORGANIZER;CN="Network of Cities":mailto:rsvp+token@events.example.org',
        "STATUS:CANCELLED",
    ]


def test_the_removal_of_one_person_has_no_status() -> None:
    one, all_of_it = (cancel(ENTRY, whole_event=whole) for whole in (False, True))
    assert properties(one) == [line for line in properties(all_of_it) if "STATUS" not in line]


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
def test_the_method_stands_once_and_no_alarm(method: str) -> None:
    ics = request(ENTRY) if method == "REQUEST" else cancel(ENTRY, whole_event=True)
    assert re.findall(rb"METHOD:(\w+)", ics) == [method.encode()]
    assert b"VALARM" not in ics


# text that people typed


def read(ics: bytes) -> icalendar.Event:
    calendar = icalendar.Calendar.from_ical(ics)
    assert isinstance(calendar, icalendar.Calendar)
    return calendar.events[0]


def test_typed_text_adds_no_property() -> None:
    entry = replace(
        ENTRY,
        summary=HOSTILE,
        description=HOSTILE,
        location=HOSTILE,
        attendee=Person("a@example.org", HOSTILE),
        organizer=Person("b@example.org", HOSTILE),
    )
    assert [line.split(":")[0].split(";")[0] for line in properties(request(entry))] == [
        line.split(":")[0].split(";")[0] for line in properties(request(ENTRY))
    ]
    for ics in all_messages(entry):
        assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]", ics)


@given(summary=st.text(), description=st.text(), location=st.text(min_size=1))
def test_what_is_read_is_what_was_written(summary: str, description: str, location: str) -> None:
    event = read(
        request(replace(ENTRY, summary=summary, description=description, location=location))
    )
    assert event.get("SUMMARY", "") == one_line(summary)
    assert event.get("DESCRIPTION", "") == lines(description).strip()
    assert event.get("LOCATION", "") == one_line(location)


@given(name=st.text(st.characters(exclude_categories=["C"]), max_size=300))
def test_a_name_is_read_as_it_was_written(name: str) -> None:
    event = read(request(replace(ENTRY, attendee=Person("a@example.org", f"Role {name}"))))
    wanted = one_line(f"Role {name}".replace('"', "").replace("\\", ""))
    cn = event.attendees[0].params["CN"]
    assert cn == wanted or (len(cn) <= 200 and wanted.startswith(cn.removesuffix("…")))


def test_an_address_that_cannot_be_written_to_is_refused() -> None:
    with pytest.raises(AddressNotSendable):
        request(replace(ENTRY, attendee=Person("jürgen@example.org", "Mayor")))
