"""Focal points: whom the network writes to in a city."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from events_service.domain.addresses import normalise
from events_service.domain.refusals import Conflict
from events_service.model import City, Contact
from events_service.translation import gettext as _


def add_contact(session: Session, city: City, name: str, role: str, address: str) -> Contact:
    """A new focal point of the city. Conflict when the address is one already."""
    address = normalise(address)
    known = session.scalar(
        select(Contact.id).where(
            Contact.city_id == city.id, func.lower(Contact.address) == address.lower()
        )
    )
    if known is not None:
        raise Conflict(_("%(city)s has a contact with this address already.", city=city.name))
    contact = Contact(city_id=city.id, name=name, role=role, address=address)
    session.add(contact)
    session.flush()
    return contact
