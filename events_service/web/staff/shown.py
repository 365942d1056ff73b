"""How the secretariat's pages write days and instants."""

from datetime import date, datetime

from events_service.domain.followup.due import due_words, today
from events_service.letters.dates import day_month, plain_day
from events_service.letters.writing import NBSP
from events_service.web.context import now
from events_service.web.staff import pages


@pages.app_template_filter("stamp")
def stamp(instant: datetime) -> str:
    """22 November, 12:03 UTC; with its year when that is not the present one."""
    return f"{_short(instant.date())}, {instant:%H:%M}{NBSP}UTC"


@pages.app_template_filter("due")
def due(due_on: date) -> str:
    """Due in 3 days, 25 November"""
    words = due_words(due_on, today(now()))
    return f"{words[0].upper()}{words[1:]}, {_short(due_on)}"


def _short(day: date) -> str:
    return day_month(day) if day.year == now().year else plain_day(day)
