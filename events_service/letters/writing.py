"""How each language sets days, ranges of them and clock times.

The order of day and month is Babel's; what its patterns do not know stands here: 1er in French,
weekdays in the genitive after od and do in Slovak, dashes without spaces in Swedish.
"""

from collections.abc import Callable
from dataclasses import dataclass

from events_service.translation import current_language

NBSP = "\u00a0"
SLOVAK_GENITIVES = ("pondelka", "utorka", "stredy", "štvrtka", "piatka", "soboty", "nedele")


@dataclass(frozen=True)
class Writing:
    """Patterns to fill in by str.format; `near` is for two days of a month, `far` for others."""

    number: Callable[[int], str]  # of a day in its month
    near: str
    far: str
    weekdays: str
    moment: str
    clocks: str
    alone: str = "{day}"  # a day beside ranges in a list
    genitives: tuple[str, ...] | None = None  # of weekdays in a range, Monday first
    leading_zero: bool = True  # in hours


def _french_number(day: int) -> str:
    return "1er" if day == 1 else str(day)


def _slovak_number(day: int) -> str:
    return f"{day}."


WRITINGS = {
    "en": Writing(
        number=str,
        near=f"{{first}}{NBSP}–{NBSP}{{last}}",
        far=f"{{first}}{NBSP}– {{last}}",
        weekdays="{first} to {last}",
        moment="{day}, {clock}",
        clocks=f"{{starts}}{NBSP}–{NBSP}{{ends}}",
    ),
    "fr": Writing(
        number=_french_number,
        near="du {first} au {last}",
        far="du {first} au {last}",
        weekdays="du {first} au {last}",
        moment=f"{{day}} à{NBSP}{{clock}}",
        clocks=f"{{starts}}{NBSP}–{NBSP}{{ends}}",
        alone=f"le{NBSP}{{day}}",
    ),
    "sv": Writing(
        number=str,
        near="{first}–{last}",
        far="{first}–{last}",
        weekdays="{first} till {last}",
        moment=f"{{day}} kl.{NBSP}{{clock}}",
        clocks="{starts}–{ends}",
    ),
    "sk": Writing(
        number=_slovak_number,
        near=f"{{first}}{NBSP}–{NBSP}{{last}}",
        far=f"{{first}}{NBSP}– {{last}}",
        weekdays="od {first} do {last}",
        moment=f"{{day}} o{NBSP}{{clock}}",
        clocks=f"{{starts}}{NBSP}–{NBSP}{{ends}}",
        genitives=SLOVAK_GENITIVES,
        leading_zero=False,
    ),
}


def writing() -> Writing:
    """As the language of the task at hand does."""
    return WRITINGS[current_language()]
