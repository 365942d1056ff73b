"""Seats that are kept for some: for cities of the host's region, for cities new to the network, for
practitioners. Pure.

A delegation fits whole or not at all. Each of its people takes a kept seat of a kind they belong
to while there is one, and an open seat otherwise. A practitioner takes one of the practitioners'
first, so that those kept for the city are left to whoever can have no other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from events_service.model.registration import QuotaKind

PRACTITIONERS: QuotaKind = "practitioners"
KINDS_OF_CITIES: tuple[QuotaKind, ...] = ("host_region", "new_cities")
KINDS: tuple[QuotaKind, ...] = (*KINDS_OF_CITIES, PRACTITIONERS)


@dataclass(frozen=True)
class Used:
    """Seats that others hold: `taken` in all, and `kept` of these by kind."""

    taken: int
    kept: Mapping[QuotaKind, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Allotment:
    """The seats of a delegation: `kept` by kind, none of them 0, and `open` ones."""

    kept: Mapping[QuotaKind, int]
    open: int

    @property
    def seats(self) -> int:
        return self.open + sum(self.kept.values())


def allot(
    people: Sequence[bool],
    counts_as: QuotaKind | None,
    quotas: Mapping[QuotaKind, int],
    used: Used,
    capacity: int,
) -> Allotment | None:
    """Seats for all of these people (for each: whether they are a practitioner), or None.

    `counts_as`: the kind of their city, if any; `quotas`: seats kept by kind.
    """
    if used.taken + len(people) > capacity:
        return None
    spare = unused_seats(quotas, used)
    practitioners = min(sum(people), spare.get(PRACTITIONERS, 0))
    kept = {PRACTITIONERS: practitioners}
    rest = len(people) - practitioners
    if counts_as is not None and counts_as != PRACTITIONERS:
        kept[counts_as] = min(rest, spare.get(counts_as, 0))
        rest -= kept[counts_as]
    if rest > open_seats(quotas, used, capacity):
        return None
    return Allotment({kind: number for kind, number in kept.items() if number}, rest)


def open_seats(quotas: Mapping[QuotaKind, int], used: Used, capacity: int) -> int:
    """Free seats that are kept for nobody; never below 0."""
    return max(capacity - used.taken - sum(unused_seats(quotas, used).values()), 0)


def most_that_fit(
    people: Sequence[bool],
    counts_as: QuotaKind | None,
    quotas: Mapping[QuotaKind, int],
    used: Used,
    capacity: int,
) -> int:
    """How many of these people there are seats for, whoever of them comes: those who have fewest
    seats to choose from are counted first."""
    hardest_first = sorted(people)
    for number in range(len(people), 0, -1):
        if allot(hardest_first[:number], counts_as, quotas, used, capacity):
            return number
    return 0


def unused_seats(quotas: Mapping[QuotaKind, int], used: Used) -> dict[QuotaKind, int]:
    """Kept and not taken by kind, whether or not so many seats are free."""
    return {kind: max(seats - used.kept.get(kind, 0), 0) for kind, seats in quotas.items()}
