"""When something is due, in days of the network and in the words people use for them."""

from datetime import date, datetime, timedelta

from events_service.translation import gettext as _
from events_service.translation import ngettext

SATURDAY = 5
WEEKS_FROM = 21  # days from which people count in weeks
MONTHS_FROM = 70  # days from which people count in months


def today(now: datetime) -> date:
    """The day that due dates are compared with: one for everybody, that of UTC."""
    return now.date()


def working_day(day: date) -> date:
    """The day itself, or the Monday after it when it falls on a week-end."""
    return day + timedelta(days=7 - day.weekday()) if day.weekday() >= SATURDAY else day


def due_words(due_on: date, today: date) -> str:
    """“due today”, “due in 3 days”, “due in 5 weeks”, “2 days late”."""
    days = (due_on - today).days
    if days == 0:
        return _("due today")
    if days == 1:
        return _("due tomorrow")
    return _ahead(days) if days > 0 else _late(-days)


def _ahead(days: int) -> str:
    if days < WEEKS_FROM:
        return ngettext("due in %(num)s day", "due in %(num)s days", days)
    if days < MONTHS_FROM:
        return ngettext("due in %(num)s week", "due in %(num)s weeks", _weeks(days))
    return ngettext("due in %(num)s month", "due in %(num)s months", _months(days))


def _late(days: int) -> str:
    if days < WEEKS_FROM:
        return ngettext("%(num)s day late", "%(num)s days late", days)
    if days < MONTHS_FROM:
        return ngettext("%(num)s week late", "%(num)s weeks late", _weeks(days))
    return ngettext("%(num)s month late", "%(num)s months late", _months(days))


def _weeks(days: int) -> int:
    return round(days / 7)


def _months(days: int) -> int:
    return round(days / 30.44)
