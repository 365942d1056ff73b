"""The city whose link a reader opened in this visit, for the language and clock of what follows."""

from typing import NamedTuple, Protocol

from flask import current_app, request, session

_KEY = "comes_from"
_OWN_CLOCK = "own_clock"  # the reader chose whose time is shown, since they opened that link


class City(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def timezone(self) -> str: ...
    @property
    def language(self) -> str | None: ...


class CameFrom(NamedTuple):
    name: str
    timezone: str  # IANA
    language: str | None  # ISO 639-1; None: not known


def remember(city: City) -> None:
    came = CameFrom(city.name, city.timezone, city.language)
    if city_come_from() != came:
        session[_KEY] = list(came)
        session.pop(_OWN_CLOCK, None)


def choose_own_clock() -> None:
    """From here on the city's clock gives way to what the reader chose."""
    if city_come_from() is not None:
        session[_OWN_CLOCK] = True


def city_of_clock() -> CameFrom | None:
    """The city whose clock is shown since its link was opened."""
    came = city_come_from()
    return came if came is not None and not session.get(_OWN_CLOCK) else None


def city_come_from() -> CameFrom | None:
    """Asked at every request, so that who has no session is answered without opening one."""
    if current_app.config["SESSION_COOKIE_NAME"] not in request.cookies and not session.modified:
        return None
    kept = session.get(_KEY)
    return CameFrom(*kept) if kept else None
