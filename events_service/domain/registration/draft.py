"""What a city types about its people: kept as typed, checked on demand, compared with what stands.

Pure: plain values in, a decision out.
"""

import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from events_service.domain.addresses import NotAnAddress, normalise

LONGEST = 200  # characters of a name or role
MOST_PEOPLE = 20  # rows of the form, whatever the city's places


@dataclass(frozen=True)
class PersonDraft:
    """One person as typed. `member_id` names the member it stands for, if there is one.
    `session_ids`: numbers of the sessions they come to; None: all of their days."""

    name: str = ""
    role: str = ""
    address: str = ""
    assistant_address: str = ""
    days: tuple[date, ...] = ()
    member_id: int | None = None
    session_ids: tuple[int, ...] | None = None


@dataclass(frozen=True)
class DelegationDraft:
    contact_address: str = ""
    people: tuple[PersonDraft, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "contact_address": self.contact_address,
            "people": [
                {
                    "name": one.name,
                    "role": one.role,
                    "address": one.address,
                    "assistant_address": one.assistant_address,
                    "days": [day.isoformat() for day in one.days],
                    "member_id": one.member_id,
                    "session_ids": one.session_ids,
                }
                for one in self.people
            ],
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "DelegationDraft":
        return cls(
            kept["contact_address"],
            tuple(
                PersonDraft(
                    one["name"],
                    one["role"],
                    one["address"],
                    one["assistant_address"],
                    tuple(date.fromisoformat(day) for day in one["days"]),
                    one["member_id"],
                    _numbers(one.get("session_ids")),
                )
                for one in kept["people"]
            ),
        )


def _numbers(kept: Sequence[int] | None) -> tuple[int, ...] | None:
    return tuple(kept) if kept is not None else None


@dataclass(frozen=True)
class Problem:
    """What has to be mended, where: person 0 leads; `person` None is the delegation itself."""

    person: int | None
    field: str
    message: str


class KnownMember(Protocol):
    @property
    def id(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def address(self) -> str: ...


@dataclass(frozen=True)
class DraftChanges:
    """How a draft differs from the members that stand. Positions are those in the draft."""

    added: list[int] = field(default_factory=list)
    kept: dict[int, int] = field(default_factory=dict)  # position: member id
    removed: list[int] = field(default_factory=list)  # member ids


def check(
    draft: DelegationDraft,
    *,
    event_days: Collection[date],
    seats: int,
    sessions: Collection[int] = (),
) -> list[Problem]:
    """Everything that keeps a draft from being confirmed, in the order of the form. `sessions`:
    numbers of those on the agenda."""
    found = list(_address_problem(None, "contact_address", draft.contact_address, needed=True))
    if not draft.people:
        message = "Name at least one person. A delegation of nobody can’t be registered"
        return [*found, Problem(None, "people", message)]
    if len(draft.people) > seats:
        places = "1 place" if seats == 1 else f"{seats} places"
        message = f"Your city has {places} and {len(draft.people)} people are named: remove some"
        found.append(Problem(None, "people", message))
    for position, person in enumerate(draft.people):
        found += _person_problems(position, person, event_days, sessions)
    return found + list(_twice(draft.people))


def shared_addresses(draft: DelegationDraft) -> list[str]:
    """Addresses at which more than one person will get their letters."""
    all_of_them = [one.address.casefold() for one in draft.people if one.address]
    return sorted({one for one in all_of_them if all_of_them.count(one) > 1})


def normalised(draft: DelegationDraft) -> DelegationDraft:
    """A checked draft in one form: trimmed, addresses as we write to them, days in order."""
    return DelegationDraft(
        normalise(draft.contact_address),
        tuple(
            PersonDraft(
                " ".join(one.name.split()),
                " ".join(one.role.split()),
                normalise(one.address),
                normalise(one.assistant_address) if one.assistant_address.strip() else "",
                tuple(sorted(set(one.days))),
                one.member_id,
                tuple(sorted(set(one.session_ids))) if one.session_ids is not None else None,
            )
            for one in draft.people
        ),
    )


def differences(draft: DelegationDraft, members: Sequence[KnownMember]) -> DraftChanges:
    """Who stays, who goes, who is new. Another address is another calendar, so a person whose
    address changed goes and comes; a name or role may be mended in place."""
    changes = DraftChanges()
    standing = {member.id: member for member in members}
    for position, person in enumerate(draft.people):
        member = standing.get(person.member_id) if person.member_id is not None else None
        if member is not None and member.address.casefold() == person.address.casefold():
            changes.kept[position] = member.id
            del standing[member.id]
        else:
            changes.added.append(position)
    changes.removed.extend(standing)
    return changes


def _person_problems(
    position: int, person: PersonDraft, event_days: Collection[date], sessions: Collection[int]
) -> Iterable[Problem]:
    if not person.name.strip():
        yield Problem(position, "name", "Enter the person’s name, or how they are announced")
    yield from _text_problem(position, "name", person.name)
    yield from _text_problem(position, "role", person.role)
    yield from _address_problem(position, "address", person.address, needed=True)
    yield from _address_problem(
        position, "assistant_address", person.assistant_address, needed=False
    )
    if person.session_ids is not None:
        yield from _session_problem(position, person.session_ids, sessions)
    elif not person.days:
        yield Problem(position, "days", "Choose at least one day")
    elif not set(person.days) <= set(event_days):
        yield Problem(position, "days", "Choose days of the workshop: its dates have changed")


def _session_problem(
    position: int, chosen: Collection[int], sessions: Collection[int]
) -> Iterable[Problem]:
    if not chosen:
        yield Problem(position, "sessions", "Choose at least one session")
    elif not set(chosen) <= set(sessions):
        message = "Choose the sessions again: one of them is no longer on the agenda"
        yield Problem(position, "sessions", message)


def _text_problem(position: int, name: str, text: str) -> Iterable[Problem]:
    if len(text) > LONGEST:
        message = f"Shorten the {name} to {LONGEST} characters; it has {len(text):,}"
        yield Problem(position, name, message)
    elif any(unicodedata.category(letter) == "Cc" for letter in text.strip()):
        yield Problem(position, name, f"Write the {name} on one line, without line breaks or tabs")


def _address_problem(
    position: int | None, name: str, text: str, *, needed: bool
) -> Iterable[Problem]:
    if not text.strip():
        if needed:
            yield Problem(position, name, "Enter an e-mail address")
        return
    try:
        normalise(text)
    except NotAnAddress as problem:
        yield Problem(position, name, str(problem))


def _twice(people: Sequence[PersonDraft]) -> Iterable[Problem]:
    seen: set[tuple[str, str]] = set()
    for position, person in enumerate(people):
        key = (" ".join(person.name.split()).casefold(), person.address.strip().casefold())
        if all(key) and key in seen:
            message = f"{person.name.strip()} is named twice at this address: remove one of the two"
            yield Problem(position, "address", message)
        seen.add(key)
