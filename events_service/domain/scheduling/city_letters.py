"""The letter that asks a city, and the ones after it. Each but that of a move waits in the
outbox."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.delivery import approval
from events_service.domain.delivery.batch import hold_again
from events_service.domain.outbox import promise
from events_service.domain.recipients import invited_by
from events_service.domain.snapshot import city_link, event_facts
from events_service.letters import LetterName
from events_service.letters.facts import CityInvitedFacts, EventFacts
from events_service.model import CityInvitation, Event, OutboxMail
from events_service.model.first_letters import first_letter

LETTERS_WITH_LINK: tuple[LetterName, ...] = ("city_invited", "city_reminder")


def city_invited_facts(
    invitation: CityInvitation, *, again: bool, before: EventFacts | None = None
) -> CityInvitedFacts:
    """What the letter to a city is made from; also for an invitation that is not kept yet.
    `before`: the event as the city knows it, when it was moved."""
    event = invitation.event
    return {
        "event": event_facts(event),
        "summary": event.summary,
        "partners": [one.name for one in event.partners if one.role == "partner"],
        "languages": list(event.languages),
        "city": invitation.city.name,
        "city_timezone": invitation.city.timezone,
        "addressee": invitation.addressee,
        "seats": invitation.seats,
        "seats_elected": invitation.seats_elected,
        "closes_at": event.registration_closes_at.isoformat(),
        "approves": event.approves_delegations,
        "again": again,
        "before": before,
        "link": city_link(invitation),
    }


def draft_first_letter(
    session: Session, settings: Settings, invitation: CityInvitation, *, now: datetime
) -> None:
    _draft(session, settings, invitation, city_invited_facts(invitation, again=False), now)


def draft_another_letter(
    session: Session, settings: Settings, invitation: CityInvitation, *, now: datetime
) -> None:
    """It is the first one as long as none has left."""
    again = was_written_to(session, invitation)
    if again:
        invitation.sent_again_at = now
    _draft(session, settings, invitation, city_invited_facts(invitation, again=again), now)


def tell_city_it_moved(
    session: Session,
    settings: Settings,
    invitation: CityInvitation,
    before: EventFacts,
    *,
    now: datetime,
) -> None:
    """The letter of a move that was released. A city that was not written to yet knows of no move:
    if its letter waits in the outbox, that one tells the new days."""
    if not was_written_to(session, invitation):
        return
    invitation.sent_again_at = now
    put_aside(session, invitation, ("city_invited",))
    facts = city_invited_facts(invitation, again=True, before=before)
    _promise(session, settings, invitation, facts, now=now, for_approval=False)


def was_written_to(session: Session, invitation: CityInvitation) -> bool:
    """Whether the city knows of its invitation (see events_service.model.first_letters)."""
    session.flush()
    asked = select(first_letter()).where(CityInvitation.id == invitation.id)
    return session.scalar(asked) == "gone"


def put_aside(session: Session, invitation: CityInvitation, letters: Sequence[LetterName]) -> None:
    for mail in _drafted(session, invitation, letters):
        mail.state = "discarded"


def hold_released(session: Session, event: Event) -> None:
    """Have the letters to cities that were released, and that no worker has taken, wait again: what
    they tell holds no more."""
    hold_again(session, OutboxMail.event_id == event.id, OutboxMail.letter.in_(LETTERS_WITH_LINK))


def _draft(
    session: Session,
    settings: Settings,
    invitation: CityInvitation,
    facts: CityInvitedFacts,
    now: datetime,
) -> None:
    """Have the letter wait in the outbox. One that waits already tells the new facts instead, so
    there is one for a city."""
    for mail in _drafted(session, invitation, ("city_invited",)):
        approval.tell_anew(mail, invited_by(invitation), facts, now=now)
        session.flush()
        return
    _promise(session, settings, invitation, facts, now=now, for_approval=True)


def _drafted(
    session: Session, invitation: CityInvitation, letters: Sequence[LetterName]
) -> Sequence[OutboxMail]:
    return session.scalars(
        select(OutboxMail)
        .where(
            OutboxMail.event_id == invitation.event_id,
            OutboxMail.city_id == invitation.city_id,
            OutboxMail.letter.in_(letters),
            OutboxMail.state == "drafted",
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()


def _promise(
    session: Session,
    settings: Settings,
    invitation: CityInvitation,
    facts: CityInvitedFacts,
    *,
    now: datetime,
    for_approval: bool,
) -> None:
    """At most one letter a second for each link, so a double click makes one."""
    promise(
        session,
        "city_invited",
        invited_by(invitation),
        key=f"city-invited:{invitation.id}:{invitation.link_version}:{int(now.timestamp())}",
        facts=facts,
        now=now,
        mail_domain=settings.mail_domain,
        for_approval=for_approval,
        event_id=invitation.event_id,
        city_id=invitation.city_id,
    )
