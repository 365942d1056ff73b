"""When something is due, in days of the network and in the words people use for them."""

from datetime import date, datetime, timedelta

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
        return "due today"
    if days == 1:
        return "due tomorrow"
    return f"due in {_span(days)}" if days > 0 else f"{_span(-days)} late"


def _span(days: int) -> str:
    if days < WEEKS_FROM:
        count, unit = days, "day"
    elif days < MONTHS_FROM:
        count, unit = round(days / 7), "week"
    else:
        count, unit = round(days / 30.44), "month"
    return f"{count} {unit}" + ("s" if count > 1 else "")
