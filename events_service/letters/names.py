"""Names of countries and languages, in the language of letters and pages."""

from functools import cache

from babel import Locale, UnknownLocaleError

from events_service.letters.dates import LOCALE


@cache
def country(code: str) -> str:
    """SK → Slovakia, by ISO 3166-1 alpha-2; an unknown code stays as it is."""
    return str(Locale.parse(LOCALE).territories.get(code.upper(), code))


@cache
def language(tag: str) -> str:
    """fr → French, by BCP 47; an unknown tag stays as it is."""
    try:
        name: str | None = Locale.parse(tag, sep="-").get_display_name(LOCALE)
    except (UnknownLocaleError, ValueError):
        return tag
    return name or tag
