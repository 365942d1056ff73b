"""Inviting cities: the letter with the link, sending it again, replacing and ending the link. Each
letter waits in the outbox."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.addresses import normalise
from events_service.domain.refusals import Conflict
from events_service.domain.registration.form import closed_because
from events_service.domain.registration.keeping import usual_kind
from events_service.domain.registration.seats import hold_seats_still
from events_service.domain.scheduling.city_letters import (
    LETTERS_WITH_LINK,
    draft_another_letter,
    draft_first_letter,
    put_aside,
)
from events_service.domain.scheduling.invitees import Invitee, InviteesRefused, check_invitees
from events_service.model import City, CityInvitation, Event
from events_service.model.first_letters import FirstLetter, first_letter
from events_service.translation import gettext as _


def invite_cities(
    session: Session,
    settings: Settings,
    event: Event,
    invitees: Sequence[Invitee],
    *,
    now: datetime,
) -> list[CityInvitation]:
    """Draft the letter to each city. One that was written to, or whose letter waits, is passed
    over, so pressing twice writes to nobody twice; one whose letter was left out is asked anew.
    InviteesRefused and Conflict change nothing."""
    if reason := closed_because(event, now):
        raise Conflict(reason)
    if problems := check_invitees(invitees):
        raise InviteesRefused(problems)
    hold_seats_still(session, event.id)  # two organisers who press at once take turns
    standing = _standing(session, event)
    made = []
    for one in {one.city_id: one for one in invitees}.values():
        invitation, letter = standing.get(one.city_id, (None, "left_out"))
        if letter == "left_out":
            made.append(_asked(session, event, one, invitation, now))
    session.add_all(made)
    session.flush()
    for invitation in made:
        draft_first_letter(session, settings, invitation, now=now)
    return made


def _standing(session: Session, event: Event) -> dict[int, tuple[CityInvitation, FirstLetter]]:
    """The invitations there are and what became of their letters, by city."""
    rows = session.execute(
        select(CityInvitation, first_letter()).where(CityInvitation.event_id == event.id)
    )
    return {one.city_id: (one, letter) for one, letter in rows}


def _asked(
    session: Session, event: Event, one: Invitee, before: CityInvitation | None, now: datetime
) -> CityInvitation:
    """`before`: of a city that was not written to. A link that was ended stays so."""
    city = session.get_one(City, one.city_id)
    made = before or CityInvitation(event=event, city=city, counts_as=usual_kind(event, city))
    if made.revoked_at is not None:
        made.link_version, made.revoked_at = made.link_version + 1, None
    made.address, made.addressee = normalise(one.address), " ".join(one.addressee.split())
    made.seats, made.seats_elected, made.invited_at = one.seats, one.seats_elected, now
    return made


def send_again(
    session: Session, settings: Settings, invitation: CityInvitation, *, now: datetime
) -> None:
    """The same link in a new letter."""
    if reason := closed_because(invitation.event, now):
        raise Conflict(reason)
    if invitation.revoked_at is not None:
        raise Conflict(_("The link was ended. Make a new link first."))
    draft_another_letter(session, settings, invitation, now=now)


def replace_link(
    session: Session, settings: Settings, invitation: CityInvitation, *, now: datetime
) -> None:
    """A new link, whose letter waits in the outbox; the one before opens nothing from now on."""
    if reason := closed_because(invitation.event, now):
        raise Conflict(reason)
    invitation.link_version += 1
    invitation.revoked_at = None
    draft_another_letter(session, settings, invitation, now=now)


def revoke_link(session: Session, invitation: CityInvitation, *, now: datetime) -> None:
    """The link opens nothing any more, and letters with it are put aside. Seats and people stay;
    nobody is written to."""
    if invitation.revoked_at is None:
        invitation.revoked_at = now
        put_aside(session, invitation, LETTERS_WITH_LINK)
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
