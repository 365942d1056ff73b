"""A city says that it does not come. One that is registered withdraws its delegation instead."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.outbox import promise
from events_service.domain.recipients import invited_by
from events_service.domain.refusals import Conflict, Refusal
from events_service.domain.registration.form import RegistrationClosed, closed_because
from events_service.domain.registration.loading import locked_delegation
from events_service.domain.registration.untold import is_handed_in
from events_service.domain.snapshot import city_link, event_facts
from events_service.letters.city_facts import CityDeclinedFacts
from events_service.model import CityInvitation
from events_service.translation import gettext as _
from events_service.translation import lazy_gettext, number

LONGEST_REASON = 1000  # characters
REGISTERED = lazy_gettext("Your city is registered. Withdraw the delegation if it can’t come.")


def decline(
    session: Session, settings: Settings, city_invitation_id: int, reason: str, *, now: datetime
) -> bool:
    """The city does not come; it gets a letter that says so. False: it had said so before.

    RegistrationClosed after the deadline, Conflict while people hold places or wait for them.
    What was typed is kept, so that the city can change its mind.
    """
    if len(reason) > LONGEST_REASON:
        raise Refusal(_("Shorten the reason to %(most)s characters.", most=number(LONGEST_REASON)))
    invitation = _locked(session, city_invitation_id)
    delegation = locked_delegation(session, city_invitation_id)
    if because := closed_because(invitation.event, now):
        raise RegistrationClosed(because)
    if delegation is not None and is_handed_in(delegation):
        raise Conflict(REGISTERED)
    if invitation.declined_at is not None:
        return False
    invitation.opened_at = invitation.opened_at or now
    invitation.declined_at, invitation.declined_because = now, reason
    session.flush()
    _promise_letter(session, settings, invitation, now=now)
    return True


def _locked(session: Session, city_invitation_id: int) -> CityInvitation:
    """Held until the transaction ends: of two who press at once, one is told that it was said."""
    return session.scalars(
        select(CityInvitation)
        .where(CityInvitation.id == city_invitation_id)
        .with_for_update(of=CityInvitation, key_share=True)
        .execution_options(populate_existing=True)
    ).one()


def _promise_letter(
    session: Session, settings: Settings, invitation: CityInvitation, *, now: datetime
) -> None:
    event, city = invitation.event, invitation.city
    promise(
        session,
        "city_declined",
        invited_by(invitation),
        key=f"city-declined:{invitation.id}:{int(now.timestamp())}",
        facts=CityDeclinedFacts(
            event=event_facts(event),
            city=city.name,
            city_timezone=city.timezone,
            addressee=invitation.addressee,
            words=invitation.declined_because,
            closes_at=event.registration_closes_at.isoformat(),
            link=city_link(invitation),
        ),
        now=now,
        mail_domain=settings.mail_domain,
        event_id=event.id,
        city_id=city.id,
    )
