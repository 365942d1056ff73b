"""Somebody comes in place of a person who was named: the seat stays, the calendars change hands."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.addresses import normalise
from events_service.domain.refusals import Conflict
from events_service.domain.registration import letters
from events_service.domain.registration.calendars import Post, cancel, invite
from events_service.domain.registration.draft import DelegationDraft
from events_service.domain.registration.form import draft_from, members_of
from events_service.domain.registration.loading import locked_delegation
from events_service.model import Delegation, Member


def substitute(
    session: Session, settings: Settings, member: Member, *, address: str, now: datetime
) -> Member:
    """Put whoever has this address in the member's place, with their days; both are written to,
    and whoever registered the city. Of the substitute only the address is known, which stands for
    the name until the city mends it. Conflict when there is no such place, or they come already.
    """
    delegation = locked_delegation(session, member.delegation.city_invitation_id)
    _check(delegation, member, address, now)
    assert delegation is not None
    substitute = _in_place_of(delegation, member, normalise(address))
    member.removed_at = now
    delegation.version += 1
    session.flush()  # numbers the substitute
    _change_draft(delegation, member, substitute)
    with Post(session, settings, delegation, now=now) as post:
        cancel(post, member, "removed")
        invite(post, [substitute], "named", in_place_of=member)
        letters.confirmed(post, members_of(delegation), [member], changed=True)
    return substitute


def _check(delegation: Delegation | None, member: Member, address: str, now: datetime) -> None:
    if delegation is None or delegation.state != "confirmed" or member.removed_at is not None:
        raise Conflict(f"{member.name} has no place at this workshop any more, so nobody takes it.")
    event = delegation.event
    if event.cancelled_at is not None or event.ends_on < now.astimezone(event.zone).date():
        raise Conflict("This workshop is over or was cancelled, so nobody takes a place.")
    others = {one.address.casefold() for one in members_of(delegation)}
    if normalise(address).casefold() in others:
        raise Conflict(f"{address} is part of the delegation already.")


def _in_place_of(delegation: Delegation, member: Member, address: str) -> Member:
    """Taken up again if they were named before, so that their calendar entry keeps its UID."""
    substitute = next(
        (one for one in delegation.members if one.address.casefold() == address.casefold()), None
    )
    if substitute is None:
        substitute = Member(name=address, address=address, invitations=[])
        delegation.members.append(substitute)
    substitute.removed_at = None
    substitute.position = member.position
    substitute.days = list(member.days)
    substitute.session_ids = member.session_ids
    return substitute


def _change_draft(delegation: Delegation, member: Member, substitute: Member) -> None:
    """What the city has typed and not confirmed must not bring the person back unasked."""
    if delegation.draft is None:
        return
    draft = DelegationDraft.from_json(delegation.draft)
    (stands,) = draft_from(draft.contact_address, [substitute]).people
    people = (stands if one.member_id == member.id else one for one in draft.people)
    delegation.draft = replace(draft, people=tuple(people)).as_json()
