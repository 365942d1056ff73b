"""The two links that officials hold: their city's registration, and a person's own answer."""

from sqlalchemy.orm import Session

from events_service.domain.refusals import LinkEnded
from events_service.model import CityInvitation, Member
from events_service.tokens import number_in, token_is_right

UNKNOWN = (
    "This link is not one of ours, or part of it is missing. Open it from the letter again, "
    "or ask for a new one on the workshop’s page."
)
REVOKED = "This link was replaced or taken back. Use the link in the newest letter to your city."


def city_invitation_behind(session: Session, secret: str, token: str) -> CityInvitation:
    """The invitation a city's link opens. LinkEnded says whether it is unknown or revoked."""
    number = number_in(token)
    found = session.get(CityInvitation, number) if number is not None else None
    if found is None:
        raise LinkEnded(UNKNOWN)
    if not token_is_right(secret, token, "city", found.id, found.link_version):
        earlier = range(1, found.link_version)
        ours = any(token_is_right(secret, token, "city", found.id, one) for one in earlier)
        raise LinkEnded(REVOKED if ours else UNKNOWN)
    if found.revoked_at is not None:
        raise LinkEnded(REVOKED)
    return found


def member_behind(session: Session, secret: str, token: str) -> Member:
    """The person whose answer page a link opens."""
    number = number_in(token)
    found = session.get(Member, number) if number is not None else None
    if found is None or not token_is_right(secret, token, "answ", found.id):
        raise LinkEnded(UNKNOWN)
    return found
