"""Drafted letters of one event, in the groups in which a person reads and releases them."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from events_service.domain.delivery.approval import OWN_WORDS
from events_service.model import OutboxMail
from events_service.model.outbox_groups import at_their_event, group_of


@dataclass(frozen=True)
class Waiting:
    """A letter that waits, without its text. `digest`: SHA-256 of its bytes in hexadecimal, empty
    while it is not written; `problem`: why it could not be."""

    id: int
    letter: str
    group: str
    city: str  # name, may be empty
    to_name: str
    to_address: str
    cc_address: str | None
    subject: str  # empty while it is not written
    digest: str
    problem: str | None
    own_words: bool  # written for it alone
    in_place_of: str  # name of whom its recipient replaces, may be empty


@dataclass(frozen=True)
class Group:
    """Letters that are read and released together. `read`: the hash of what they are now."""

    key: str
    letters: tuple[Waiting, ...]

    @property
    def kinds(self) -> set[str]:
        return {one.letter for one in self.letters}

    @property
    def city(self) -> str:
        return self.letters[0].city

    @property
    def replaced(self) -> list[tuple[str, str]]:
        """Who comes in whose place."""
        pairs = [(one.to_name, one.in_place_of) for one in self.letters if one.in_place_of]
        return list(dict.fromkeys(pairs))

    @property
    def read(self) -> str:
        return hash_of(self.letters)

    @property
    def being_written(self) -> bool:
        return any(not one.digest and not one.problem for one in self.letters)

    @property
    def worded(self) -> int:
        """How many have words of their own."""
        return sum(1 for one in self.letters if one.own_words)

    @property
    def problems(self) -> int:
        """How many could not be written."""
        return sum(1 for one in self.letters if not one.digest and one.problem)


def is_twin(other: type[OutboxMail], mail: OutboxMail | type[OutboxMail]) -> ColumnElement[bool]:
    """Whether the other tells the same recipient of the same thing: one of them is enough."""
    return and_(
        other.letter == mail.letter,
        other.event_id == mail.event_id,
        other.city_id.is_not_distinct_from(mail.city_id),
        other.member_id.is_not_distinct_from(mail.member_id),
        other.invitation_id.is_not_distinct_from(mail.invitation_id),
    )


def waits_at(event_id: int) -> ColumnElement[bool]:
    return and_(OutboxMail.event_id == event_id, OutboxMail.state == "drafted", at_their_event())


def waiting_letters(
    session: Session, event_id: int, group: str | None = None, *, hold: bool = False
) -> list[Waiting]:
    """Those of one group, or all, in the order in which they were drafted. `hold`: until the
    transaction ends, so that nothing about them changes meanwhile."""
    session.flush()
    digest = func.coalesce(func.encode(func.sha256(OutboxMail.rendered), "hex"), "")
    asked = (
        select(
            OutboxMail.id,
            OutboxMail.letter,
            OutboxMail.dedupe_key,
            OutboxMail.city_id,
            func.coalesce(OutboxMail.facts["city"].astext, "").label("city"),
            OutboxMail.to_name,
            OutboxMail.to_address,
            OutboxMail.cc_address,
            func.coalesce(OutboxMail.subject, "").label("subject"),
            digest.label("digest"),
            OutboxMail.last_answer.label("problem"),
            func.coalesce(OutboxMail.facts[OWN_WORDS].as_boolean(), False).label("own_words"),
            func.coalesce(OutboxMail.facts["in_place_of"].astext, "").label("in_place_of"),
        )
        .where(waits_at(event_id))
        .order_by(OutboxMail.id)
    )
    rows = session.execute(asked.with_for_update() if hold else asked).mappings()
    found = []
    for row in rows:
        values = dict(row)
        its = group_of(row["letter"], values.pop("dedupe_key"), values.pop("city_id"))
        if group in (None, its):
            found.append(Waiting(**values, group=its))
    return found


def groups_in(letters: Iterable[Waiting]) -> list[Group]:
    """In the order in which they were begun."""
    found: dict[str, list[Waiting]] = {}
    for one in letters:
        found.setdefault(one.group, []).append(one)
    return [Group(key, tuple(several)) for key, several in found.items()]


def hash_of(letters: Iterable[Waiting]) -> str:
    """SHA-256 over all letters and whom they reach, in any order: the same as long as each person
    would read the same."""
    each = sorted((one.id, one.to_address, one.cc_address or "", one.digest) for one in letters)
    return hashlib.sha256(json.dumps(each).encode()).hexdigest()
