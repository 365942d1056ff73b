"""The public Register button: an address is asked for, and a letter goes there whatever it is.

The page answers alike for every address, so nobody learns who is known here.
"""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.outbox import URGENT, Recipient, promise
from events_service.domain.rates import within_rate
from events_service.domain.snapshot import city_link, event_facts
from events_service.letters.facts import RegistrationLinkFacts, RegistrationUnknownFacts
from events_service.model import (
    AccessRequest,
    CityInvitation,
    Contact,
    Delegation,
    Event,
    Member,
)
from events_service.model.first_letters import first_letter
from events_service.translation import current_language

LETTERS_AN_HOUR = 3  # to one address, so that nobody's mailbox can be filled from here


def request_link(
    session: Session, settings: Settings, event: Event, address: str, *, now: datetime
) -> None:
    """Promise the letter for this address: its cities' links, or what to do when it is unknown."""
    key = f"register {event.id} {address.lower()}"
    if not within_rate(session, key, limit=LETTERS_AN_HOUR, per=timedelta(hours=1), now=now):
        return
    known = _known_as(session, event, address)
    for city_invitation in known:
        facts = RegistrationLinkFacts(
            event=event_facts(event),
            city=city_invitation.city.name,
            city_timezone=city_invitation.city.timezone,
            closes_at=event.registration_closes_at.isoformat(),
            link=city_link(city_invitation),
        )
        _promise(session, settings, "registration_link", event, address, facts, now)
    if not known:
        _note_request(session, event, address, now)
        stranger = RegistrationUnknownFacts(event=event_facts(event))
        _promise(session, settings, "registration_unknown", event, address, stranger, now)


def _known_as(session: Session, event: Event, address: str) -> list[CityInvitation]:
    """Invitations of the cities that this address speaks for, as far as they have been sent: one
    that still waits to be read is nobody's to open."""
    same = address.lower()
    contacts = select(Contact.city_id).where(func.lower(Contact.address) == same)
    members = (
        select(Delegation.city_id)
        .join(Member)
        .where(
            Delegation.event_id == event.id,
            Member.removed_at.is_(None),
            or_(func.lower(Member.address) == same, func.lower(Member.assistant_address) == same),
        )
    )
    registrants = select(Delegation.city_id).where(
        Delegation.event_id == event.id, func.lower(Delegation.contact_address) == same
    )
    return list(
        session.scalars(
            select(CityInvitation)
            .where(
                CityInvitation.event_id == event.id,
                CityInvitation.revoked_at.is_(None),
                first_letter() == "gone",
                or_(
                    func.lower(CityInvitation.address) == same,
                    CityInvitation.city_id.in_(contacts.union(members, registrants)),
                ),
            )
            .order_by(CityInvitation.id)
        )
    )


def _note_request(session: Session, event: Event, address: str, now: datetime) -> None:
    """So that an organiser sees who asked and can invite them."""
    statement = insert(AccessRequest).values(event_id=event.id, address=address, asked_at=now)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=[AccessRequest.event_id, AccessRequest.address],
            set_={"asked_at": now, "settled_at": None},
        )
    )


def _promise(
    session: Session,
    settings: Settings,
    letter: str,
    event: Event,
    address: str,
    facts: RegistrationLinkFacts | RegistrationUnknownFacts,
    now: datetime,
) -> None:
    promise(
        session,
        letter,
        Recipient(address, language=current_language()),
        key=f"{letter}:{event.id}:{secrets.token_hex(16)}",  # each request is a cause of its own
        facts=facts,
        now=now,
        mail_domain=settings.mail_domain,
        priority=URGENT,
        event_id=event.id,
    )
