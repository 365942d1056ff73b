"""Names of countries and languages, in the language of letters and pages."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import cast

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from events_service.alphabet import folded
from events_service.letters.dates import LOCALE
from events_service.translation import LANGUAGES, NAMES, current_locale

NO_COUNTRIES = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}  # of the codes that Babel names


def country(code: str) -> str:
    """SK → Slovakia, by ISO 3166-1 alpha-2; an unknown code stays as it is."""
    return _country(code, current_locale())


@cache
def _country(code: str, locale: str) -> str:
    return str(Locale.parse(locale).territories.get(code.upper(), code))


def country_code(text: str) -> str | None:
    """Slovakia → SK, also of SK, SVK or the name without accents; None for no country."""
    return _codes().get(folded(text))


@cache
def _codes() -> dict[str, str]:
    """Codes of countries by whatever is written for them, folded."""
    names = Locale.parse(LOCALE).territories
    real = {code for code in map(str, names) if len(code) == 2 and code.isalpha()} - NO_COUNTRIES
    aliases = cast(Mapping[str, Sequence[str]], get_global("territory_aliases"))
    others = {
        alias: codes[0]
        for alias, codes in aliases.items()
        if alias.isalpha() and len(codes) == 1 and codes[0] in real
    }
    written = others | {code: code for code in real} | {names[code]: code for code in real}
    return {folded(text): code for text, code in written.items()}


def written_language(text: str) -> str | None:
    """fr of French, français or fr: a language in which letters can be written; None for others."""
    return _written_languages().get(folded(text))


@cache
def _written_languages() -> dict[str, str]:
    return {
        folded(text): code
        for code in LANGUAGES
        for text in (code, NAMES[code], _language(code, LOCALE))
    }


def language(tag: str) -> str:
    """fr → French, by BCP 47; an unknown tag stays as it is."""
    return _language(tag, current_locale())


@cache
def _language(tag: str, locale: str) -> str:
    try:
        name: str | None = Locale.parse(tag, sep="-").get_display_name(locale)
    except (UnknownLocaleError, ValueError):
        return tag
    return name or tag
