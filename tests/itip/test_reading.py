"""Calendar data that others write, and what must not be taken for an answer."""

import warnings
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar.timezone import tzp
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from events_service.itip.answers import CalendarAnswer, Moment
from events_service.itip.reading import CalendarUnreadable, read_answers

VEVENT = {
    "ATTENDEE": "ATTENDEE;PARTSTAT=ACCEPTED:mailto:deputy.mayor@newark.example.org",
    "UID": "UID:one@events.example.org",
    "SEQUENCE": "SEQUENCE:2",
    "DTSTAMP": "DTSTAMP:20270501T120000Z",
    "DTSTART": "DTSTART;TZID=Europe/Bratislava:20270601T090000",
    "DTEND": "DTEND;TZID=Europe/Bratislava:20270601T173000",
}
STARTS = datetime(2027, 6, 1, 7, tzinfo=UTC)
ANSWER = CalendarAnswer(
    method="REPLY",
    uid="one@events.example.org",
    attendee="deputy.mayor@newark.example.org",
    said="ACCEPTED",
    sequence=2,
    dtstamp=datetime(2027, 5, 1, 12, tzinfo=UTC),
    starts=STARTS,
    ends=datetime(2027, 6, 1, 15, 30, tzinfo=UTC),
)


def vevent(*more: str, **changed: str | None) -> list[str]:
    lines = {**VEVENT, **{name.replace("_", "-"): line for name, line in changed.items()}}
    return ["BEGIN:VEVENT", *(line for line in lines.values() if line), *more, "END:VEVENT"]


def calendar(*lines: str, method: str = "METHOD:REPLY", zone: str = "") -> bytes:
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//EN", method, *zone.splitlines()]
    return "\r\n".join([*(line for line in head if line), *lines, "END:VCALENDAR", ""]).encode()


def reply(*more: str, zone: str = "", **changed: str | None) -> bytes:
    return calendar(*vevent(*more, **changed), zone=zone)


def one(ics: bytes) -> CalendarAnswer:
    (answer,) = read_answers(ics)
    return answer


def problem(ics: bytes) -> str:
    with pytest.raises(CalendarUnreadable) as refused:
        read_answers(ics)
    assert str(refused.value).endswith(".")
    return str(refused.value)


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


# when

OWN_ZONE = """BEGIN:VTIMEZONE
TZID:Customized Time Zone
X-MICROSOFT-CDO-TZID:6
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0{summer}00
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0{summer}00
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE"""
SUMMER_OF_TWO = OWN_ZONE.format(summer=2)
OWN_START = 'DTSTART;TZID="Customized Time Zone":20270601T090000'


@pytest.mark.parametrize(
    ("line", "moment"),
    [
        ("DTSTART:20270601T070000Z", STARTS),
        ('DTSTART;TZID="Europe/Bratislava":20270601T090000', STARTS),
        ("DTSTART;TZID=/Europe/Bratislava:20270601T090000", STARTS),
        ("DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Bratislava:20270601T090000", STARTS),
        ("DTSTART;TZID=Central Europe Standard Time:20270601T090000", STARTS),
        ("DTSTART;TZID=W. Europe Standard Time:20270601T090000", STARTS),
        ("DTSTART;TZID=UTC:20270601T070000", STARTS),
        ('DTSTART;TZID="tzone://Microsoft/Utc":20270601T070000', STARTS),
        ("DTSTART;TZID=Eastern Standard Time:20270601T030000", STARTS),
        ("DTSTART;TZID=South Africa Standard Time:20270601T090000", STARTS),
        ("DTSTART;VALUE=DATE:20270601", date(2027, 6, 1)),
        ("DTSTART;VALUE=DATE;TZID=Europe/Bratislava:20270601", date(2027, 6, 1)),
    ],
)
def test_times_are_instants_or_dates(line: str, moment: Moment) -> None:
    starts = one(reply(DTSTART=line)).starts
    assert starts == moment
    assert not isinstance(starts, datetime) or starts.tzinfo is UTC


