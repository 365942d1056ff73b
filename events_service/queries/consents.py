"""The wordings that people were asked to agree to, version by version, and what they said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from events_service.alphabet import alphabetical
from events_service.model import (
    Account,
    City,
    Consent,
    ConsentText,
    Delegation,
    Event,
    Member,
    Particulars,
)
from events_service.model.particulars import ConsentKind


@dataclass(frozen=True)
class Version:
    """`made_by` empty: the first one, which came with the service. `yes`, `no`: people whose last
    word on this kind is about this version."""

    number: int
    since: datetime
    made_by: str
    texts: Mapping[str, str]  # by language
    yes: int
    no: int


@dataclass(frozen=True)
class Agreed:
    """Somebody who said yes to an earlier version. `is_asked`: the newer one is open on their
    page. `member_id` None: their city has not confirmed them."""

    name: str
    member_id: int | None
    city: str
    event: Event
    version: int
    said_at: datetime
    is_asked: bool


def versions_of(session: Session, kind: ConsentKind) -> list[Version]:
    """Those that somebody read or wrote, newest first."""
    rows = session.execute(
        select(ConsentText, Account.name)
        .outerjoin(Account, Account.id == ConsentText.made_by_id)
        .where(ConsentText.kind == kind)
        .order_by(ConsentText.made_at, ConsentText.id)
    ).all()
    said = _said(session, kind)
    return [
        _version(number, [row for row in rows if row[0].version == number], said)
        for number in sorted({text.version for text, _ in rows}, reverse=True)
    ]


def who_agreed_to_earlier(session: Session, kind: ConsentKind, forms: Select[int]) -> list[Agreed]:
    """Of these forms, those whose last word is a yes, event by event and by name. `forms`:
    numbers of forms, as the domain finds them."""
    rows = session.execute(
        select(Consent, Particulars, Member.name, City.name, Event)
        .join(Particulars, Particulars.id == Consent.particulars_id)
        .join(Delegation, Delegation.id == Particulars.delegation_id)
        .join(City, City.id == Delegation.city_id)
        .join(Event, Event.id == Delegation.event_id)
        .outerjoin(Member, Member.id == Particulars.member_id)
        .where(Consent.id.in_(_last(kind)), Particulars.id.in_(forms))
    ).all()
    found = [
        Agreed(
            name or "",
            form.member_id,
            city,
            event,
            consent.text.version,
            consent.said_at,
            form.completed_by != "person",
        )
        for consent, form, name, city, event in rows
    ]
    return sorted(found, key=lambda one: (one.event.starts_on, alphabetical(one.name or one.city)))


def _version(
    number: int,
    rows: Sequence[tuple[ConsentText, str | None]],
    said: Mapping[tuple[int, bool], int],
) -> Version:
    first, name = rows[0]
    return Version(
        number,
        first.made_at,
        name or "",
        {text.language: text.wording for text, _ in rows},
        said.get((number, True), 0),
        said.get((number, False), 0),
    )


def _said(session: Session, kind: ConsentKind) -> dict[tuple[int, bool], int]:
    counted = session.execute(
        select(ConsentText.version, Consent.given, func.count())
        .join(ConsentText, ConsentText.id == Consent.consent_text_id)
        .where(Consent.id.in_(_last(kind)))
        .group_by(ConsentText.version, Consent.given)
    )
    return {(version, given): many for version, given, many in counted}


def _last(kind: ConsentKind) -> Select[int]:
    """What each person said last about this."""
    return (
        select(func.max(Consent.id))
        .join(ConsentText, ConsentText.id == Consent.consent_text_id)
        .where(ConsentText.kind == kind)
        .group_by(Consent.particulars_id)
    )
