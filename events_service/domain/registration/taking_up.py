"""A person in the city has its page before them and does something there."""

from datetime import datetime

from events_service.model import CityInvitation


def take_up(city_invitation: CityInvitation, *, now: datetime) -> None:
    """The city means to come: whoever had said that it does not has changed their mind. Never by
    looking alone, since mail scanners follow links."""
    city_invitation.opened_at = city_invitation.opened_at or now
    if city_invitation.declined_at is not None:
        city_invitation.declined_at, city_invitation.declined_because = None, ""
