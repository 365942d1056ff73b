"""What a list would do to one city, and to each of its focal points. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from events_service.domain.addresses import NotAnAddress, normalise
from events_service.domain.importing.known import KnownPerson
from events_service.domain.importing.lines import HEADINGS, CityLine
from events_service.domain.importing.matching import Target, same
from events_service.domain.importing.problems import LineProblem
from events_service.translation import gettext as _

What = Literal["city", "person"]


@dataclass(frozen=True)
class Difference:
    """`key`: of HEADINGS. `old`: what is there now, None for nothing. `line` says `new`."""

    key: str
    old: Any
    new: Any
    line: int


@dataclass(frozen=True)
class Step:
    """A city or a focal point, and what would differ. `number`: of its row, None for one that is
    added. `position`: of its city in the list; `city_number`: of that city's row, if it has one."""

    what: What
    number: int | None
    position: int
    city_number: int | None
    city: str
    person: str
    line: int
    differences: tuple[Difference, ...]

    @property
    def kind(self) -> str:
        return f"{self.what}_{'added' if self.number is None else 'changed'}"

    @property
    def does_something(self) -> bool:
        return self.number is None or bool(self.differences)

    @property
    def values(self) -> dict[str, Any]:
        return {one.key: one.new for one in self.differences}


def city_step(target: Target, position: int) -> Step:
    known, first = target.known, target.first
    said = [(key, value, line) for key, (value, line) in target.said.items()]
    if known is None:
        names = [("name", first.name, first.number), ("country", first.country, first.number)]
        differences = [Difference(key, None, value, line) for key, value, line in names + said]
    else:
        differences = [
            Difference(key, getattr(known, key), value, line)
            for key, value, line in said
            if not same(value, getattr(known, key))
        ]
    number = known.number if known else None
    return Step("city", number, position, number, target.name, "", first.number, tuple(differences))


def people_steps(target: Target, position: int, problems: list[LineProblem]) -> Iterator[Step]:
    """A step for each line with a focal point; what is wrong with an address is among the
    problems."""
    lines_of: dict[str, int] = {}
    for line in target.people:
        known = _known(target, line.address)
        address = known.address if known else _address(line, problems)
        if not address:
            continue
        known = known or _known(target, address)  # its domain may be written in another form
        where = lines_of.setdefault(address.lower(), line.number)
        if where != line.number:
            message = _(
                "This focal point of %(city)s is on line %(line)s already",
                city=target.name,
                line=where,
            )
            problems.append(LineProblem(line.number, str(HEADINGS["address"]), message))
        yield _person_step(target, position, line, known, address)


def _person_step(
    target: Target, position: int, line: CityLine, known: KnownPerson | None, address: str
) -> Step:
    said = {"person": line.person, "role": line.role}
    before = {"person": known.name, "role": known.role} if known else {}
    differences = [
        Difference(key, before.get(key), value, line.number)
        for key, value in said.items()
        if value and value != before.get(key)
    ]
    if known is None:
        differences.append(Difference("address", None, address, line.number))
    return Step(
        "person",
        known.number if known else None,
        position,
        target.known.number if target.known else None,
        target.name,
        (known.name if known else line.person) or address,
        line.number,
        tuple(differences),
    )


def _known(target: Target, address: str) -> KnownPerson | None:
    """The focal point with this address: written alike, else in other capitals."""
    people = target.known.people if target.known and address else ()
    exact = [one for one in people if one.address == address]
    alike = [one for one in people if one.address.lower() == address.lower()]
    return next(iter([*exact, *alike]), None)


def _address(line: CityLine, problems: list[LineProblem]) -> str:
    """In the form that is kept; empty when it is none, which is put among the problems."""
    if line.address:
        try:
            return normalise(line.address)
        except NotAnAddress as wrong:
            message = str(wrong)
    else:
        message = _("Enter the address of this focal point")
    problems.append(LineProblem(line.number, str(HEADINGS["address"]), message))
    return ""
