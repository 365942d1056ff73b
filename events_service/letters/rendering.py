"""From a template to the text and the HTML of a letter.

One source a letter, rendered twice: `say` is a set of macros that write HTML in one environment
and plain text in the other, so the two parts can never tell different things.
"""

import re
import textwrap
from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from events_service.config import shipped
from events_service.itip.cleaning import one_line
from events_service.letters.dates import FILTERS
from events_service.letters.inert import inert
from events_service.letters.letter import CalendarPart, Letter
from events_service.letters.places import count, places
from events_service.letters.salutation import greeting
from events_service.letters.sender import Sender
from events_service.translation import current_language, current_locale, teach
from events_service.translation import gettext as _

if TYPE_CHECKING:
    from css_inline import CSSInliner

WIDTH = 72
LABEL = 12
NO_BREAK = "[\u00a0\u202f]"

Form = Literal["html", "txt"]


def write(
    name: str,
    sender: Sender,
    *,
    subject: str,
    facts: Mapping[str, Any],
    reply_to: str | None = None,
    calendar: CalendarPart | None = None,
    from_address: str | None = None,
) -> Letter:
    """The letter of that name. `facts` are inert (see inert.py) or made by the service itself."""
    context = {**facts, "sender": sender, "subject": inert(subject), "lang": language_tag()}
    page = _environment("html").get_template(f"{name}.jinja").render(context)
    text = _environment("txt").get_template(f"{name}.jinja").render(context)
    return Letter(
        subject=one_line(re.sub(NO_BREAK, " ", subject)),
        text=_tidy(text),
        html=_inliner().inline(page),
        from_name=sender.network_name,
        from_address=from_address or f"letters@{sender.mail_domain}",
        reply_to=reply_to or sender.secretariat_address,
        calendar=calendar,
        language=current_language(),
    )


def language_tag() -> str:
    """en-GB: what the task at hand speaks (BCP 47)."""
    return current_locale().replace("_", "-")


@cache
def _environment(form: Form) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(shipped("templates") / "letters"),
        autoescape=form == "html",  # noqa: S701 – plain text has nothing to escape
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    teach(environment)
    environment.filters.update(FILTERS)
    environment.filters.update(
        flow=flow,
        row=row,
        labelled=labelled,
        label_width=label_width,
        count=count,
        places=places,
        paragraphs=paragraphs,
        greeting=greeting,
    )
    environment.globals.update(layout=f"layout.{form}", parts=f"parts.{form}")
    return environment


@cache
def _inliner() -> "CSSInliner":
    from css_inline import CSSInliner  # here, since the web process hardly ever writes a letter

    style = (shipped("templates") / "letters" / "letter.css").read_text()
    return CSSInliner(extra_css=style, load_remote_stylesheets=False)


def flow(text: str) -> str:
    """A paragraph of plain text, wrapped; no-break spaces and long words are kept whole."""
    return "\n".join(_wrapped(text, WIDTH))


def labelled(label: str) -> str:
    """When: with the colon as the language sets it."""
    return _("%(label)s:", label=label)


def label_width(labels: Iterable[str]) -> int:
    """Characters that the labels of some lines take, so that what follows stands in a column."""
    return max([LABEL, *(len(label) + 1 for label in labels)])


def row(text: str, head: str, width: int = LABEL) -> str:
    """A line of plain text after its head, the continuation set in under the first word."""
    head = f"{head} ".ljust(width) if head else " " * width
    wrapped = _wrapped(text, WIDTH - len(head))
    return "\n".join((head if not n else " " * len(head)) + each for n, each in enumerate(wrapped))


def paragraphs(text: str) -> list[str]:
    return [each.strip() for each in text.split("\n") if each.strip()]


def _wrapped(text: str, width: int) -> list[str]:
    joined = re.sub(r"[ \t\n]+", " ", text).strip()
    return textwrap.wrap(joined, width, break_long_words=False, break_on_hyphens=False) or [""]


def _tidy(text: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
