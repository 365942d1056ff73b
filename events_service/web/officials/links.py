"""What a city's link opens, in the language and by the clock of that city: looked at or pressed."""

from sqlalchemy.orm import Session

from events_service.domain.registration.links import city_invitation_behind, city_link_behind
from events_service.model import CityInvitation
from events_service.web.context import settings
from events_service.web.reader import comes_from


def invitation_for(db: Session, token: str) -> CityInvitation:
    invitation = city_invitation_behind(db, settings().secret_key, token)
    comes_from(invitation.city)
    return invitation


def invitation_number_for(db: Session, token: str) -> int:
    """Its number alone, for verbs that load what they need by themselves."""
    link = city_link_behind(db, settings().secret_key, token)
    comes_from(link.city)
    return link.number
