"""Calendar data that others write, and what must not be taken for an answer."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from events_service.itip.reading import read_answers
from tests.itip.replied import (
    ANSWER,
    STARTS,
    VEVENT,
    calendar,
    one,
    problem,
    reply,
    vevent,
)


def test_a_reply_is_read_whole() -> None:
    assert read_answers(reply()) == [ANSWER]


def test_line_ends_and_folds_of_any_kind() -> None:
    for ics in (
        reply().replace(b"\r\n", b"\n"),
        reply().replace(b"deputy", b"dep\r\n uty"),
        reply().replace(b"deputy", b"dep\n\tuty"),
        b"\xef\xbb\xbf" + reply(),
        b"\r\n\r\n" + reply() + b"\r\n",
    ):
        assert read_answers(ics) == [ANSWER]


# METHOD


@pytest.mark.parametrize("method", ["METHOD:REPLY", "METHOD:reply", "method:Reply"])
def test_the_method_in_the_body_counts_in_any_case(method: str) -> None:
    assert read_answers(calendar(*vevent(), method=method)) == [ANSWER]


@pytest.mark.parametrize(
    "method",
    ["", "METHOD:", "METHOD:REQUEST", "METHOD:CANCEL", "METHOD:PUBLISH", "METHOD:DECLINECOUNTER"],
)
def test_what_is_no_answer(method: str) -> None:
    assert "no answer" in problem(calendar(*vevent(), method=method))


def test_two_methods_are_none() -> None:
    assert "METHOD" in problem(calendar(*vevent(), method="METHOD:REPLY\r\nMETHOD:REQUEST"))


def test_a_refresh_says_nothing() -> None:
    refresh = calendar(*vevent(), method="METHOD:REFRESH")
    assert read_answers(refresh) == [replace(ANSWER, method="REFRESH", said=None)]


def test_a_counter_may_come_without_an_answer() -> None:
    lines = vevent(ATTENDEE="ATTENDEE:mailto:deputy.mayor@newark.example.org")
    counter = calendar(*lines, method="METHOD:COUNTER")
    assert read_answers(counter) == [replace(ANSWER, method="COUNTER", said="NEEDS-ACTION")]


@pytest.mark.parametrize(
    "changed",
    [
        {"DTSTART": None},
        {"DTEND": None},
        {"DTEND": "DTEND;VALUE=DATE:20270602"},
        {"DTEND": "DTEND:20270601T070000Z"},
        {"DTEND": "DTEND:20270531T070000Z"},
    ],
)
def test_a_counter_must_say_when(changed: dict[str, str | None]) -> None:
    lines = vevent(**changed)
    assert "another time" in problem(calendar(*lines, method="METHOD:COUNTER"))
    assert one(calendar(*lines)).said == "ACCEPTED"  # control: a reply need not


def test_the_end_may_be_a_length() -> None:
    lines = {"DTEND": "DURATION:PT8H30M"}
    assert one(calendar(*vevent(**lines), method="METHOD:COUNTER")).ends == ANSWER.ends


def test_a_proposed_date_lasts_that_day() -> None:
    lines = vevent(DTSTART="DTSTART;VALUE=DATE:20270608", DTEND=None)
    answer = one(calendar(*lines, method="METHOD:COUNTER"))
    assert (answer.starts, answer.ends) == (date(2027, 6, 8), date(2027, 6, 9))


# who


@pytest.mark.parametrize(
    ("uri", "address"),
    [
        ("mailto:deputy@newark.example.org", "deputy@newark.example.org"),
        ("MAILTO:Deputy@Newark.Example.ORG", "deputy@newark.example.org"),
        ("MailTo:deputy%2Bcalendar@newark.example.org", "deputy+calendar@newark.example.org"),
        ("mailto:deputy@newark.example.org?subject=x", "deputy@newark.example.org"),
        ("mailto: deputy@newark.example.org", "deputy@newark.example.org"),
        ("deputy@newark.example.org", "deputy@newark.example.org"),
        ("mailto:deputy@Žilina.example.org", "deputy@xn--ilina-tib.example.org"),
        ("mailto:deputy@XN--ILINA-TIB.example.org", "deputy@xn--ilina-tib.example.org"),
    ],
)
def test_addresses_are_made_comparable(uri: str, address: str) -> None:
    assert one(reply(ATTENDEE=f"ATTENDEE;PARTSTAT=DECLINED:{uri}")).attendee == address


@pytest.mark.parametrize(
    "uri",
    [
        "invalid:nomail",
        "mailto:",
        "mailto:deputy",
        "mailto:deputy@localhost",
        "mailto:a@b.example,c@d.example",
        "mailto:deputy@city.example]<mallory@evil.example>",
        "/principals/deputy",
        "http://newark.example.org/deputy",
        "mailto:dépùty@newark.example.org",
    ],
)
def test_an_attendee_without_an_address(uri: str) -> None:
    assert "address" in problem(reply(ATTENDEE=f"ATTENDEE;PARTSTAT=ACCEPTED:{uri}"))


def test_exactly_one_person_answers() -> None:
    another = "ATTENDEE;PARTSTAT=ACCEPTED:mailto:adviser@newark.example.org"
    assert "exactly one" in problem(reply(another))
    assert "exactly one" in problem(reply(ATTENDEE=None))


def test_an_organizer_may_be_there_or_not() -> None:
    there = reply("ORGANIZER;CN=Network:mailto:rsvp+token@events.example.org")
    assert read_answers(there) == read_answers(reply()) == [ANSWER]


@pytest.mark.parametrize(
    ("parameter", "said"),
    [
        (";PARTSTAT=ACCEPTED", "ACCEPTED"),
        (";PARTSTAT=accepted", "ACCEPTED"),
        (';PARTSTAT="TENTATIVE"', "TENTATIVE"),
        (";PARTSTAT=DECLINED", "DECLINED"),
        (";PARTSTAT=NEEDS-ACTION", "NEEDS-ACTION"),
        (";PARTSTAT=DELEGATED", "DELEGATED"),
        (";PARTSTAT=X-PERHAPS", "NEEDS-ACTION"),
        (";PARTSTAT=COMPLETED", "NEEDS-ACTION"),
        ("", "NEEDS-ACTION"),
    ],
)
def test_what_is_said(parameter: str, said: str) -> None:
    line = f"ATTENDEE{parameter}:mailto:deputy.mayor@newark.example.org"
    assert one(reply(ATTENDEE=line)).said == said


def test_delegate_and_sender_are_named() -> None:
    line = (
        'ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO="MAILTO:Adviser@newark.example.org";'
        'SENT-BY="mailto:office@newark.example.org";CN="Mayor; deputy"'
        ":mailto:deputy.mayor@newark.example.org"
    )
    assert one(reply(ATTENDEE=line)) == replace(
        ANSWER,
        said="DELEGATED",
        delegated_to="adviser@newark.example.org",
        sent_by="office@newark.example.org",
    )


@pytest.mark.parametrize(
    "parameter",
    [
        'DELEGATED-TO="mailto:a@b.example","mailto:c@d.example"',
        'DELEGATED-TO="invalid:nomail"',
        'SENT-BY="invalid:nomail"',
    ],
)
def test_a_delegate_or_sender_that_is_unclear(parameter: str) -> None:
    problem(reply(ATTENDEE=f"ATTENDEE;{parameter}:mailto:deputy.mayor@newark.example.org"))


def test_comments_and_what_is_ignored() -> None:
    ics = reply(
        "COMMENT;LANGUAGE=en:I arrive late\\, by train\\nat noon",
        "COMMENT:Sorry\x07",
        "X-MICROSOFT-CDO-BUSYSTATUS:BUSY",
        "X-ANYTHING;X-P=1:\\",
        "REQUEST-STATUS:2.0;Success",
    )
    assert one(ics) == replace(ANSWER, comment="I arrive late, by train\nat noon\nSorry")


def test_a_comment_is_kept_to_a_length() -> None:
    assert len(one(reply("COMMENT:" + "x" * 100_000)).comment) == 5000


# which


@pytest.mark.parametrize("uid", [None, "UID:", "UID:   ", "UID:a\x00b", "UID:a\x07b"])
def test_a_uid_is_needed(uid: str | None) -> None:
    assert "which invitation" in problem(reply(UID=uid))


@pytest.mark.parametrize("name", ["UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND"])
def test_what_may_stand_once_stands_once(name: str) -> None:
    assert name in problem(reply(VEVENT[name]))


@pytest.mark.parametrize(
    "line", ["SEQUENCE:two", "SEQUENCE:-1", "SEQUENCE:", "SEQUENCE:9999999999"]
)
def test_a_sequence_that_is_none(line: str) -> None:
    assert "SEQUENCE" in problem(reply(SEQUENCE=line))


def test_what_may_be_absent() -> None:
    bare = reply(SEQUENCE=None, DTSTAMP=None, DTSTART=None, DTEND=None)
    assert one(bare) == replace(ANSWER, sequence=None, dtstamp=None, starts=None, ends=None)


def day(number: int, said: str = "ACCEPTED") -> list[str]:
    return vevent(
        f"RECURRENCE-ID;TZID=Europe/Bratislava:2027060{number}T090000",
        ATTENDEE=f"ATTENDEE;PARTSTAT={said}:mailto:deputy.mayor@newark.example.org",
    )


def test_several_days_are_several_answers() -> None:
    second, third = STARTS + timedelta(days=1), STARTS + timedelta(days=2)
    assert read_answers(calendar(*vevent(), *day(2, "DECLINED"), *day(3, "TENTATIVE"))) == [
        ANSWER,
        replace(ANSWER, recurrence_id=second, said="DECLINED"),
        replace(ANSWER, recurrence_id=third, said="TENTATIVE"),
    ]


def test_a_day_as_a_date() -> None:
    assert one(reply("RECURRENCE-ID;VALUE=DATE:20270602")).recurrence_id == date(2027, 6, 2)


def test_one_answer_to_each() -> None:
    assert "more than once" in problem(calendar(*day(2), *day(2, "DECLINED")))
    other = vevent(UID="UID:other@events.example.org")
    assert "several invitations" in problem(calendar(*vevent(), *other))


def test_a_day_and_all_that_follow() -> None:
    assert "follow" in problem(reply("RECURRENCE-ID;RANGE=THISANDFUTURE:20270602T070000Z"))


# what is no calendar


@pytest.mark.parametrize(
    "ics",
    [
        b"",
        b"x",
        b"/etc/passwd",
        b"BEGIN:VCALENDAR",
        b"BEGIN:VCALENDAR\r\nEND:VCALENDAR",
        b"END:VCALENDAR\r\n",
        b"METHOD:REPLY\r\n",
        b"\r\n".join(vevent_line.encode() for vevent_line in vevent()),
        calendar(),
        calendar("BEGIN:VTODO", *vevent()[1:-1], "END:VTODO"),
        calendar("BEGIN:X-A", *vevent(), "END:X-A"),
        reply() + reply(),
        b"\xff\xfe" + reply().decode().encode("utf-16-le"),
        bytes(range(256)) * 10,
        b"BEGIN:VEVENT\r\n" * 20_000,
        b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\n" + b"BEGIN:VEVENT\r\n" * 20_000,
        reply("X-LARGE:" + "x" * 2 * 1024 * 1024),
        calendar(*[line for number in range(101) for line in vevent(UID=f"UID:{number}")]),
        reply().replace(b"END:VEVENT", b"no colon here\x00"),
    ],
)
def test_what_is_no_calendar_is_said_to_be_none(ics: bytes) -> None:
    problem(ics)


def test_a_file_of_that_name_is_not_read(tmp_path: object) -> None:
    """`from_ical(str)` opens a path."""
    path = f"{tmp_path}/reply.ics"
    with open(path, "wb") as file:  # noqa: PTH123
        file.write(reply())
    problem(path.encode())
