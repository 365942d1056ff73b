"""What an organiser wants of an event, and what is against it. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo, available_timezones

from events_service.domain.scheduling.local_time import instant_of, time_problem
from events_service.model.event import EventKind, PartnerRole
from events_service.translation import gettext as _
from events_service.translation import number

LONGEST_TITLE = 200
LONGEST_SUMMARY = 2000
MOST_DAYS = 14
MOST_SEATS = 10_000
MOST_PER_CITY = 20


@dataclass(frozen=True)
class PartnerPlan:
    """A city or an organisation behind an event; exactly one of the two numbers is set."""

    role: PartnerRole
    city_id: int | None = None
    organisation_id: int | None = None


@dataclass(frozen=True)
class EventPlan:
    """`closes_*`: when registration closes, on the clocks of `timezone`."""

    title: str
    city_id: int
    timezone: str
    starts_on: date
    ends_on: date
    capacity: int
    closes_on: date
    closes_at: time
    kind: EventKind = "workshop"
    programme: str = ""
    summary: str = ""
    venue: str = ""
    venue_address: str = ""
    seats_per_city: int = 5
    approves_delegations: bool = False
    languages: tuple[str, ...] = ("en",)
    partners: tuple[PartnerPlan, ...] = ()
    closes_fold: int | None = None

    @property
    def registration_closes_at(self) -> datetime:
        zone = ZoneInfo(self.timezone)
        return instant_of(zone, self.closes_on, self.closes_at, self.closes_fold)


@dataclass(frozen=True)
class PlanProblem:
    """What has to be mended in which field of EventPlan. `choices`: the answers to the question
    which of two equal times is meant."""

    field: str
    message: str
    choices: tuple[str, str] | None = None


def check_plan(plan: EventPlan) -> list[PlanProblem]:
    """Everything that speaks against a plan, in the order of the form."""
    return [*_text_problems(plan), *_day_problems(plan), *_number_problems(plan)]


def _text_problems(plan: EventPlan) -> Iterable[PlanProblem]:
    if not plan.title.strip():
        yield PlanProblem("title", _("Enter what the workshop is called"))
    for field, longest in (
        ("title", LONGEST_TITLE),
        ("programme", LONGEST_TITLE),
        ("venue", LONGEST_TITLE),
        ("venue_address", LONGEST_TITLE),
        ("summary", LONGEST_SUMMARY),
    ):
        text = getattr(plan, field)
        if len(text) > longest:
            message = _(
                "Shorten this to %(most)s characters; it has %(count)s",
                most=number(longest),
                count=number(len(text)),
            )
            yield PlanProblem(field, message)
        elif field != "summary" and any(letter < " " for letter in text):
            yield PlanProblem(field, _("Write this on one line, without line breaks or tabs"))


def _day_problems(plan: EventPlan) -> Iterable[PlanProblem]:
    if plan.timezone not in available_timezones():
        yield PlanProblem("timezone", _("Choose a time zone from the list"))
        return
    if plan.ends_on < plan.starts_on:
        yield PlanProblem("ends_on", _("Choose a last day that is not before the first day"))
    elif (plan.ends_on - plan.starts_on).days >= MOST_DAYS:
        yield PlanProblem(
            "ends_on", _("Choose a last day at most %(days)s days on", days=MOST_DAYS)
        )
    if plan.closes_on > plan.starts_on:
        yield PlanProblem("closes_on", _("Close registration before the workshop begins"))
    found = time_problem(ZoneInfo(plan.timezone), plan.closes_on, plan.closes_at, plan.closes_fold)
    if found:
        yield PlanProblem("closes_at", found.message, found.choices)


def _number_problems(plan: EventPlan) -> Iterable[PlanProblem]:
    if not 1 <= plan.capacity <= MOST_SEATS:
        message = _("Enter a number of places from 1 to %(most)s", most=number(MOST_SEATS))
        yield PlanProblem("capacity", message)
    if not 1 <= plan.seats_per_city <= MOST_PER_CITY:
        message = _("Enter a number of places from 1 to %(most)s", most=MOST_PER_CITY)
        yield PlanProblem("seats_per_city", message)
    if not plan.languages:
        yield PlanProblem("languages", _("Choose at least one language"))
