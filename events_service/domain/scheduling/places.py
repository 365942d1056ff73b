"""Cities and organisations that an organiser adds on the way."""

from zoneinfo import available_timezones

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from events_service.domain.naming import free_slug, slug_of
from events_service.domain.refusals import Conflict, Refusal
from events_service.model import City, Organisation
from events_service.model.place import OrganisationKind
from events_service.translation import gettext as _


class NoSuchZone(Refusal):
    def __init__(self, zone: str) -> None:
        super().__init__(_("“%(zone)s” is no time zone. Choose one from the list.", zone=zone))


def add_city(
    session: Session,
    name: str,
    country: str,
    latitude: float,
    longitude: float,
    timezone: str,
    language: str | None = None,
) -> City:
    """A city that is no member (yet). `country` is ISO 3166-1 alpha-2; degrees are WGS 84;
    `language` of letters, None for the network's own."""
    if timezone not in available_timezones():
        raise NoSuchZone(timezone)
    known = session.scalar(
        select(City.id).where(func.lower(City.name) == name.lower(), City.country == country)
    )
    if known is not None:
        raise Conflict(_("%(name)s is known already. Choose it in the list of cities.", name=name))
    city = City(
        slug=free_slug(session, City, slug_of(name)),
        name=name,
        country=country,
        latitude=latitude,
        longitude=longitude,
        timezone=timezone,
        language=language,
    )
    session.add(city)
    session.flush()
    return city


def add_organisation(
    session: Session, name: str, kind: OrganisationKind, country: str | None
) -> Organisation:
    known = select(Organisation.id).where(func.lower(Organisation.name) == name.lower())
    if session.scalar(known) is not None:
        raise Conflict(
            _("%(name)s is known already. Choose it in the list of partners.", name=name)
        )
    organisation = Organisation(name=name, kind=kind, country=country)
    session.add(organisation)
    session.flush()
    return organisation
