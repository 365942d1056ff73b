"""How organisers' pages write an instant where there is little room."""

from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date

from events_service.letters.dates import LOCALE
from events_service.letters.writing import NBSP
from events_service.web.organiser import pages


@pages.app_template_filter("short_day")
def short_day(instant: datetime, zone: ZoneInfo) -> str:
    """9 Nov, on the calendar of the host city"""
    return str(format_date(instant.astimezone(zone), f"d{NBSP}MMM", locale=LOCALE))
