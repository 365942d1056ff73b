"""Which invitation carries on with its UID when a person's calendar changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from events_service.itip.days import Run

Key = TypeVar("Key")


@dataclass(frozen=True)
class Match(Generic[Key]):
    """`kept`: what each invitation stands for now, also where nothing changes for it."""

    kept: list[tuple[Key, Run]]
    added: list[Run]
    dropped: list[Key]


def match_runs(existing: Mapping[Key, Run], wanted: Sequence[Run]) -> Match[Key]:
    """Decide which of the `existing` invitations carries which wanted run; their hours say nothing.

    One about a session stays with that session or goes. Of those about days, the ones that share
    most days stay together; of the rest, the first goes with the first (an event moved by a week
    keeps its UIDs, so calendars move the entry instead of making a second one).
    """
    keys = list(existing)
    taken = _same_session(list(existing.values()), wanted)  # position of the key: of the run
    _most_days(list(existing.values()), wanted, taken)
    _first_with_first(list(existing.values()), wanted, taken)
    return Match(
        kept=[(keys[n], wanted[taken[n]]) for n in sorted(taken, key=taken.__getitem__)],
        added=[run for n, run in enumerate(wanted) if n not in taken.values()],
        dropped=[key for n, key in enumerate(keys) if n not in taken],
    )


def _same_session(existing: Sequence[Run], wanted: Sequence[Run]) -> dict[int, int]:
    places = {run.session: n for n, run in enumerate(wanted) if run.session is not None}
    taken: dict[int, int] = {}
    for n, run in enumerate(existing):
        if run.session in places:
            taken[n] = places.pop(run.session)
    return taken


def _most_days(existing: Sequence[Run], wanted: Sequence[Run], taken: dict[int, int]) -> None:
    pairs = sorted(
        (-len(set(old.days) & set(run.days)), min(run.days), position, n)
        for position, run in enumerate(wanted)
        for n, old in enumerate(existing)
        if old.session is None and run.session is None
    )
    for shared, _, position, n in pairs:
        if shared and n not in taken and position not in taken.values():
            taken[n] = position


def _first_with_first(
    existing: Sequence[Run], wanted: Sequence[Run], taken: dict[int, int]
) -> None:
    left = [n for n, old in enumerate(existing) if n not in taken and old.session is None]
    places = [n for n, run in enumerate(wanted) if n not in taken.values() and run.session is None]
    left.sort(key=lambda n: sorted(existing[n].days))
    taken.update(zip(left, places, strict=False))
