"""To whom a letter goes, and in which language: what the person chose, else their city's, else
English. Who causes a letter has no part in it."""

from events_service.domain.outbox import Recipient
from events_service.model import Account, City, CityInvitation, Delegation, Member
from events_service.translation import SOURCE


def recipient_of(member: Member) -> Recipient:
    """A person who is named for a delegation; their office reads along."""
    return Recipient(
        member.address, member.name, member.assistant_address, language=language_of(member)
    )


def language_of(member: Member) -> str:
    return member.language or city_language(member.delegation.city)


def registrant_of(delegation: Delegation) -> Recipient:
    """Whoever registered it."""
    return somebody_in(delegation.city, delegation.contact_address)


def invited_by(invitation: CityInvitation) -> Recipient:
    """Where the letter with the city's link goes."""
    return somebody_in(invitation.city, invitation.address)


def somebody_in(city: City, address: str, name: str = "") -> Recipient:
    """Of whom only the city is known."""
    return Recipient(address, name, language=city_language(city))


def city_language(city: City) -> str:
    return city.language or SOURCE


def recipient_with(account: Account) -> Recipient:
    """Somebody of the network team, which works in English."""
    return Recipient(account.address, account.name, language=SOURCE)
