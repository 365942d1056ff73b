"""What a city types about its people: kept as typed, compared with what stands.

Pure: plain values in, a decision out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from events_service.domain.addresses import normalise

MOST_PEOPLE = 20  # rows of the form, whatever the city's places


@dataclass(frozen=True)
class PersonDraft:
    """One person as typed. `member_id` names the member it stands for, if there is one.
    `session_ids`: numbers of the sessions they come to; None: all of their days.
    `particulars_id` names the details they gave themselves; `is_elected` None: not said."""

    name: str = ""
    role: str = ""
    address: str = ""
    assistant_address: str = ""
    days: tuple[date, ...] = ()
    member_id: int | None = None
    session_ids: tuple[int, ...] | None = None
    particulars_id: int | None = None
    is_elected: bool | None = None


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
                    "particulars_id": one.particulars_id,
                    "is_elected": one.is_elected,
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
                    one.get("particulars_id"),
                    one.get("is_elected"),
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
                one.particulars_id,
                one.is_elected,
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
