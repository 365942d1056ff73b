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
from events_service.translation import gettext as _

LONGEST = 200  # characters of a name, a role or a region
NEEDED = {"city": ("latitude", "longitude", "timezone"), "person": ("person",)}


def problems_of(step: Step, target: Target, today: date) -> Iterator[LineProblem]:
    for one in step.differences:
        if wrong := _wrong(one.key, one.new) or (
            _wrong_membership(one, target, today) if one.key == "member_since" else ""
        ):
            yield LineProblem(one.line, str(HEADINGS[one.key]), wrong)
    if step.number is None:
        for key in NEEDED[step.what]:
            if key not in step.values:
                yield LineProblem(step.line, str(HEADINGS[key]), _needed(step))


def _needed(step: Step) -> str:
    if step.what == "city":
        return _("%(city)s is new, so this is needed", city=step.city)
    return _("This focal point is new, so this is needed")


def _wrong(key: str, value: Any) -> str:
    if isinstance(value, str) and len(value) > LONGEST:
        return _("Shorten this to %(most)s characters", most=LONGEST)
    if key == "timezone" and value not in _zones():
        return _("“%(name)s” is no time zone. Write one like Europe/Stockholm", name=value)
    return ""


@cache
def _zones() -> set[str]:
    """Read from the disk once: asking takes milliseconds, and lists have thousands of lines."""
    return available_timezones()


def _wrong_membership(one: Difference, target: Target, today: date) -> str:
    if one.new > today:
        return _("This day is still to come")
    if target.known and target.known.on_its_way:
        return _("%(city)s is on the page Onboarding, and becomes a member there", city=target.name)
    return ""
