"""A letter that waits for its release, sent to whoever reads it first: a test."""

from collections.abc import Callable
from dataclasses import replace
from html import escape
from typing import Any, TypedDict

from events_service.letters.inert import inert
from events_service.letters.letter import Letter
from events_service.letters.rendering import flow, language_tag
from events_service.letters.sender import Sender
from events_service.tokens import hide_placeholders
from events_service.translation import gettext as _
from events_service.translation import speaking

STYLE = "margin:0 0 20px;font-weight:bold"
Write = Callable[[Any, Sender], Letter]


class LetterTestFacts(TypedDict):
    letter: str  # its name
    language: str  # of its recipient
    to: str  # name or address of its recipient
    facts: dict[str, Any]  # of that letter
    has_calendar: bool


def test_of(write: Write, facts: LetterTestFacts, sender: Sender) -> Letter:
    """The letter as its recipient will read it, but for a note on top. Its links are left out,
    since they are the recipient's; and its calendar part, which would be the reader's own entry."""
    with speaking(facts["language"]):
        letter = write(facts["facts"], sender)
    notice = _notice(facts)
    return replace(
        letter,
        subject=_("Test: %(subject)s", subject=letter.subject),
        text=f"{flow(notice)}\n\n{hide_placeholders(letter.text)}",
        html=_on_top(escape(notice), hide_placeholders(letter.html)),
        from_address=f"letters@{sender.mail_domain}",
        reply_to=sender.secretariat_address,
        calendar=None,
    )


def _notice(facts: LetterTestFacts) -> str:
    if facts["has_calendar"]:
        return _(
            "This is a test. The letter below waits in the outbox, and %(name)s has not received "
            "it. Its links do not open, and the calendar entry that goes with it is left out here.",
            name=inert(facts["to"]),
        )
    return _(
        "This is a test. The letter below waits in the outbox, and %(name)s has not received it. "
        "Its links do not open.",
        name=inert(facts["to"]),
    )


def _on_top(notice: str, html: str) -> str:
    """Styled here, since the letter's styles are in its elements already."""
    return html.replace("<h1", f'<p lang="{language_tag()}" style="{STYLE}">{notice}</p>\n<h1', 1)
