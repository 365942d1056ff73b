"""How many places a city has, and whom they are meant for."""

from events_service.letters.places import count, places
from events_service.translation import gettext as _
from events_service.translation import ngettext


def allotment(seats: int, elected: int) -> str:
    """three places: one for an elected official, two for practitioners · one place, for an elected
    official · five places"""
    return _meant(places(seats), seats, elected)


def allotment_of_city(seats: int, elected: int) -> str:
    """three places for your city: one for an elected official, two for practitioners"""
    held = ngettext(
        "%(number)s place for your city",
        "%(number)s places for your city",
        seats,
        number=count(seats),
    )
    return _meant(held, seats, elected)


def _meant(held: str, seats: int, elected: int) -> str:
    if not elected:
        return held
    if elected >= seats:
        return ngettext(
            "%(places)s, for an elected official",
            "%(places)s, all for elected officials",
            seats,
            places=held,
        )
    return _(
        "%(places)s: %(elected)s, %(practitioners)s",
        places=held,
        elected=_elected(elected),
        practitioners=_practitioners(seats - elected),
    )


def _elected(number: int) -> str:
    return ngettext(
        "%(number)s for an elected official",
        "%(number)s for elected officials",
        number,
        number=count(number),
    )


def _practitioners(number: int) -> str:
    return ngettext(
        "%(number)s for a practitioner",
        "%(number)s for practitioners",
        number,
        number=count(number),
    )
