"""Details given while a delegation was still a draft find the member they belong to."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, String, case, exists, func, literal, or_, select, update
from sqlalchemy import cast as as_type
from sqlalchemy.orm import Session, aliased

from events_service.domain.particulars.questions import LETTERS
from events_service.model import Detail, Member, OutboxMail, Particulars, Question
from events_service.translation import NAMES


def attach(session: Session, pairs: Sequence[tuple[int, Member]]) -> None:
    """Give each form (its number first) to its member; nothing at all for none.

    A form that has its member keeps it, and so does a member that has a form: details never pass
    from one person to another. So a form that was sent to another address than the member's, or
    that is another delegation's, is left alone.
    """
    if not pairs:
        return
    session.flush()  # numbers the members
    meant = {number: member.id for number, member in pairs}
    taken = aliased(Particulars)
    given = session.scalars(
        update(Particulars)
        .where(
            Particulars.id.in_(meant),
            Particulars.member_id.is_(None),
            Particulars.delegation_id == Member.delegation_id,
            Member.id == case(meant, value=Particulars.id),
            ~exists().where(taken.member_id == Member.id),
            _unsent_or_sent_to(Member.address),
        )
        .values(member_id=Member.id)
        .returning(Particulars.member_id)
    ).all()
    for member in {one.id: one for _, one in pairs if one.id in given}.values():
        member.language = chosen_language(session, member) or member.language


def sent_to(session: Session, form: Particulars, address: str) -> bool:
    """Whether the form was sent to nobody yet, or to this address and perhaps to others."""
    asked = select(Particulars.id).where(
        Particulars.id == form.id, _unsent_or_sent_to(literal(address))
    )
    return session.scalar(asked) is not None


def first_letter_key(form: Particulars, address: str) -> str:
    """The key under which the first letter with a form's link to an address was promised."""
    return f"member_details:{form.id}:{address.lower()}"


def chosen_language(session: Session, member: Member) -> str | None:
    """The language of letters that the person chose in their form."""
    name = session.scalar(
        select(Detail.value)
        .join(Question, Question.id == Detail.question_id)
        .join(Particulars, Particulars.id == Detail.particulars_id)
        .where(Particulars.member_id == member.id, Question.key == LETTERS)
    )
    return next((code for code, known in NAMES.items() if known == name), None)


def _unsent_or_sent_to(address: ColumnElement[str] | object) -> ColumnElement[bool]:
    key = literal("member_details:") + as_type(Particulars.id, String) + ":"
    return or_(
        Particulars.link_sent_at.is_(None),
        exists().where(OutboxMail.dedupe_key == key + func.lower(address)),
    )
