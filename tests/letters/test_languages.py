"""Every letter in a language in which whatever goes through gettext is marked: nothing else but
facts may be left."""

import re
from dataclasses import replace
from typing import Any

import pytest
from icalendar import Calendar

from events_service import translation
from events_service.letters import LETTERS, dates, writing
from events_service.letters.letter import Letter
from events_service.letters.writing import Writing
from events_service.translation import LANGUAGES, LOCALES, speaking
from tests.letters.cast import CASES, SENDER
from tests.letters.sending import letter_of, parsed, stored_of
from tests.letters.test_letters import hostile
from tests.translations.pseudo import Pseudo, untranslated

ADDRESSES = re.compile(r"https?://\S+|\S+@\S+")
NO_WORDS = Writing(
    number=str,
    near="{first}–{last}",
    far="{first}–{last}",
    weekdays="{first}–{last}",
    moment="{day} {clock}",
    clocks="{starts}–{ends}",
)
OTHERS = [language for language in LANGUAGES if language != "en"]


@pytest.fixture
def framed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Facts and days stand between ‹ ›, what is translated between « »."""
    monkeypatch.setattr(translation, "catalogue", lambda _language: Pseudo())
    monkeypatch.setattr(writing, "WRITINGS", {"en": NO_WORDS})
    monkeypatch.setattr(dates, "_written", lambda day, pattern, _locale: f"‹{day:{pattern[:1]}}›")


def told(case: str) -> Letter:
    facts: dict[str, Any] = hostile(CASES[case], "‹typed›")
    if "languages" in facts:
        facts["languages"] = ["‹tag›"]
    sender = replace(SENDER, network_name="‹network›")
    return LETTERS[case.partition(".")[0]](facts, sender)


def left(letter: Letter) -> list[str]:
    """What neither was translated nor is a fact, in all that a letter brings."""
    texts = [letter.subject, letter.text]
    if letter.calendar:
        entry = Calendar.from_ical(letter.calendar.ics).walk("VEVENT")[0]
        texts += [str(entry.get(name, "")) for name in ("SUMMARY", "DESCRIPTION")]
    pages = [letter.html, *(f"<body>{'<br>'.join(text.splitlines())}</body>" for text in texts)]
    found = [ADDRESSES.sub("", text) for page in pages for text in untranslated(page)]
    known = re.compile(r"\bSlovakia\b|\bUTC\b")
    return [text for text in found if any(each.isalpha() for each in known.sub("", text))]


@pytest.mark.usefixtures("framed")
@pytest.mark.parametrize("case", CASES)
def test_every_word_of_a_letter_can_be_translated(case: str) -> None:
    assert left(told(case)) == []


@pytest.mark.usefixtures("framed")
def test_the_control_finds_what_is_said_in_english_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    class Forgetful(Pseudo):
        def gettext(self, message: str) -> str:
            return (
                message
                if message.startswith(("With kind", "Invitation:", "Questions:"))
                else (super().gettext(message))
            )

    monkeypatch.setattr(translation, "catalogue", lambda _language: Forgetful())
    found = left(told("member_invited"))
    assert {text.split()[0] for text in found} == {"With", "Invitation:", "Questions:"}


@pytest.mark.parametrize("language", OTHERS)
def test_a_letter_says_in_which_language_it_is(language: str) -> None:
    with speaking(language):
        letter = letter_of("member_invited")
    assert letter.language == language
    assert f'<html lang="{LOCALES[language].replace("_", "-")}">' in letter.html
    assert parsed(stored_of(letter))["Content-Language"] == language


def test_a_letter_in_english_says_so_too() -> None:
    letter = letter_of("member_invited")
    assert letter.language == "en"
    assert '<html lang="en-GB">' in letter.html
    assert parsed(stored_of(letter))["Content-Language"] == "en"


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("language", OTHERS)
def test_every_letter_can_be_written_in_every_language(case: str, language: str) -> None:
    with speaking(language):
        letter = letter_of(case)
    assert letter.subject and letter.text and letter.html
    assert all(len(line) <= 72 or line.startswith("https://") for line in letter.text.split("\n"))
    assert "%(" not in letter.subject + letter.text + letter.html
