"""Somebody comes in place of a person who was named: the seat stays, the calendars change hands."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.addresses import NotAnAddress, normalise
from events_service.domain.refusals import Conflict
from events_service.domain.registration import letters
from events_service.domain.registration.allotted import allotment_problems
from events_service.domain.registration.calendars import (
    Before,
    Post,
    before_change,
    cancel,
    invite,
    replan,
    standing,
)
from events_service.domain.registration.checking import person_problems
from events_service.domain.registration.draft import DelegationDraft, PersonDraft, Problem
from events_service.domain.registration.form import days_of, draft_from, members_of
from events_service.domain.registration.loading import locked_delegation
from events_service.domain.registration.unsent import Unsent
from events_service.domain.registration.untold import is_told
from events_service.model import Delegation, Event, Member
from events_service.translation import gettext as _


def substitute(
    session: Session,
    settings: Settings,
    member: Member,
    person: PersonDraft,
    *,
    now: datetime,
    for_approval: bool = False,
) -> Member:
    """Put the person in the member's place, with their days; both are written to, and whoever
    registered the city. Several changes before the letters leave are told as one. Of `person` the
    days don't count. What the member told about themselves stays theirs. `for_approval`: the
    letters wait for an organiser. Conflict when there is no such place, or the person comes
    already.
    """
    delegation = locked_delegation(session, member.delegation.city_invitation_id)
    if reason := not_replaceable_because(member, now):
        raise Conflict(reason)
    assert delegation is not None
    if _come_already(member, person):
        raise Conflict(_("%(address)s is part of the delegation already.", address=person.address))
    substitute = _in_place_of(delegation, member, person)
    member.removed_at = now
    delegation.version += 1
    session.flush()  # numbers the substitute
    _change_draft(delegation, member, substitute)
    with Post(session, settings, delegation, now=now, for_approval=for_approval) as post:
        _write_to_all(post, member, substitute)
    return substitute


def not_replaceable_because(member: Member, now: datetime) -> str | None:
    """Why nobody can come in this member's place now; None when somebody can."""
    delegation, event = member.delegation, member.delegation.event
    if member.removed_at is not None or delegation.state not in ("confirmed", "waitlisted"):
        return _(
            "%(name)s has no place at this workshop any more, so nobody takes it.",
            name=member.name,
        )
    if not is_told(delegation):
        return _("An organiser is deciding about this delegation. Its letters come first.")
    if event.cancelled_at is not None or is_over(event, now):
        return _("This workshop is over or was cancelled, so nobody takes a place.")
    return None


def is_over(event: Event, now: datetime) -> bool:
    """Its last day has ended where it is held."""
    return event.ends_on < now.astimezone(event.zone).date()


def problems_of_substitute(member: Member, person: PersonDraft) -> list[Problem]:
    """What is to be mended about the person before they can take the member's place."""
    invitation = member.delegation.city_invitation
    as_member = replace(person, days=tuple(member.days), session_ids=None)
    found = list(
        person_problems(
            0,
            as_member,
            [*days_of(member.delegation.event), *member.days],
            (),
            ask_elected=invitation.seats_elected > 0,
        )
    )
    if not any(one.field == "address" for one in found) and _come_already(member, person):
        message = _("%(address)s is part of the delegation already", address=person.address.strip())
        found.append(Problem(0, "address", message))
    if person.is_elected is not None and person.is_elected != member.is_elected:
        found += _of_a_kind(member, person)
    return found


def _of_a_kind(member: Member, person: PersonDraft) -> list[Problem]:
    """Whether one more of their kind fits what the city was given."""
    delegation, invitation = member.delegation, member.delegation.city_invitation
    others = [one for one in members_of(delegation) if one is not member]
    people = [*draft_from(delegation.contact_address, others).people, person]
    too_many = allotment_problems(people, invitation.seats, invitation.seats_elected)
    return [Problem(0, "is_elected", one.message) for one in too_many]


def _come_already(member: Member, person: PersonDraft) -> bool:
    """At the address of another member; or they are the member. Two may share an office's."""
    address = _as_written_to(person.address)
    others = (one for one in members_of(member.delegation) if one is not member)
    return any(one.address.casefold() == address for one in others) or _is(member, person)


def _as_written_to(address: str) -> str:
    try:
        return normalise(address).casefold()
    except NotAnAddress:
        return ""


def _is(member: Member, person: PersonDraft) -> bool:
    """The same person: of whom only the address is known, whoever has it."""
    if member.address.casefold() != _as_written_to(person.address):
        return False
    return _nameless(person) or _folded(member.name) == _folded(person.name)


def _nameless(person: PersonDraft) -> bool:
    """Their address stands for the name that nobody has told yet."""
    return person.name.strip().casefold() == person.address.strip().casefold()


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def named_before(delegation: Delegation, person: PersonDraft) -> Member | None:
    """Whom the person is among all who were ever part of it."""
    return next((one for one in delegation.members if _is(one, person)), None)


def _in_place_of(delegation: Delegation, member: Member, person: PersonDraft) -> Member:
    """Taken up again if they were named before, so that their calendar entry keeps its UID."""
    substitute = named_before(delegation, person)
    if substitute is None:
        address = normalise(person.address)
        substitute = Member(name=address, address=address, invitations=[])
        delegation.members.append(substitute)
    substitute.removed_at = None
    substitute.position = member.position
    substitute.days = list(member.days)
    substitute.session_ids = member.session_ids
    substitute.is_elected = member.is_elected if person.is_elected is None else person.is_elected
    if not _nameless(person):
        substitute.name = " ".join(person.name.split())
        substitute.role = " ".join(person.role.split())
        office = person.assistant_address.strip()
        substitute.assistant_address = normalise(office) if office else None
    return substitute


def _change_draft(delegation: Delegation, member: Member, substitute: Member) -> None:
    """What the city has typed and not confirmed must not bring the person back unasked."""
    if delegation.draft is None:
        return
    draft = DelegationDraft.from_json(delegation.draft)
    (stands,) = draft_from(draft.contact_address, [substitute]).people
    people = (stands if one.member_id == member.id else one for one in draft.people)
    changed = replace(draft, people=tuple(people)).as_json()
    delegation.draft = {**delegation.draft, **changed}  # and what else is known of it


def _write_to_all(post: Post, member: Member, substitute: Member) -> None:
    """Of a delegation that waits nobody's calendar was filled, and nobody's is."""
    members = members_of(post.delegation)
    unsent = Unsent(post, member, substitute)
    if post.delegation.state == "waitlisted":
        letters.waiting_ended(post, [] if unsent.goes_untold else [member], "removed")
        letters.waitlisted(post, members, [] if unsent.comes_told else [substitute])
        return
    gone = unsent.gone(post.delegation.members)
    cancel(post, member, "removed")
    if unsent.comes_told:
        replan(post, substitute, _known_to(substitute, post))
    else:
        invite(post, [substitute], "named", in_place_of=unsent.in_place_of)
    letters.confirmed(post, members, gone, changed=True)


def _known_to(member: Member, post: Post) -> Before:
    days = sorted({day for one in standing(member) for day in one.days})
    return replace(before_change(member, post.event, post.facts), days=tuple(days))