@pytest.mark.parametrize(
    "line",
    [
        "DTSTART:20270601T090000",
        "DTSTART;TZID=:20270601T090000",
        "DTSTART;TZID=Customized Time Zone:20270601T090000",
        "DTSTART;TZID=Central Europe Daylight Time:20270601T090000",
        "DTSTART;TZID=../../etc/passwd:20270601T090000",
        "DTSTART;TZID=/etc/passwd:20270601T090000",
        "DTSTART;TZID=UTC+02:00:20270601T090000",
        "DTSTART:tomorrow",
        "DTSTART:PT1H",
        "DTSTART:090000",
        "DTSTART:00010101T000000Z/PT1H",
        "DTSTART;TZID=America/New_York:99991231T235959",
        "DTSTART:20270230T090000Z",
    ],
)
def test_a_time_that_is_no_instant_is_refused(line: str) -> None:
    problem(reply(DTSTART=line))


def test_every_windows_zone_is_known() -> None:
    """By CLDR's table as Babel has it; icalendar's copy of the table is the control."""
    for name, olson in WINDOWS_TO_OLSON.items():
        read = one(reply(DTSTART=f'DTSTART;TZID="{name}":20270601T090000')).starts
        assert read == datetime(2027, 6, 1, 9, tzinfo=ZoneInfo(olson)), name


def test_a_zone_that_only_the_message_defines() -> None:
    read = one(reply(DTSTART=OWN_START, zone=SUMMER_OF_TWO))
    assert read.starts == STARTS
    winter = OWN_START.replace("0601", "0115")
    assert one(reply(DTSTART=winter, zone=SUMMER_OF_TWO)).starts == datetime(
        2027, 1, 15, 8, tzinfo=UTC
    )


def test_a_zone_may_be_defined_after_its_use() -> None:
    late = calendar(*vevent(DTSTART=OWN_START), *SUMMER_OF_TWO.splitlines())
    assert one(late).starts == STARTS


def test_what_one_message_defines_is_nothing_to_the_next() -> None:
    assert one(reply(DTSTART=OWN_START, zone=SUMMER_OF_TWO)).starts == STARTS
    summer_of_three = OWN_ZONE.format(summer=3)
    other = one(reply(DTSTART=OWN_START, zone=summer_of_three))
    assert other.starts == STARTS - timedelta(hours=1)
    assert "not known" in problem(reply(DTSTART=OWN_START))
    assert tzp.timezone("Customized Time Zone") is None  # nor to the library


def test_a_known_name_is_not_redefined_by_the_message() -> None:
    false = SUMMER_OF_TWO.replace("Customized Time Zone", "America/New_York")
    line = "DTSTART;TZID=America/New_York:20270601T090000"
    assert one(reply(DTSTART=line, zone=false)).starts == datetime(2027, 6, 1, 13, tzinfo=UTC)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("FREQ=YEARLY", "FREQ=SECONDLY"),
        ("FREQ=YEARLY", "FREQ=DAILY"),
        ("INTERVAL=1", "INTERVAL=0"),
        ("INTERVAL=1", "BYHOUR=1,2;BYSECOND=1,2,3"),
        ("INTERVAL=1", "BYSETPOS=1"),
        ("BYDAY=-1SU", "BYYEARDAY=1"),
        ("TZOFFSETTO:+0100", "TZOFFSETTO:+9900"),
        ("TZOFFSETTO:+0100", "X-TZOFFSETTO:+0100"),
        ("BEGIN:STANDARD", "BEGIN:X-STANDARD"),
    ],
)
def test_a_definition_that_leads_nowhere_or_takes_forever(old: str, new: str) -> None:
    assert old in SUMMER_OF_TWO
    problem(reply(DTSTART=OWN_START, zone=SUMMER_OF_TWO.replace(old, new)))


def test_a_definition_of_too_many_changes() -> None:
    head, _, _ = SUMMER_OF_TWO.partition("BEGIN:STANDARD")
    change = SUMMER_OF_TWO[len(head) :].removesuffix("END:VTIMEZONE")
    problem(reply(DTSTART=OWN_START, zone=head + change * 26 + "END:VTIMEZONE"))
    fine = reply(DTSTART=OWN_START, zone=head + change * 25 + "END:VTIMEZONE")
    assert one(fine).starts == STARTS


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
