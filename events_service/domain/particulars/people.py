"""The people of a delegation, confirmed or still typed, each with the form they have."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from events_service.domain.particulars.attaching import first_letter_key
from events_service.domain.refusals import Conflict, NotFound
from events_service.domain.registration.draft import DelegationDraft, PersonDraft
from events_service.domain.registration.form import (
    closed_because,
    draft_from,
    draft_of,
    members_of,
)
from events_service.domain.registration.saving import save_draft
from events_service.model import CityInvitation, Delegation, Member, OutboxMail, Particulars
from events_service.translation import gettext as _


@dataclass(frozen=True)
class Named:
    """Somebody whom a city named. `number` counts from 1, the head of the delegation first."""

    number: int
    name: str
    role: str
    address: str
    member_id: int | None
    form: Particulars | None

    @property
    def seen_as(self) -> str:
        """How a page says whom it is about, so that a list that changed meanwhile is noticed."""
        return f"{self.name}|{self.address}"


def people_named(session: Session, invitation: CityInvitation, *, now: datetime) -> list[Named]:
    """Everybody the city has named so far; rows of its form without a name are left out."""
    draft = _list_of(invitation, now)
    forms = _Forms(session, invitation.delegation)
    people = [
        Named(
            number,
            " ".join(one.name.split()),
            " ".join(one.role.split()),
            one.address.strip(),
            one.member_id,
            forms.of(one),
        )
        for number, one in enumerate(draft.people, 1)
        if one.name.strip()
    ]
    return _without_others(session, people)


def person_numbered(people: Iterable[Named], number: int, *, seen_as: str | None = None) -> Named:
    """NotFound when there is none; Conflict when it is somebody else than the page showed."""
    found = next((one for one in people if one.number == number), None)
    if found is None:
        raise NotFound
    if seen_as is not None and seen_as != found.seen_as:
        raise Conflict(
            _(
                "The list of people was changed since you opened this page. Nothing was saved: "
                "go back to the list and open the person again."
            )
        )
    return found


def form_for(
    session: Session, invitation: CityInvitation, person: Named, *, now: datetime
) -> Particulars:
    """The person's form, made when there is none. Somebody else at another address never gets the
    form that was sent to the person before them: they get one of their own."""
    delegation = _held_still(session, invitation, now)
    again = person_numbered(people_named(session, invitation, now=now), person.number)
    if again.form is not None:
        return again.form
    form = Particulars(delegation_id=delegation.id, member_id=again.member_id)
    session.add(form)
    session.flush()
    if again.member_id is None:
        _keep_in_draft(delegation, again.number, form)
    session.flush()
    return form


def named_in(session: Session, form: Particulars) -> Member | None:
    """The member whose form it is; None while their city has not confirmed them."""
    return session.get(Member, form.member_id) if form.member_id is not None else None


def name_on(session: Session, form: Particulars) -> str:
    """What their city calls the person now; empty when it names them no longer."""
    member = named_in(session, form)
    if member is not None:
        return member.name
    draft = session.get_one(Delegation, form.delegation_id).draft
    people = DelegationDraft.from_json(draft).people if draft else ()
    return next((" ".join(p.name.split()) for p in people if p.particulars_id == form.id), "")


def still_named(session: Session, form: Particulars) -> bool:
    """Whether the city still means the person to come. Who is typed and not confirmed is."""
    member = named_in(session, form)
    if session.get_one(Delegation, form.delegation_id).state == "withdrawn":
        return False
    return member is None or member.removed_at is None


def _list_of(invitation: CityInvitation, now: datetime) -> DelegationDraft:
    """What was typed while it can still be confirmed, else who was."""
    delegation = invitation.delegation
    if delegation is None or not closed_because(invitation.event, now):
        return draft_of(invitation)
    return draft_from(delegation.contact_address, members_of(delegation))


class _Forms:
    """The forms of a delegation, and whose each is."""

    def __init__(self, session: Session, delegation: Delegation | None) -> None:
        forms = _forms(session, delegation) if delegation else []
        self._loose = {form.id: form for form, member in forms if member is None}
        self._of_member = {member.id: form for form, member in forms if member}
        self._of_removed = {
            _who(member.name, member.address): form
            for form, member in forms
            if member and member.removed_at
        }

    def of(self, person: PersonDraft) -> Particulars | None:
        """Also of somebody who was a member before, and is named again."""
        if person.member_id is not None:
            return self._of_member.get(person.member_id)
        again = self._of_removed.get(_who(person.name, person.address))
        return again or self._loose.get(person.particulars_id or 0)


def _forms(session: Session, delegation: Delegation) -> list[tuple[Particulars, Member | None]]:
    asked = (
        select(Particulars, Member)
        .outerjoin(Member, Member.id == Particulars.member_id)
        .where(Particulars.delegation_id == delegation.id)
        .order_by(Particulars.id)
        .options(selectinload(Particulars.details))
    )
    return [(form, member) for form, member in session.execute(asked)]


def _without_others(session: Session, people: Sequence[Named]) -> list[Named]:
    """A form that was sent to another address, before the person there was typed over, is not
    this person's."""
    keys = {
        one.number: first_letter_key(one.form, one.address)
        for one in people
        if one.form and one.form.member_id is None and one.form.link_sent_at
    }
    sent = set(
        session.scalars(
            select(OutboxMail.dedupe_key).where(OutboxMail.dedupe_key.in_(keys.values()))
        )
    )
    return [
        replace(one, form=None) if keys.get(one.number, "") not in sent | {""} else one
        for one in people
    ]


def _who(name: str, address: str) -> tuple[str, str]:
    return " ".join(name.split()).casefold(), address.strip().casefold()


def _held_still(session: Session, invitation: CityInvitation, now: datetime) -> Delegation:
    """The delegation with what was typed, which nobody else changes meanwhile."""
    found = session.scalar(
        select(Delegation)
        .where(Delegation.city_invitation_id == invitation.id)
        .with_for_update(of=Delegation)
        .execution_options(populate_existing=True)
    )
    return found or save_draft(session, invitation, draft_of(invitation), now=now)


def _keep_in_draft(delegation: Delegation, number: int, form: Particulars) -> None:
    """Beside what was typed, without counting as a change of it."""
    assert delegation.draft is not None
    draft = DelegationDraft.from_json(delegation.draft)
    people = list(draft.people)
    people[number - 1] = replace(people[number - 1], particulars_id=form.id)
    delegation.draft = {**delegation.draft, **replace(draft, people=tuple(people)).as_json()}
