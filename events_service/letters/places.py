"""How many places there are, in words."""

from events_service.translation import ngettext, pgettext


def count(number: int) -> str:
    """three · 13: so many places, in the gender that "place" has."""
    words = _words()
    return words[number] if 0 <= number < len(words) else str(number)


def places(number: int) -> str:
    """three places · one place"""
    return ngettext("%(number)s place", "%(number)s places", number, number=count(number))


def _words() -> tuple[str, ...]:
    return (
        pgettext("number of places", "no"),
        pgettext("number of places", "one"),
        pgettext("number of places", "two"),
        pgettext("number of places", "three"),
        pgettext("number of places", "four"),
        pgettext("number of places", "five"),
        pgettext("number of places", "six"),
        pgettext("number of places", "seven"),
        pgettext("number of places", "eight"),
        pgettext("number of places", "nine"),
        pgettext("number of places", "ten"),
    )
