"""The lines of a list of cities, one for each focal point, as plain values. Pure.

An empty cell says nothing: what is known stays. So a city need not repeat what its first line says.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Self

from events_service.alphabet import folded
from events_service.domain.importing.problems import LineProblem, ListRefused
from events_service.itip.cleaning import one_line
from events_service.letters.names import country_code, written_language
from events_service.sheets.table import Line, Sheet, writable
from events_service.translation import SOURCE, lazy_gettext, speaking
from events_service.translation import gettext as _

HEADINGS = {
    "name": lazy_gettext("City"),
    "region": lazy_gettext("State or region"),
    "country": lazy_gettext("Country"),
    "latitude": lazy_gettext("Latitude"),
    "longitude": lazy_gettext("Longitude"),
    "timezone": lazy_gettext("Time zone"),
    "language": lazy_gettext("Language of letters"),
    "member_since": lazy_gettext("Member since"),
    "person": lazy_gettext("Focal point"),
    "role": lazy_gettext("Role"),
    "address": lazy_gettext("E-mail address"),
}
MISSING = {
    "name": lazy_gettext("Enter the city’s name"),
    "country": lazy_gettext("Enter the country"),
}
NOTHING = dict.fromkeys(("latitude", "longitude", "member_since"))  # what an empty cell is
DEGREES = {"latitude": 90, "longitude": 180}
NO_DAY = lazy_gettext("Write the day as year-month-day, like 2021-10-01")
OTHER_LANGUAGE = lazy_gettext(
    "Letters are written in English, French, Slovak and Swedish. Name one of these, or leave the "
    "cell empty"
)


@dataclass(frozen=True)
class CityLine:
    """`number`: of the line in the file. `country`: ISO 3166-1 alpha-2, `language`:
    ISO 639-1. Degrees are WGS 84."""

    number: int
    name: str
    country: str
    region: str = ""
    latitude: float | None = None
    longitude: float | None = None
    timezone: str = ""
    language: str = ""
    member_since: date | None = None
    person: str = ""
    role: str = ""
    address: str = ""

    def as_json(self) -> dict[str, Any]:
        day = self.member_since.isoformat() if self.member_since else None
        return {**asdict(self), "member_since": day}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        day = kept["member_since"]
        return cls(**{**kept, "member_since": date.fromisoformat(day) if day else None})


@dataclass(frozen=True)
class CityLines:
    """`ignored`: headings of the file that are none of ours. `unreadable`: cells that are left
    empty in `lines`, and why."""

    lines: tuple[CityLine, ...]
    ignored: tuple[str, ...]
    unreadable: tuple[LineProblem, ...] = ()


def tidy(text: str) -> str:
    """As texts are kept and compared: on one line, without what no file carries."""
    return one_line(writable(text))


def lines_in(sheet: Sheet) -> CityLines:
    """ListRefused when it can't be told which column holds what."""
    headings, *below = sheet.lines
    places, ignored = _places(headings)
    titles = [tidy(text) for text in headings.cells]
    problems = [
        LineProblem(one.line, titles[one.column] if one.column < len(titles) else "", one.message)
        for one in sheet.problems
    ]
    if not below:
        problems.append(LineProblem(0, "", _("The list has headings and no line below them")))
    broken = {(one.line, one.column) for one in sheet.problems}
    found = [_line(line, places, broken, problems) for line in below]
    return CityLines(tuple(found), ignored, tuple(problems))


def _places(headings: Line) -> tuple[dict[str, int], tuple[str, ...]]:
    """Which column holds what, and the headings that are none of ours."""
    ours = _known_headings()
    places: dict[str, int] = {}
    ignored, problems = [], []
    for at, text in enumerate(headings.cells):
        key = ours.get(_plain(text))
        if key in places:
            message = _("There are two columns of this name")
            problems.append(LineProblem(headings.number, tidy(text), message))
        elif key:
            places[key] = at
        elif tidy(text):
            ignored.append(tidy(text))
    missing = [str(HEADINGS[key]) for key in MISSING if key not in places]
    message = _("This column is missing")
    problems += [LineProblem(headings.number, title, message) for title in missing]
    if problems:
        raise ListRefused(problems)
    return places, tuple(ignored)


def _known_headings() -> dict[str, str]:
    """In English too, whatever language the reader has: lists are passed on."""
    with speaking(SOURCE):
        english = {_plain(str(title)): key for key, title in HEADINGS.items()}
    return english | {_plain(str(title)): key for key, title in HEADINGS.items()}


def _plain(heading: str) -> str:
    return folded(heading).replace(" ", "")


def _line(
    line: Line,
    places: dict[str, int],
    broken: Collection[tuple[int, int]],
    problems: list[LineProblem],
) -> CityLine:
    """What can't be read is put among the problems and left empty. `broken`: lines and columns of
    cells that are among them already."""
    unread = {key for key, at in places.items() if (line.number, at) in broken}
    texts = {key: tidy(line.cells[at]) for key, at in places.items() if at < len(line.cells)}
    values = {}
    for key, title in HEADINGS.items():
        values[key], wrong = _cell(key, "" if key in unread else texts.get(key, ""))
        if wrong and key not in unread:
            problems.append(LineProblem(line.number, str(title), wrong))
    return CityLine(number=line.number, **values)


def _cell(key: str, text: str) -> tuple[Any, str]:
    """The value of a cell, and what is wrong with it."""
    if not text:
        return NOTHING.get(key, ""), str(MISSING.get(key, ""))
    if key == "country":
        code = country_code(text)
        return code or "", "" if code else _unknown_country(text)
    if key == "language":
        tongue = written_language(text)
        return tongue or "", "" if tongue else str(OTHER_LANGUAGE)
    if key in DEGREES:
        value = _degrees(text, DEGREES[key])
        return value, "" if value is not None else _no_degrees(DEGREES[key])
    if key == "member_since":
        day = _day(text)
        return day, "" if day else str(NO_DAY)
    return text, ""


def _unknown_country(text: str) -> str:
    return _(
        "We know no country called “%(name)s”. Write its English name or two letters, like SE",
        name=text,
    )


def _no_degrees(most: int) -> str:
    return _("Enter degrees from −%(most)s to %(most)s in figures, like 18.07", most=most)


def _degrees(text: str, most: float) -> float | None:
    """Degrees with a point or a comma; − as typographers write it too."""
    try:
        value = float(text.replace(",", ".").replace("−", "-"))
    except ValueError:
        return None
    return value if -most <= value <= most else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def as_kept(lines: Iterable[CityLine]) -> list[dict[str, Any]]:
    return [line.as_json() for line in lines]


def from_kept(kept: Sequence[dict[str, Any]]) -> list[CityLine]:
    return [CityLine.from_json(one) for one in kept]
