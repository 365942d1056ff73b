"""Which city a line means: by name and country and, where both say one, state or region. Pure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from events_service.domain.importing.known import KnownCity
from events_service.domain.importing.lines import HEADINGS, CityLine
from events_service.domain.importing.problems import LineProblem
from events_service.letters.names import country
from events_service.translation import gettext as _

A_CENTIMETRE = 1e-7  # in degrees
OF_THE_CITY = ("region", "latitude", "longitude", "timezone", "language", "member_since")


@dataclass
class Target:
    """A city that lines speak of. `known`: None for one that is new. `said`: what the lines say
    of it, with the line that said it first. `people`: lines with a focal point."""

    first: CityLine
    known: KnownCity | None = None
    said: dict[str, tuple[Any, int]] = field(default_factory=dict)
    people: list[CityLine] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.known.name if self.known else self.first.name

    @property
    def region(self) -> str:
        said: str = self.said["region"][0] if "region" in self.said else ""
        return (self.known.region if self.known else "") or said


def targets_of(
    lines: Iterable[CityLine], known: Iterable[KnownCity]
) -> tuple[list[Target], list[LineProblem]]:
    """The cities in the order of the file, and what is wrong with how they are told apart."""
    index: dict[tuple[str, str], list[KnownCity | Target]] = defaultdict(list)
    for city in known:
        index[city.name.casefold(), city.country].append(city)
    found: list[Target] = []
    problems: list[LineProblem] = []
    for line in lines:
        alike = index[line.name.casefold(), line.country]
        fitting = _fitting(line, alike)
        if len(fitting) > 1:
            problems.append(LineProblem(line.number, str(HEADINGS["region"]), _which(line)))
            continue
        target = fitting[0] if fitting else None
        if not isinstance(target, Target):
            made = Target(line, known=target)
            if target is not None:
                alike.remove(target)
            alike.append(made)
            found.append(made)
            target = made
        problems += _say(target, line)
    return found, problems


def _fitting(line: CityLine, alike: list[KnownCity | Target]) -> list[KnownCity | Target]:
    """Those of one name and country that the line can mean; of several, the one written alike."""
    said = line.region.casefold()
    fitting = [one for one in alike if not said or one.region.casefold() in ("", said)]
    exact = [one for one in fitting if (one.region.casefold(), one.name) == (said, line.name)]
    return exact if len(fitting) > 1 and len(exact) == 1 else fitting


def _which(line: CityLine) -> str:
    return _(
        "There are several cities called %(city)s in %(country)s. Say which one is meant",
        city=line.name,
        country=country(line.country),
    )


def same(one: Any, other: Any) -> bool:
    """Whether two values mean the same: of degrees, spreadsheets keep fewer figures than we do."""
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) < A_CENTIMETRE
    return bool(one == other)


def _say(target: Target, line: CityLine) -> Iterable[LineProblem]:
    """Put down what a line says of its city; two lines may not differ."""
    for key in OF_THE_CITY:
        value = getattr(line, key)
        if value in ("", None):
            continue
        before, where = target.said.setdefault(key, (value, line.number))
        if not same(before, value):
            message = _(
                "Line %(line)s says something else of %(city)s", line=where, city=target.name
            )
            yield LineProblem(line.number, str(HEADINGS[key]), message)
    if line.person or line.role or line.address:
        target.people.append(line)
