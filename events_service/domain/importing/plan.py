"""What importing a list would do, and whether it may: decided from its lines and from what is
known. Pure.

Only what differs is checked, so that a list of what is known, whatever its texts, changes nothing.
"""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from events_service.domain.importing.checks import problems_of
from events_service.domain.importing.known import KnownCity
from events_service.domain.importing.lines import CityLine, CityLines
from events_service.domain.importing.matching import targets_of
from events_service.domain.importing.problems import LineProblem, ListRefused
from events_service.domain.importing.steps import Step, What, city_step, people_steps


@dataclass(frozen=True)
class Plan:
    """`steps` in the order of the file. `alone`: how many cities (`city`) and focal points
    (`person`) the list names that stay as they are."""

    steps: tuple[Step, ...]
    alone: Counter[What]

    @property
    def digest(self) -> str:
        """SHA-256 of all that would be done, and of what it would be done to."""
        return hashlib.sha256(repr(self.steps).encode()).hexdigest()

    @property
    def counts(self) -> dict[str, int]:
        """city_added, city_changed, person_added, person_changed; those that are none left out."""
        return dict(Counter(one.kind for one in self.steps))


def plan_of(lines: Sequence[CityLine], known: Sequence[KnownCity], *, today: date) -> Plan:
    """ListRefused names everything that keeps the list from being imported."""
    steps, problems = _steps(lines, known, today)
    if problems:
        raise ListRefused(problems)
    alone = Counter(step.what for step in steps if not step.does_something)
    return Plan(tuple(step for step in steps if step.does_something), alone)


def check_list(found: CityLines, known: Sequence[KnownCity], *, today: date) -> None:
    """ListRefused names all at once: cells that can't be read, and whatever else is wrong that
    does not come from these."""
    cities = {one.number: one.name.casefold() for one in found.lines}
    unclear = {one.name.casefold() for one in found.lines if not one.country}
    lines = [one for one in found.lines if one.name and one.name.casefold() not in unclear]
    unread = {(cities.get(one.line), one.column) for one in found.unreadable}
    others = [
        one
        for one in _steps(lines, known, today)[1]
        if (cities.get(one.line), one.column) not in unread
    ]
    if problems := [*found.unreadable, *others]:
        raise ListRefused(problems)


def _steps(
    lines: Sequence[CityLine], known: Sequence[KnownCity], today: date
) -> tuple[list[Step], list[LineProblem]]:
    """What would be done with each city and focal point, and what keeps it from that."""
    targets, problems = targets_of(lines, known)
    steps: list[Step] = []
    for position, target in enumerate(targets):
        found = [city_step(target, position), *people_steps(target, position, problems)]
        problems += [wrong for step in found for wrong in problems_of(step, target, today)]
        steps += found
    return steps, problems
