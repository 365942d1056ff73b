"""The wordings that people agree to are written anew. What was read before stays as it was read."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Date, Select, cast, func, literal, select, update
from sqlalchemy.orm import Session

from events_service.domain.particulars.consents import FIRST_WORDINGS, current_texts
from events_service.domain.refusals import Conflict, Refusal
from events_service.itip.cleaning import lines
from events_service.model import (
    Account,
    Consent,
    ConsentText,
    Delegation,
    Event,
    Member,
    Particulars,
)
from events_service.model.particulars import ConsentKind
from events_service.translation import LANGUAGES, SOURCE
from events_service.translation import gettext as _

LONGEST = 2000  # characters of a wording
_LOCK = 0x434F4E53  # the class of this service's advisory locks that stand for wordings


class NotAWording(Refusal):
    """People can't agree to this; `problems` by language."""

    def __init__(self, found: dict[str, str]) -> None:
        super().__init__("; ".join(found.values()))
        self.problems = found


def versions_in_force(session: Session) -> dict[ConsentKind, int]:
    """The newest version of each kind; 1 where nobody has written another."""
    newest = select(ConsentText.kind, func.max(ConsentText.version)).group_by(ConsentText.kind)
    kept = {row[0]: row[1] for row in session.execute(newest)}
    return {kind: kept.get(kind, 1) for kind in FIRST_WORDINGS}


def texts_in_force(session: Session, kind: ConsentKind) -> dict[str, str]:
    """What people read now, by language; languages that fall back to English are left out."""
    found = {}
    for language in LANGUAGES:
        text = next(one for one in current_texts(session, language) if one.kind == kind)
        if text.language == language:
            found[language] = text.wording
    return found


def cleaned(texts: Mapping[str, str]) -> dict[str, str]:
    """As they are kept: trimmed, without the languages that were left empty."""
    tidy = {language: lines(texts.get(language, "")).strip() for language in LANGUAGES}
    return {language: text for language, text in tidy.items() if text}


def problems(texts: Mapping[str, str], now_in_force: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with cleaned texts, by language; empty when they can become a version."""
    found = {
        language: _("Shorten this to %(num)s characters", num=f"{LONGEST:,}")
        for language, text in texts.items()
        if len(text) > LONGEST
    }
    if SOURCE not in texts:
        found[SOURCE] = _("Write the text in English: it stands where a language has none")
    elif dict(texts) == dict(now_in_force):
        found[SOURCE] = _("Nothing is changed yet. Write what people are to read from now on")
    return found


def left_behind(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """Languages whose text is the same still, while the English one is another."""
    if before[SOURCE] == after.get(SOURCE):
        return []
    return [one for one in after if one != SOURCE and after[one] == before.get(one)]


def write_wording(
    session: Session,
    kind: ConsentKind,
    texts: Mapping[str, str],
    *,
    after: int,
    asks_again: bool,
    by: Account,
    now: datetime,
) -> int:
    """Put a new version in force for whoever answers from now on. How many people are asked again:
    with `asks_again`, all who agreed to an earlier one for an event that is not over. `after`: the
    version it replaces, Conflict when another one is in force. NotAWording."""
    session.execute(select(func.pg_advisory_xact_lock(_LOCK)))
    if versions_in_force(session)[kind] != after:
        raise Conflict(
            _("Somebody else wrote a new version meanwhile. Read it, then write yours again.")
        )
    tidy = cleaned(texts)
    if found := problems(tidy, texts_in_force(session, kind)):
        raise NotAWording(found)
    session.add_all(
        ConsentText(
            kind=kind,
            version=after + 1,
            language=language,
            wording=text,
            made_at=now,
            made_by_id=by.id,
        )
        for language, text in tidy.items()
    )
    session.flush()
    return _open_again(session, kind, now) if asks_again else 0


def _open_again(session: Session, kind: ConsentKind, now: datetime) -> int:
    """Forms that were completed wait for their person once more: the new wording is open there."""
    again = (
        update(Particulars)
        .where(
            Particulars.id.in_(agreed_to_earlier(kind, now)),
            Particulars.completed_by == "person",
        )
        .values(completed_at=None, completed_by=None)
        .returning(Particulars.id)
    )
    return len(session.scalars(again).all())


def agreed_to_earlier(kind: ConsentKind, now: datetime) -> Select[int]:
    """Numbers of forms, for events that are not over, whose last word on this kind is a yes to
    another version than the one in force."""
    last = (
        select(func.max(Consent.id))
        .join(ConsentText, ConsentText.id == Consent.consent_text_id)
        .where(ConsentText.kind == kind)
        .group_by(Consent.particulars_id)
    )
    newest = select(func.max(ConsentText.version)).where(ConsentText.kind == kind)
    today = cast(func.timezone(Event.timezone, literal(now)), Date)
    return (
        select(Consent.particulars_id)
        .join(ConsentText, ConsentText.id == Consent.consent_text_id)
        .join(Particulars, Particulars.id == Consent.particulars_id)
        .join(Delegation, Delegation.id == Particulars.delegation_id)
        .join(Event, Event.id == Delegation.event_id)
        .outerjoin(Member, Member.id == Particulars.member_id)
        .where(
            Consent.id.in_(last),
            Consent.given,
            ConsentText.version < newest.scalar_subquery(),
            Event.ends_on >= today,
            Event.cancelled_at.is_(None),
            Member.removed_at.is_(None),
        )
    )
