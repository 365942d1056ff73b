"""Inviting cities: the letter with the link, sending it again, replacing and ending the link. Each
letter waits in the outbox."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.addresses import normalise
from events_service.domain.delivery import approval
from events_service.domain.outbox import promise
from events_service.domain.recipients import invited_by
from events_service.domain.refusals import Conflict
from events_service.domain.registration.form import closed_because
from events_service.domain.registration.keeping import usual_kind
from events_service.domain.registration.seats import hold_seats_still
from events_service.domain.scheduling.invitees import Invitee, InviteesRefused, check_invitees
from events_service.domain.snapshot import city_link, event_facts
from events_service.letters import LetterName
from events_service.letters.facts import CityInvitedFacts, EventFacts
from events_service.model import AccessRequest, City, CityInvitation, Event, OutboxMail
from events_service.translation import gettext as _

LETTERS_WITH_LINK: tuple[LetterName, ...] = ("city_invited", "city_reminder")


def invite_cities(
    session: Session,
    settings: Settings,
    event: Event,
    invitees: Sequence[Invitee],
    *,
    now: datetime,
) -> list[CityInvitation]:
    """Ask each city and draft its letter. A city that was asked before is passed over, so
    pressing twice writes to nobody twice. InviteesRefused and Conflict change nothing."""
    if reason := closed_because(event, now):
        raise Conflict(reason)
    if problems := check_invitees(invitees):
        raise InviteesRefused(problems)
    hold_seats_still(session, event.id)  # two organisers who press at once take turns
    known = set(
        session.scalars(select(CityInvitation.city_id).where(CityInvitation.event_id == event.id))
    )
    cities = {one.city_id: session.get_one(City, one.city_id) for one in invitees}
    made = [
        CityInvitation(
            event=event,
            city=cities[one.city_id],
            counts_as=usual_kind(event, cities[one.city_id]),
            address=normalise(one.address),
            addressee=" ".join(one.addressee.split()),
            seats=one.seats,
            seats_elected=one.seats_elected,
            invited_at=now,
        )
        for one in {one.city_id: one for one in invitees}.values()
        if one.city_id not in known
    ]
    session.add_all(made)
    session.flush()
    for invitation in made:
        draft_city_letter(session, settings, invitation, now=now, again=False)
    return made


def send_again(
    session: Session, settings: Settings, invitation: CityInvitation, *, now: datetime
) -> None:
    """The same link in a new letter."""
    if reason := closed_because(invitation.event, now):
        raise Conflict(reason)
    if invitation.revoked_at is not None:
        raise Conflict(_("The link was ended. Make a new link first."))
    invitation.sent_again_at = now
    session.flush()
    draft_city_letter(session, settings, invitation, now=now, again=True)


def replace_link(
    session: Session, settings: Settings, invitation: CityInvitation, *, now: datetime
) -> None:
    """A new link, whose letter waits in the outbox; the one before opens nothing from now on."""
    if reason := closed_because(invitation.event, now):
        raise Conflict(reason)
    invitation.link_version += 1
    invitation.revoked_at = None
    invitation.sent_again_at = now
    session.flush()
    draft_city_letter(session, settings, invitation, now=now, again=True)


def revoke_link(session: Session, invitation: CityInvitation, *, now: datetime) -> None:
    """The link opens nothing any more, and letters with it are put aside. Seats and people stay;
    nobody is written to."""
    if invitation.revoked_at is None:
        invitation.revoked_at = now
        for mail in _drafted(session, invitation, LETTERS_WITH_LINK):
            mail.state = "discarded"
        session.flush()


def readdress(
    session: Session,
    settings: Settings,
    invitation: CityInvitation,
    address: str,
    addressee: str,
    *,
    now: datetime,
) -> None:
    """Write to another person in the city from now on, with the same link, and draft the letter."""
    seats, elected = invitation.seats, invitation.seats_elected
    problems = check_invitees([Invitee(invitation.city_id, address, addressee, seats, elected)])
    if problems:
        raise InviteesRefused(problems)
    invitation.address = normalise(address)
    invitation.addressee = " ".join(addressee.split())
    send_again(session, settings, invitation, now=now)


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
        "again": again,
        "before": before,
        "link": city_link(invitation),
    }


def draft_city_letter(
    session: Session, settings: Settings, invitation: CityInvitation, *, now: datetime, again: bool
) -> None:
    """Have the letter wait in the outbox. One that waits already tells the new facts instead, so
    there is one for a city."""
    facts = city_invited_facts(invitation, again=again)
    for mail in _drafted(session, invitation, ("city_invited",)):
        first = not mail.facts["again"]
        approval.tell_anew(
            mail, invited_by(invitation), {**facts, "again": again and not first}, now=now
        )
        session.flush()
        return
    _promise(session, settings, invitation, facts, now=now, for_approval=True)


def tell_city_it_moved(
    session: Session,
    settings: Settings,
    invitation: CityInvitation,
    before: EventFacts,
    *,
    now: datetime,
) -> None:
    """The letter of a move that was released. A city whose first letter still waits in the outbox
    knows of no move: its letter tells the new days."""
    for mail in _drafted(session, invitation, ("city_invited",)):
        if not mail.facts["again"]:
            return
        mail.state = "discarded"
    facts = city_invited_facts(invitation, again=True, before=before)
    _promise(session, settings, invitation, facts, now=now, for_approval=False)


def is_untold(session: Session, invitation: CityInvitation) -> bool:
    """Whether the city's first letter still waits in the outbox."""
    return any(not mail.facts["again"] for mail in _drafted(session, invitation, ("city_invited",)))


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
    version = f"{invitation.link_version}:{int(now.timestamp())}" if facts["again"] else "1"
    promise(
        session,
        "city_invited",
        invited_by(invitation),
        key=f"city-invited:{invitation.id}:{version}",
        facts=facts,
        now=now,
        mail_domain=settings.mail_domain,
        for_approval=for_approval,
        event_id=invitation.event_id,
        city_id=invitation.city_id,
    )


def invite_requester(
    session: Session,
    settings: Settings,
    request: AccessRequest,
    event: Event,
    city: City,
    *,
    addressee: str,
    now: datetime,
) -> CityInvitation:
    """Settle a request: the address speaks for this city. Where the city was asked already, its
    invitation is readdressed, so that there is one link a city."""
    invitation = session.scalar(
        select(CityInvitation).where(
            CityInvitation.event_id == event.id, CityInvitation.city_id == city.id
        )
    )
    if invitation is None:
        invitee = Invitee(city.id, request.address, addressee, event.seats_per_city)
        [invitation] = invite_cities(session, settings, event, [invitee], now=now)
    else:
        readdress(session, settings, invitation, request.address, addressee, now=now)
    dismiss_request(session, request, now=now)
    return invitation


def dismiss_request(session: Session, request: AccessRequest, *, now: datetime) -> None:
    """Settle a request without an invitation. The address is not told."""
    if request.settled_at is None:
        request.settled_at = now
        session.flush()
