"""A focal point manages those of their city. Whoever else speaks for it is told of each change."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.accounts.speaking import Voice
from events_service.domain.addresses import normalise
from events_service.domain.followup.contacts import add_contact
from events_service.domain.outbox import promise
from events_service.domain.rates import within_rate
from events_service.domain.recipients import somebody_in
from events_service.domain.refusals import Conflict, NotFound, TooOften
from events_service.letters.city_facts import CityContactsChangedFacts
from events_service.letters.facts import PersonFacts
from events_service.model import City, Contact
from events_service.translation import gettext as _
from events_service.translation import lazy_gettext

CHANGES_AN_HOUR = 20  # of one city; each of them writes to people
LAST = lazy_gettext(
    "The network must know somebody in your city. Add another contact first, then remove this."
)

Change = Literal["added", "changed", "removed"]


def contacts_of(session: Session, city_id: int) -> list[Contact]:
    found = select(Contact).where(Contact.city_id == city_id).order_by(Contact.id)
    return list(session.scalars(found.execution_options(populate_existing=True)))


def contact_numbered(session: Session, voice: Voice, contact_id: int) -> Contact:
    """The focal point, if it is one of this city."""
    found = session.get(Contact, contact_id)
    if found is None or found.city_id != voice.city.id:
        raise NotFound(_("This contact is no longer there. Somebody else may have removed it."))
    return found


class ContactsOfCity:
    """Changes by one who speaks for the city. Each takes the city for itself, so that of two who
    remove each other at once one stays."""

    def __init__(self, session: Session, settings: Settings, by: Voice, *, now: datetime) -> None:
        self.session, self.settings, self.by, self.now = session, settings, by, now
        session.execute(select(City.id).where(City.id == by.city.id).with_for_update())
        if all(one.address.lower() != by.address.lower() for one in self._all()):
            raise NotFound(_("You are no longer a contact of this city: somebody has removed you."))
        key = f"contacts of city {by.city.id}"
        hour = timedelta(hours=1)
        if not within_rate(session, key, limit=CHANGES_AN_HOUR, per=hour, now=now):
            raise TooOften(_("The contacts were changed many times. Wait an hour and try again."))

    def add(self, name: str, role: str, address: str) -> Contact:
        """Conflict when the address is one already."""
        made = add_contact(self.session, self.by.city, name, role, address)
        self._tell("added", _person(made), None)
        return made

    def change(self, contact: Contact, name: str, role: str, address: str) -> bool:
        """False: it is all as it was, and nobody is told. Conflict when another has the address."""
        before, address = _person(contact), normalise(address)
        others = [one for one in self._all() if one.id != contact.id]
        if any(one.address.lower() == address.lower() for one in others):
            raise Conflict(
                _("%(city)s has another contact with this address.", city=self.by.city.name)
            )
        contact.name, contact.role, contact.address = name, role, address
        if _person(contact) == before:
            return False
        self.session.flush()
        self._tell("changed", _person(contact), before)
        return True

    def remove(self, contact: Contact) -> None:
        """Conflict when it is the last one."""
        if len(self._all()) < 2:
            raise Conflict(LAST)
        gone = _person(contact)
        self.session.delete(contact)
        self.session.flush()
        self._tell("removed", gone, None)

    def _all(self) -> list[Contact]:
        return contacts_of(self.session, self.by.city.id)

    def _tell(self, change: Change, contact: PersonFacts, before: PersonFacts | None) -> None:
        """Everybody but who did it; also whom it is about, at the address from before too."""
        about = {one["address"].lower(): one["address"] for one in (contact, before) if one}
        others = {one.address.lower(): one.address for one in self._all()}
        cause = secrets.token_hex(8)
        for address in _but(self.by.address, {**others, **about}.values()):
            promise(
                self.session,
                "city_contacts_changed",
                somebody_in(self.by.city, address),
                key=f"city-contacts:{self.by.city.id}:{cause}:{address.lower()}",
                facts=CityContactsChangedFacts(
                    city=self.by.city.name,
                    reason=change,
                    contact=contact,
                    before=before,
                    named_by=self.by.address,
                    to_contact=address.lower() in about,
                ),
                now=self.now,
                mail_domain=self.settings.mail_domain,
                city_id=self.by.city.id,
            )


def _but(left_out: str, addresses: Iterable[str]) -> list[str]:
    return [one for one in addresses if one.lower() != left_out.lower()]


def _person(contact: Contact) -> PersonFacts:
    return {"name": contact.name, "role": contact.role, "address": contact.address}
