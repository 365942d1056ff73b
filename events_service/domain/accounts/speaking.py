"""Who speaks for a city: its focal points, and whoever registered one of its delegations."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from events_service.alphabet import alphabetical
from events_service.model import City, Contact, Delegation


@dataclass(frozen=True)
class Voice:
    """An address that speaks for a city. A focal point sees all of it and says who else is one;
    whoever registered sees what they registered: a letter with the city's link is passed on."""

    city: City
    address: str  # as we know it
    focal_point: bool


def voices_of(session: Session, address: str) -> list[Voice]:
    """One for each city, by its name. Addresses compare case-insensitively."""
    found = {}
    for delegation in session.scalars(
        select(Delegation)
        .where(
            func.lower(Delegation.contact_address) == address.lower(),
            Delegation.state != "draft",  # an address that is only typed speaks for nobody
        )
        .order_by(Delegation.id)
    ):
        found[delegation.city_id] = Voice(delegation.city, delegation.contact_address, False)
    for contact in session.scalars(
        select(Contact)
        .where(func.lower(Contact.address) == address.lower())
        .options(joinedload(Contact.city))
        .order_by(Contact.id)
    ):
        found[contact.city_id] = Voice(contact.city, contact.address, True)
    return sorted(found.values(), key=lambda voice: alphabetical(voice.city.name))
