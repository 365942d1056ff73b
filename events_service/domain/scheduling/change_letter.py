"""A letter of a change that waits in the outbox: for whom it is, and what it will say."""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from events_service.letters import LETTERS, Letter
from events_service.letters.sender import Sender
from events_service.model import OutboxMail
from events_service.tokens import hide_placeholders
from events_service.translation import speaking

# What a letter holds that is other at each try, and that nobody reads: identities of entries and
# links, when it was written.
FLEETING = frozenset({"uid", "dtstamp", "link", "number"})


@dataclass(frozen=True)
class ChangeLetter:
    """`key` stays the same for the same letter to the same person, however often the change is
    tried. It is rendered when it is read: a list of a thousand costs no rendering."""

    key: str
    letter: str
    to_name: str
    to_address: str
    cc_address: str | None
    city: str
    language: str
    facts: Mapping[str, Any]
    sender: Sender

    @cached_property
    def written(self) -> Letter:
        with speaking(self.language):
            return LETTERS[self.letter](self.facts, self.sender)

    @property
    def subject(self) -> str:
        return self.written.subject

    @property
    def text(self) -> str:
        """Without what its links open."""
        return hide_placeholders(self.written.text)

    @property
    def html(self) -> str:
        """Without what its links open."""
        return hide_placeholders(self.written.html)

    @property
    def method(self) -> str | None:
        return self.written.calendar.method if self.written.calendar else None

    @property
    def words(self) -> str:
        """The organiser's own in it; may be empty."""
        return str(self.facts.get("words", ""))

    @cached_property
    def digest(self) -> str:
        """Of everything that reaches the recipient. A letter is made from its facts alone, so
        these stand for its subject, its text and its calendar part."""
        envelope = [self.letter, self.to_name, self.to_address, self.cc_address, self.language]
        return _sha256([*envelope, _lasting(self.facts)])


def letters_from(mails: Iterable[OutboxMail], sender: Sender) -> list[ChangeLetter]:
    return [
        ChangeLetter(
            key=key,
            letter=mail.letter,
            to_name=mail.to_name,
            to_address=mail.to_address,
            cc_address=mail.cc_address,
            city=str(mail.facts.get("city", "")),
            language=mail.language,
            facts=dict(mail.facts),
            sender=sender,
        )
        for key, mail in keyed(mails)
    ]


def keyed(mails: Iterable[OutboxMail]) -> Iterator[tuple[str, OutboxMail]]:
    """Each mail with its key: kind of letter, person or city, and which one of several."""
    seen: Counter[str] = Counter()
    for mail in mails:
        whom = f"m{mail.member_id}" if mail.member_id else f"c{mail.city_id}"
        about = f"{mail.letter}-{whom}"
        seen[about] += 1
        yield f"{about}-{seen[about]}", mail


def hash_of(letters: Iterable[ChangeLetter]) -> str:
    """SHA-256 over all letters and whom they reach, in any order: the same as long as each person
    reads the same."""
    return _sha256(sorted(one.digest for one in letters))


def by_city(letters: Iterable[ChangeLetter]) -> dict[str, str]:
    """The hash of each city's letters, to say later which are other ones."""
    found: dict[str, list[ChangeLetter]] = defaultdict(list)
    for one in letters:
        found[one.city].append(one)
    return {city: hash_of(several)[:16] for city, several in found.items()}


def _lasting(value: Any, key: str = "") -> Any:
    if isinstance(value, Mapping):
        return {name: _lasting(each, name) for name, each in value.items() if name not in FLEETING}
    if isinstance(value, list):
        return [_lasting(each) for each in value]
    if key == "partstat":  # whether they are asked; not what they answered meanwhile
        return value == "NEEDS-ACTION"
    if key == "session":  # a new one has another number at each try; title and hours are here too
        return value is not None
    return value


def _sha256(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()
