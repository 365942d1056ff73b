"""What a person's letter and calendar entry say of the days, or the session, that it is about."""

import pytest

from events_service.letters.facts import RunFacts
from tests.itip.entries import named
from tests.letters.cast import CASES, DAYS
from tests.letters.sending import letter_of


def entry(case: str, name: str) -> list[str]:
    """Lines of that property in the calendar part."""
    calendar = letter_of(case).calendar
    assert calendar is not None
    return named(calendar.ics, name)


def words(case: str) -> str:
    return " ".join(letter_of(case).text.split())


def test_an_entry_of_a_session_names_it_and_tells_of_no_other() -> None:
    assert entry("member_invited.session", "SUMMARY") == [
        "SUMMARY:Opening by the host city — Preventing hate where people live\\, Bratislava"
    ]
    [description] = entry("member_invited.session", "DESCRIPTION")
    assert "09:00\u00a0–\u00a010:30  Opening by the host city (Town hall)" in description
    assert "What cities saw this year" not in description
    assert entry("member_invited.session", "DTEND") == [
        "DTEND;TZID=Europe/Bratislava:20270601T103000"
    ]
    assert entry("member_invited.session", "RRULE") == []


def test_a_letter_about_a_session_names_it() -> None:
    letter = letter_of("member_invited.session")
    assert letter.subject == "Invitation: Bratislava, 1 June 2027 (Opening by the host city)"
    assert "Session: Opening by the host city When:" in words("member_invited.session")
    assert "Each session that you come to has a letter" in words("member_invited.session")
    assert "You are also expected" not in letter.text


def test_a_title_of_a_session_is_kept_short_in_a_subject() -> None:
    invitation = CASES["member_invited.session"]["invitation"]
    run: RunFacts = {**invitation["run"], "title": "word " * 60}
    letter = letter_of("member_invited.session", invitation={**invitation, "run": run})
    assert len(letter.subject) < 120


def test_whole_days_block_nothing_and_end_before_the_day_they_name_last() -> None:
    case = "member_invited.all_day"
    found = [entry(case, name) for name in ("DTSTART", "DTEND", "TRANSP", "RRULE")]
    assert found == [
        ["DTSTART;VALUE=DATE:20270601"],
        ["DTEND;VALUE=DATE:20270604"],
        ["TRANSP:TRANSPARENT"],
        [],
    ]
    assert "Opening by the host city" in entry(case, "DESCRIPTION")[0]


def test_a_change_of_a_session_is_told_of_that_session_alone() -> None:
    text = words("member_updated.session")
    assert (
        "09:00\u00a0–\u00a010:30, Bratislava time (UTC+2) That is 03:00\u00a0–\u00a0"
        in letter_lines(text)
    )
    assert "09:30\u00a0–\u00a010:30, Bratislava time (UTC+2) That" in letter_lines(text)
    assert "Please tell us again here" in text


def letter_lines(text: str) -> str:
    """As written, with the no-break spaces that `split` takes for spaces."""
    return text.replace(" – ", "\u00a0–\u00a0")


def test_new_words_ask_for_nothing() -> None:
    text = words("member_updated.text")
    assert "Title: Preventing hate together Before: Preventing hate where people live" in text
    assert "Your answer stays as it is; there is nothing you need to do." in text
    assert entry("member_updated.text", "SEQUENCE") == ["SEQUENCE:0"]
    [attendee] = entry("member_updated.text", "ATTENDEE")
    assert "PARTSTAT=ACCEPTED" in attendee


@pytest.mark.parametrize(
    ("case", "subject", "said"),
    [
        (
            "member_cancelled.session",
            "Session taken out: Bratislava, 1 June 2027 (Opening by the host city)",
            "This session is no longer on the agenda",
        ),
        (
            "member_cancelled.fewer_sessions",
            "Fewer sessions: Bratislava, 1 June 2027 (Opening by the host city)",
            "You are no longer expected at this one:",
        ),
        (
            "member_cancelled.replaced",
            "Entry replaced: Bratislava, 1 – 2 June 2027 (Preventing hate where people live)",
            "the new entry comes in a letter of its own",
        ),
    ],
)
def test_why_an_entry_is_taken_out(case: str, subject: str, said: str) -> None:
    assert letter_of(case).subject == subject
    assert said in words(case)
    assert entry(case, "STATUS") == []


def test_facts_of_an_earlier_release_are_read_by_the_agenda() -> None:
    """Control: they name days only."""
    assert "run" not in CASES["member_invited"]["invitation"]
    assert DAYS[:2] == CASES["member_invited"]["invitation"]["days"]
    assert entry("member_invited", "DTSTART") == ["DTSTART;TZID=Europe/Bratislava:20270601T090000"]
    assert entry("member_invited", "RRULE") == ["RRULE:FREQ=DAILY;COUNT=2"]


def test_a_title_that_looks_like_a_link_is_none_in_the_letter() -> None:
    invitation = CASES["member_invited.session"]["invitation"]
    run: RunFacts = {**invitation["run"], "title": "https://evil.example/login"}
    letter = letter_of("member_invited.session", invitation={**invitation, "run": run})
    assert "https://evil.example" not in letter.text + letter.html


@pytest.mark.parametrize("case", ["member_invited", "member_updated"])
def test_a_letter_about_some_days_promises_no_letter_about_the_others(case: str) -> None:
    text = words(case)
    assert "You are also expected on" in text
    assert "with a calendar entry apart from this one." in text
    assert "letter of its own" not in text


def test_a_substitute_reads_whom_they_replace_and_is_greeted_without_a_name() -> None:
    """Controls: the cast has a name, and comes in nobody's place."""
    member = {
        "name": "second-deputy@newark.example.org",
        "role": "",
        "address": "second-deputy@newark.example.org",
    }
    letter = letter_of("member_invited", member=member, in_place_of="Deputy mayor, Newark")
    text = " ".join(letter.text.split())
    assert "Good day, Newark has named you" in text
    assert ">Good day,</p>" in letter.html
    assert "” in place of Deputy mayor; you were registered by" in text
    assert "Dear " not in text
    assert "Dear Deputy mayor, Newark has named you" in words("member_invited")
    assert "in place of" not in words("member_invited")
