"""Whether a step of an import may be taken. Pure."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from events_service.domain.importing.lines import HEADINGS
from events_service.domain.importing.matching import Target
from events_service.domain.importing.problems import LineProblem
from events_service.domain.importing.steps import Difference, Step

LONGEST = 200  # characters of a name, a role or a region
NEEDED = {"city": ("latitude", "longitude", "timezone"), "person": ("person",)}


def problems_of(step: Step, target: Target, today: date) -> Iterator[LineProblem]:
    for one in step.differences:
        if wrong := _wrong(one.key, one.new) or (
            _wrong_membership(one, target, today) if one.key == "member_since" else ""
        ):
            yield LineProblem(one.line, HEADINGS[one.key], wrong)
    if step.number is None:
        for key in NEEDED[step.what]:
            if key not in step.values:
                who = step.city if step.what == "city" else "This focal point"
                yield LineProblem(step.line, HEADINGS[key], f"{who} is new, so this is needed")


def _wrong(key: str, value: Any) -> str:
    if isinstance(value, str) and len(value) > LONGEST:
        return f"Shorten this to {LONGEST} characters"
    if key == "timezone" and value not in _zones():
        return f"“{value}” is no time zone. Write one like Europe/Stockholm"
    return ""


@cache
def _zones() -> set[str]:
    """Read from the disk once: asking takes milliseconds, and lists have thousands of lines."""
    return available_timezones()


def _wrong_membership(one: Difference, target: Target, today: date) -> str:
    if one.new > today:
        return "This day is still to come"
    if target.known and target.known.on_its_way:
        return f"{target.name} is on the page Onboarding, and becomes a member there"
    return ""
