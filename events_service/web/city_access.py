"""Somebody signs in for a city, and out, and for which ones they speak meanwhile."""

from datetime import timedelta

from flask import session

from events_service.db import transaction
from events_service.domain.accounts.speaking import Voice, voices_of
from events_service.web.context import now

CITY_SESSION = timedelta(hours=12)


def signed_in_voices() -> list[Voice]:
    """Whom the address that is signed in for a city speaks for: asked anew at each request, so
    that who was removed as a contact is out at once."""
    address, since = session.get("city_address"), session.get("city_since")
    if not isinstance(address, str) or not isinstance(since, float):
        return []
    if now().timestamp() - since >= CITY_SESSION.total_seconds():
        return []
    with transaction() as db:
        return voices_of(db, address)


def sign_in_for_city(address: str) -> None:
    """Beside an account of the network team, which is another matter."""
    session["city_address"] = address
    session["city_since"] = now().timestamp()
    session.permanent = True


def sign_out_of_city() -> None:
    for key in ("city_address", "city_since"):
        session.pop(key, None)
