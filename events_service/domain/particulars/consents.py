"""What people agree to: the wording they read, and each time they said yes or no to it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from events_service.domain.refusals import Conflict
from events_service.model import Consent, ConsentText, Particulars
from events_service.model.particulars import ConsentKind, SaidBy
from events_service.translation import SOURCE, speaking
from events_service.translation import lazy_gettext as _

FIRST_WORDINGS: Mapping[ConsentKind, str] = {
    "data": _(
        "The network and the hosts of this workshop may keep and use what I have told them here, "
        "for the purposes that stand beside each question and for as long as it says there."
    ),
    "sensitive_data": _(
        "They may also keep what I have told them about my health, my diet and my access needs, "
        "only to make this workshop safe and open to me."
    ),
    "photographs": _(
        "Photographs and films of this workshop in which I can be recognised may be shown on the "
        "network’s pages and in its report."
    ),
}
CHANGED = _("The wording was changed while you read it. Please read it again, then answer.")


def current_texts(session: Session, language: str) -> list[ConsentText]:
    """The newest wording of each kind, data first. A wording that nobody was asked about yet is
    not kept; it is when somebody answers it. In English where there is none in the language."""
    kept = session.scalars(
        select(ConsentText)
        .where(ConsentText.language.in_((language, SOURCE)))
        .order_by(ConsentText.version)
    ).all()
    newest: dict[tuple[str, str], ConsentText] = {(one.kind, one.language): one for one in kept}
    return [_newest(newest, kind, language) for kind in FIRST_WORDINGS]


def record(
    session: Session,
    particulars: Particulars,
    text: ConsentText,
    given: bool,
    *,
    said_by: SaidBy,
    now: datetime,
) -> None:
    """Add what was said to this wording, unless the person said the same to it last time."""
    last = standing(particulars.consents).get(text.kind)
    kept = _kept(session, text, now)
    if last is not None and (last.consent_text_id, last.given) == (kept.id, given):
        return
    particulars.consents.append(Consent(text=kept, given=given, said_at=now, said_by=said_by))
    session.flush()


def take_back_all(
    session: Session, particulars: Particulars, *, said_by: SaidBy, now: datetime
) -> None:
    """No to everything that was agreed to."""
    for one in list(standing(particulars.consents).values()):
        if one.given:
            record(session, particulars, one.text, False, said_by=said_by, now=now)


def standing(consents: Sequence[Consent]) -> dict[ConsentKind, Consent]:
    """What was said last, by kind. `consents`: in the order in which they were said."""
    return {one.text.kind: one for one in consents}


def refuse_if_changed(texts: Sequence[ConsentText], read: Mapping[str, str]) -> None:
    """Conflict unless the wordings that were read (language and version by kind) stand still."""
    if any(read.get(one.kind) != seen_as(one) for one in texts):
        raise Conflict(str(CHANGED))


def seen_as(text: ConsentText) -> str:
    """How a form says which wording it shows: en-1"""
    return f"{text.language}-{text.version}"


def _newest(
    newest: Mapping[tuple[str, str], ConsentText], kind: ConsentKind, language: str
) -> ConsentText:
    """A translation counts only while it is as new as the English wording."""
    english, own = newest.get((kind, SOURCE)), newest.get((kind, language))
    version = english.version if english else 1
    if own is not None and own.version >= version:
        return own
    if version > 1 and english is not None:
        return english
    return _first(kind, language, english)


def _first(kind: ConsentKind, language: str, english: ConsentText | None) -> ConsentText:
    with speaking(SOURCE):
        source = str(FIRST_WORDINGS[kind])
    with speaking(language):
        wording = str(FIRST_WORDINGS[kind])
    if wording == source:
        return english or ConsentText(kind=kind, version=1, language=SOURCE, wording=source)
    return ConsentText(kind=kind, version=1, language=language, wording=wording)


def _kept(session: Session, text: ConsentText, now: datetime) -> ConsentText:
    key = {"kind": text.kind, "version": text.version, "language": text.language}
    if text.id is None:
        row = insert(ConsentText).values(**key, wording=text.wording, made_at=now)
        session.execute(row.on_conflict_do_nothing())
    return session.scalars(select(ConsentText).filter_by(**key)).one()
