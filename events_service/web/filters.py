"""How pages write days, numbers, countries and languages: the editor's rules as Jinja filters."""

from collections.abc import Sequence
from typing import Protocol

from flask import Flask

from events_service.domain.reporting.wording import (
    amount,
    curled,
    in_words,
    listed,
    sentence,
    with_article,
)
from events_service.itip.addresses import readable
from events_service.itip.cleaning import lines, one_line
from events_service.letters.dates import FILTERS, and_list
from events_service.letters.names import country, language
from events_service.translation import SOURCE, current_language, number, said
from events_service.translation import gettext as _
from events_service.web.clocks import CLOCK_FILTERS


def languages(codes: Sequence[str]) -> str:
    """English and Swedish"""
    return and_list([language(code) for code in codes])


def spelt(number: int) -> str:
    """In English, numbers under ten in words: they may open a sentence. Elsewhere in figures, since
    words for numbers go by the gender of what is counted."""
    return amount(number) if current_language() == SOURCE else str(number)


def spelt_first(many: int) -> str:
    """`spelt`, where English allows no figures at all: "Eighteen", "A total of 120"."""
    if current_language() != SOURCE:
        return number(many)
    return sentence(in_words(many)) if many < 100 else f"A total of {many:,}"


class Named(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def subdivision(self) -> str | None: ...


def city_label(city: Named) -> str:
    """Columbus, Ohio: a city as it stands alone, with its state where it has one."""
    return f"{city.name}, {city.subdivision}" if city.subdivision else city.name


def as_error(text: str) -> dict[str, str]:
    """An error message for the macros of GOV.UK Frontend, announced in the language of the page."""
    return {"text": text, "visuallyHiddenText": _("Error:").removesuffix(":")}


def register_filters(app: Flask) -> None:
    app.jinja_env.filters.update(
        FILTERS | CLOCK_FILTERS,
        as_error=as_error,
        country=country,
        languages=languages,
        city_label=city_label,
        curled=curled,
        in_words=in_words,
        lines=lines,
        listed=listed,
        number=number,
        one_line=one_line,
        readable=readable,
        said=said,
        sentence=sentence,
        spelt=spelt,
        spelt_first=spelt_first,
        with_article=with_article,
    )
