"""What an organiser does with drafted letters at an event before releasing them: puts words into
them, leaves recipients out, tries one on themselves."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.delivery import approval
from events_service.domain.delivery.conditions import is_outdated, outdated_of
from events_service.domain.delivery.outbox_groups import (
    hash_of,
    is_twin,
    waiting_letters,
    waits_at,
)
from events_service.domain.delivery.trial import promise_test
from events_service.domain.refusals import Conflict, NotFound, Refusal
from events_service.letters.trial import LetterTestFacts
from events_service.model import Account, OutboxMail
from events_service.translation import gettext as _

LONGEST_WORDS = 2000  # characters


def letter_at(session: Session, event_id: int, mail_id: int) -> OutboxMail:
    """A letter that waits at this event, to be read; else NotFound."""
    asked = select(OutboxMail).where(OutboxMail.id == mail_id, waits_at(event_id))
    return _found(session.scalar(asked))


def _held(session: Session, event_id: int, mail_id: int) -> OutboxMail:
    """As letter_at, to be changed: nobody else does until the transaction ends."""
    asked = select(OutboxMail).where(OutboxMail.id == mail_id, waits_at(event_id))
    changed = asked.with_for_update().execution_options(populate_existing=True)
    return _found(session.scalar(changed))


def _found(mail: OutboxMail | None) -> OutboxMail:
    if mail is None:
        raise NotFound(_("This letter no longer waits: it was released or put aside."))
    return mail


def reword_letter(
    session: Session, event_id: int, mail_id: int, words: str, *, read: str, now: datetime
) -> None:
    """Put words into one letter, which keeps them when words are put into all; `read`: digest of
    what the person saw. Conflict when it has no use any more or is another one now."""
    mail = _held(session, event_id, mail_id)
    if is_outdated(session, mail.id, now=now):
        raise Conflict(approval.OUTDATED)
    before, words = mail.facts.get("words", ""), _checked(words)
    approval.edit_letter(session, mail.id, words, read=read, now=now)
    if words != before:
        mail.facts = {**mail.facts, approval.OWN_WORDS: words != ""}
        session.flush()


def reword_group(
    session: Session, event_id: int, group: str, words: str, *, read: str, now: datetime
) -> int:
    """Put words into every letter of the group that has none of its own; how many have, and keep
    them. Those that have no use any more are put aside. `read`: the `hash_of` what the person saw.
    """
    letters = waiting_letters(session, event_id, group, hold=True)
    if hash_of(letters) != read:
        raise Conflict(
            _("Something in these letters has changed since you read it. Read them again first.")
        )
    words = _checked(words)
    own = {one.id for one in letters if one.own_words}
    numbers = [one.id for one in letters]
    outdated = outdated_of(session, numbers, now=now)
    for mail in session.scalars(select(OutboxMail).where(OutboxMail.id.in_(numbers))):
        if mail.id in outdated:
            mail.state = "discarded"
        elif mail.id not in own:
            approval.reword(mail, words, now=now)
    session.flush()
    return len(own - outdated)


def leave_out(
    session: Session, event_id: int, mail_id: int, account: Account, *, now: datetime
) -> OutboxMail:
    """Put one letter aside, so that its recipient gets none."""
    mail = _held(session, event_id, mail_id)
    _put_aside(mail, account, now)
    session.flush()
    return mail


def leave_group_out(
    session: Session, event_id: int, group: str, account: Account, *, now: datetime
) -> int:
    """Put all letters of a group aside; how many those were."""
    numbers = [one.id for one in waiting_letters(session, event_id, group, hold=True)]
    for mail in session.scalars(select(OutboxMail).where(OutboxMail.id.in_(numbers))):
        _put_aside(mail, account, now)
    session.flush()
    return len(numbers)


def put_back(session: Session, event_id: int, mail_id: int, *, now: datetime) -> OutboxMail:
    """Undo `leave_out`. Conflict when the letter has no use any more, or another of its kind
    waits for the same recipient."""
    mail = session.get(OutboxMail, mail_id, with_for_update=True)
    if mail is None or mail.event_id != event_id:
        raise NotFound
    if mail.state != "discarded" or mail.left_at is None:
        raise Conflict(_("This letter waits already, or has left."))
    if is_outdated(session, mail.id, now=now):
        raise Conflict(approval.OUTDATED)
    if _another_waits(session, mail):
        raise Conflict(_("A newer letter waits for the same recipient. Read that one instead."))
    mail.state, mail.left_at, mail.left_by_id = "drafted", None, None
    session.flush()
    return mail


def send_test(
    session: Session,
    settings: Settings,
    event_id: int,
    mail_id: int,
    account: Account,
    *,
    now: datetime,
) -> None:
    """Promise the letter to the organiser alone (see events_service.domain.delivery.trial)."""
    mail = letter_at(session, event_id, mail_id)
    facts = LetterTestFacts(
        letter=mail.letter,
        language=mail.language,
        to=mail.to_name or mail.to_address,
        facts=mail.facts,
        has_calendar="invitation" in mail.facts,
    )
    promise_test(session, settings, account, facts, of=str(mail.id), now=now)


def _checked(words: str) -> str:
    words = words.replace("\r\n", "\n").strip()
    if len(words) > LONGEST_WORDS:
        raise Refusal(_("Shorten your words to %(most)s characters.", most=f"{LONGEST_WORDS:,}"))
    return words


def _put_aside(mail: OutboxMail, account: Account, now: datetime) -> None:
    mail.state, mail.left_at, mail.left_by_id = "discarded", now, account.id


def _another_waits(session: Session, mail: OutboxMail) -> bool:
    asked = select(OutboxMail.id).where(OutboxMail.state == "drafted", is_twin(OutboxMail, mail))
    return session.scalar(asked.limit(1)) is not None
