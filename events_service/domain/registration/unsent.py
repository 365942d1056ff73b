"""Letters about a change of a delegation that have not left: one that is changed again tells its
people, and its city, of all changes at once."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session

from events_service.domain.registration.calendars import Post, standing
from events_service.domain.registration.known_entries import as_people_know
from events_service.domain.registration.sending_again import (
    AGAIN,
    CALENDAR_LETTERS,
    last_letters,
)
from events_service.model import Member, OutboxMail

_COMES = ("member_invited", "delegation_waitlisted")
_GOES = ("member_cancelled", "waiting_ended")
_TO_PEOPLE = (*CALENDAR_LETTERS, "delegation_waitlisted", "waiting_ended")
_TO_THE_CITY = ("delegation_confirmed", "delegation_waitlisted")
_LEFT_OUT = and_(OutboxMail.state == "discarded", OutboxMail.left_at.is_not(None))


def is_in_untold(session: Session, member: Member) -> bool:
    """Whether nobody has told them yet that they come, or wait."""
    told = last_letters(session, [one.id for one in standing(member)]).values()
    return _some_unsent(session, member, _COMES) and all(one.letter in _GOES for one in told)


def is_out_untold(session: Session, member: Member) -> bool:
    """Whether nobody has told them yet that they come no longer."""
    return member.removed_at is not None and _some_unsent(session, member, _GOES)


class Unsent:
    """What was still to be told of one person who goes, and of another who comes in their place.
    It is put aside for good, and the calendar entries of both are as they know them."""

    def __init__(self, post: Post, goes: Member, comes: Member) -> None:
        self._goes, self._comes = goes, comes
        self.goes_untold = is_in_untold(post.session, goes)
        self._letters = _put_aside(post, _to([goes, comes], _TO_PEOPLE))
        self._receipts = _put_aside(post, _receipts(post))
        post.session.flush()
        entries = {number for number, _ in self._letters if number is not None}
        as_people_know(post.session, post.delegation, entries, now=post.now)
        # Whoever comes does not know yet that they were taken out.
        self.comes_told = bool(standing(comes) or self._of(comes, "waiting_ended"))

    @property
    def in_place_of(self) -> str:
        """Name of whom the one who comes replaces, as far as these know; empty: of themselves."""
        names = [one.facts.get("in_place_of") for one in self._of(self._goes, "member_invited")]
        name = next((one for one in names if one), None) if self.goes_untold else None
        name = name or self._goes.name
        return "" if name == self._comes.name else name

    def gone(self, members: Sequence[Member]) -> list[Member]:
        """Those of all `members` who come no longer, as far as the city knows of them."""
        names = {name for _, mail in self._receipts for name in mail.facts.get("removed", [])}
        if not (self._receipts and self.goes_untold):
            names.add(self._goes.name)
        return [one for one in members if one.removed_at is not None and one.name in names]

    def _of(self, member: Member, *letters: str) -> list[OutboxMail]:
        return [
            mail
            for _, mail in self._letters
            if mail.member_id == member.id and mail.letter in letters
        ]


def _some_unsent(session: Session, member: Member, letters: Sequence[str]) -> bool:
    return bool(session.scalar(select(exists().where(_to([member], letters)))))


def _to(people: Sequence[Member], letters: Sequence[str]) -> ColumnElement[bool]:
    """Such letters to them that wait or were left out."""
    return and_(
        OutboxMail.member_id.in_([one.id for one in people]),
        OutboxMail.letter.in_(letters),
        ~OutboxMail.dedupe_key.startswith(AGAIN, autoescape=True),
        or_(OutboxMail.state == "drafted", _LEFT_OUT),
    )


def _receipts(post: Post) -> ColumnElement[bool]:
    """Not that of a decision, which says more than who comes."""
    return and_(
        OutboxMail.event_id == post.event.id,
        OutboxMail.city_id == post.delegation.city_id,
        OutboxMail.member_id.is_(None),
        OutboxMail.letter.in_(_TO_THE_CITY),
        OutboxMail.decided_at.is_distinct_from(post.delegation.decided_at),
        OutboxMail.state == "drafted",
    )


def _put_aside(post: Post, which: ColumnElement[bool]) -> list[tuple[int | None, OutboxMail]]:
    """Each with the number of the entry that it was about."""
    asked = select(OutboxMail).where(which).order_by(OutboxMail.id).with_for_update()
    found = post.session.scalars(asked.execution_options(populate_existing=True)).all()
    letters = [(mail.invitation_id, mail) for mail in found]
    for mail in found:
        mail.state, mail.invitation_id = "discarded", None
        mail.left_at = mail.left_by_id = None
    return letters
