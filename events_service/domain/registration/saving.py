"""Keeping what a city types, so that nobody's text is lost when two people type at once."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service.domain.refusals import Conflict
from events_service.domain.registration.draft import DelegationDraft, PersonDraft
from events_service.domain.registration.form import draft_from, draft_of, members_of
from events_service.domain.registration.taking_up import take_up
from events_service.model import CityInvitation, Delegation, Particulars
from events_service.translation import gettext as _

FIELDS = ("name", "role", "is_elected", "address", "assistant_address", "days", "session_ids")


@dataclass(frozen=True)
class Typed:
    """Where something was typed. `seen`: what stood there when the form was opened (`standing`);
    `form`: a name of that opened form, so that it never stands in its own way."""

    seen: str
    form: str


@dataclass(frozen=True)
class Difference:
    """A field in which two drafts say different things: person 0 leads, None is the delegation
    itself. Who is in one of them only differs as a `person`."""

    person: int | None
    field: str


class DraftOvertaken(Conflict):
    """Something else was saved since the form was opened. Nothing was overwritten."""

    def __init__(self, theirs: DelegationDraft) -> None:
        super().__init__(
            _(
                "Somebody else has saved changes to this delegation since you opened the page, "
                "so yours were not saved."
            )
        )
        self.theirs = theirs


def standing(delegation: Delegation | None) -> str:
    """Names what is saved now: another name, another text."""
    if delegation is None:
        return "0-0"
    return f"{delegation.draft_version}-{delegation.version}"


def writer_of(delegation: Delegation | None) -> str:
    """The form (`Typed.form`) that wrote what is saved now; empty when none did."""
    kept = delegation.draft if delegation is not None else None
    return str(kept.get("form", "")) if kept is not None else ""


def save_draft(
    session: Session,
    city_invitation: CityInvitation,
    draft: DelegationDraft,
    *,
    now: datetime,
    typed: Typed | None = None,
) -> Delegation:
    """Keep what was typed, complete or not. Nobody is written to. With `typed`, DraftOvertaken
    refuses to overwrite what its writer has not seen."""
    delegation = _held(session, city_invitation)
    if typed is not None and _overtaken(city_invitation, draft, typed):
        raise DraftOvertaken(draft_of(city_invitation))
    take_up(city_invitation, now=now)
    if delegation is None:
        delegation = _begun(session, city_invitation, now)
    kept = _with_particulars(session, delegation, draft)
    delegation.draft = kept.as_json() | ({"form": typed.form} if typed else {})
    delegation.draft_version += 1
    session.flush()
    return delegation


def has_changes(delegation: Delegation) -> bool:
    """Whether what is typed says something else than the people who stand: a form that was only
    looked through does not."""
    if delegation.draft is None:
        return False
    stands = draft_from(delegation.contact_address, members_of(delegation))
    return any(differing(DelegationDraft.from_json(delegation.draft), stands))


def differing(mine: DelegationDraft, theirs: DelegationDraft) -> Iterator[Difference]:
    """Where the two differ, in the order of the form."""
    if mine.contact_address.strip() != theirs.contact_address.strip():
        yield Difference(None, "contact_address")
    for position in range(max(len(mine.people), len(theirs.people))):
        one, other = _at(mine, position), _at(theirs, position)
        if one is None or other is None:
            yield Difference(position, "person")
            continue
        for name in FIELDS:
            if getattr(one, name) != getattr(other, name):
                yield Difference(position, name)


def _at(draft: DelegationDraft, position: int) -> PersonDraft | None:
    return draft.people[position] if position < len(draft.people) else None


def _held(session: Session, city_invitation: CityInvitation) -> Delegation | None:
    """The delegation, read anew and held; the first to type holds the invitation instead."""
    found = _read(session, city_invitation)
    if found is None:
        number = CityInvitation.id == city_invitation.id
        session.execute(select(CityInvitation.id).where(number).with_for_update())
        found = _read(session, city_invitation)
    if city_invitation.delegation is not found:
        session.expire(city_invitation, ["delegation"])
    return found


def _read(session: Session, city_invitation: CityInvitation) -> Delegation | None:
    return session.scalar(
        select(Delegation)
        .where(Delegation.city_invitation_id == city_invitation.id)
        .with_for_update(of=Delegation)
        .execution_options(populate_existing=True)
    )


def _overtaken(city_invitation: CityInvitation, draft: DelegationDraft, typed: Typed) -> bool:
    """A form may overwrite what it has shown, what it has saved itself, and the same text."""
    delegation = city_invitation.delegation
    if delegation is None or typed.seen == standing(delegation):
        return False
    if typed.form and typed.form == writer_of(delegation):
        return False
    return any(differing(draft, draft_of(city_invitation)))


def _begun(session: Session, city_invitation: CityInvitation, now: datetime) -> Delegation:
    delegation = Delegation(
        city_invitation=city_invitation,
        event=city_invitation.event,
        city=city_invitation.city,
        contact_address=city_invitation.address,
        draft_version=0,
        version=0,
        started_at=now,
    )
    session.add(delegation)
    return delegation


def _with_particulars(
    session: Session, delegation: Delegation, draft: DelegationDraft
) -> DelegationDraft:
    """Each person with their own details: those that the form names, if they are of this
    delegation; and those that were begun while the form was open."""
    before = DelegationDraft.from_json(delegation.draft).people if delegation.draft else ()
    begun = {_who(one): one.particulars_id for one in before if one.particulars_id is not None}
    named = {one.particulars_id for one in draft.people if one.particulars_id is not None}
    own = _own(session, delegation, named) if named - set(begun.values()) else named
    people = []
    for one in draft.people:
        number = one.particulars_id if one.particulars_id in own else begun.get(_who(one))
        people.append(replace(one, particulars_id=number))
    return replace(draft, people=tuple(people))


def _who(person: PersonDraft) -> tuple[str, str]:
    return " ".join(person.name.split()).casefold(), person.address.strip().casefold()


def _own(session: Session, delegation: Delegation, numbers: Collection[int]) -> set[int]:
    return set(
        session.scalars(
            select(Particulars.id).where(
                Particulars.id.in_(numbers), Particulars.delegation_id == delegation.id
            )
        )
    )
