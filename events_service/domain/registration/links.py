"""The two links that officials hold: their city's registration, and a person's own answer."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from events_service.domain.refusals import LinkEnded
from events_service.model import City, CityInvitation, Member
from events_service.tokens import number_in, token_is_right
from events_service.translation import lazy_gettext

UNKNOWN = lazy_gettext(
    "This link is not one of ours, or part of it is missing. Open it from the letter again, "
    "or ask for a new one on the workshop’s page."
)
REVOKED = lazy_gettext(
    "This link was replaced or taken back. Use the link in the newest letter to your city."
)


def city_invitation_behind(session: Session, secret: str, token: str) -> CityInvitation:
    """The invitation a city's link opens. LinkEnded says whether it is unknown or revoked."""
    number = number_in(token)
    found = session.get(CityInvitation, number) if number is not None else None
    if found is None:
        raise LinkEnded(UNKNOWN)
    _check(secret, token, found.id, found.link_version, found.revoked_at)
    return found


class CityOfLink(NamedTuple):
    """What pages go by that are opened by a city's link."""

    name: str
    timezone: str  # IANA
    language: str | None  # ISO 639-1; None: not known


class CityLink(NamedTuple):
    number: int  # of the invitation
    city: CityOfLink


def city_link_behind(session: Session, secret: str, token: str) -> CityLink:
    """What the link names, and no more, for verbs that load what they need by themselves."""
    found = session.connection().execute(_LINK, {"number": number_in(token)}).first()
    if found is None:
        raise LinkEnded(UNKNOWN)
    _check(secret, token, found.id, found.link_version, found.revoked_at)
    return CityLink(found.id, CityOfLink(found.name, found.timezone, found.language))


_LINK = (
    select(
        CityInvitation.id,
        CityInvitation.link_version,
        CityInvitation.revoked_at,
        City.name,
        City.timezone,
        City.language,
    )
    .join(CityInvitation.city)
    .where(CityInvitation.id == bindparam("number"))
)


def _check(secret: str, token: str, number: int, version: int, revoked_at: datetime | None) -> None:
    if not token_is_right(secret, token, "city", number, version):
        earlier = range(1, version)
        ours = any(token_is_right(secret, token, "city", number, one) for one in earlier)
        raise LinkEnded(REVOKED if ours else UNKNOWN)
    if revoked_at is not None:
        raise LinkEnded(REVOKED)


def member_behind(session: Session, secret: str, token: str) -> Member:
    """The person whose answer page a link opens."""
    number = number_in(token)
    found = session.get(Member, number) if number is not None else None
    if found is None or not token_is_right(secret, token, "answ", found.id):
        raise LinkEnded(UNKNOWN)
    return found
