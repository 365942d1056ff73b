"""Days and times as an editor writes them, in the language of the task at hand. Shared by pages,
letters and documents.

Day and month, and the parts of a short range, are kept together by no-break spaces.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.lists import format_list

from events_service.letters.writing import NBSP, Writing, writing
from events_service.translation import LOCALES, SOURCE, current_locale
from events_service.translation import gettext as _

LOCALE = LOCALES[SOURCE]  # of pages that are in English alone
MINUS = "\u2212"


@lru_cache(maxsize=4096)
def _written(day: date, pattern: str, locale: str) -> str:
    return format_date(day, pattern, locale=locale)


def day_month(day: date) -> str:
    """3 June · 1er juin · 3. júna"""
    return f"{writing().number(day.day)}{NBSP}{_written(day, 'MMMM', current_locale())}"


def plain_day(day: date) -> str:
    """3 June 2024"""
    return f"{day_month(day)} {day.year}"


def weekday_day_month(day: date) -> str:
    """Monday 3 June · lundi 3 juin"""
    return f"{_weekday(day)} {day_month(day)}"


def day(day: date) -> str:
    """Monday 3 June 2024"""
    return f"{_weekday(day)} {plain_day(day)}"


def day_heading(day: date) -> str:
    """Monday 3 June · Lundi 3 juin: where it stands first and alone"""
    text = weekday_day_month(day)
    return text[0].upper() + text[1:]


def date_range(start: date, end: date) -> str:
    """3 – 5 June 2024 · 30 June – 2 July 2024 · 30 December 2024 – 2 January 2025 · 3 June 2024"""
    style = writing()
    if start == end:
        return plain_day(start)
    if start.year != end.year:
        return style.far.format(first=plain_day(start), last=plain_day(end))
    if start.month != end.month:
        return style.far.format(first=day_month(start), last=plain_day(end))
    return style.near.format(first=style.number(start.day), last=plain_day(end))


def weekday_range(start: date, end: date) -> str:
    """Monday 3 to Wednesday 5 June 2024 · Monday 3 June 2024"""
    style = writing()
    if start == end:
        return day(start)
    if start.year != end.year:
        first = f"{_weekday_in_range(start, style)} {plain_day(start)}"
    elif start.month != end.month:
        first = f"{_weekday_in_range(start, style)} {day_month(start)}"
    else:
        first = f"{_weekday_in_range(start, style)}{NBSP}{style.number(start.day)}"
    last = f"{_weekday_in_range(end, style)} {plain_day(end)}"
    return style.weekdays.format(first=first, last=last)


def _weekday(day: date) -> str:
    return _written(day, "EEEE", current_locale())


def _weekday_in_range(day: date, style: Writing) -> str:
    return style.genitives[day.weekday()] if style.genitives else _weekday(day)


def days_list(days: Iterable[date]) -> str:
    """Days that need not follow each other: 1 and 3 June 2027 · 1 – 3 June and 2 July 2027"""
    spans = _spans(days)
    if len(spans) == 1:
        return weekday_range(*spans[0])
    style, mixed = writing(), any(start != end for start, end in spans)
    written = []
    for position, (start, end) in enumerate(spans):
        text = date_range(start, end)
        if mixed and start == end:
            text = style.alone.format(day=text)
        following = spans[position + 1][0] if position + 1 < len(spans) else None
        if following and following.year == end.year:
            text = text.removesuffix(f" {end.year}")
            if following.month == end.month:
                text = text.removesuffix(day_month(end)) + style.number(end.day)
        written.append(text)
    return and_list(written)


def _spans(days: Iterable[date]) -> list[tuple[date, date]]:
    """First and last of each row of days that follow each other."""
    spans: list[tuple[date, date]] = []
    for each in sorted(set(days)):
        if spans and each - spans[-1][1] == timedelta(days=1):
            spans[-1] = spans[-1][0], each
        else:
            spans.append((each, each))
    return spans


def clock(moment: time) -> str:
    """09:00 · 9:00"""
    return f"{moment:%H:%M}" if writing().leading_zero else f"{moment.hour}:{moment:%M}"


def clock_range(starts: time, ends: time) -> str:
    """09:00 – 17:30"""
    return writing().clocks.format(starts=clock(starts), ends=clock(ends))


def zone_label(zone: ZoneInfo, instant: datetime) -> str:
    """UTC+2 · UTC−5 · UTC+5:30 at that (aware) instant."""
    offset = instant.astimezone(zone).utcoffset() or timedelta()
    minutes = int(offset.total_seconds()) // 60
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{MINUS if minutes < 0 else '+'}{hours}{f':{rest:02d}' if rest else ''}"


def moment(instant: datetime, zone: ZoneInfo) -> str:
    """Friday 29 January 2027, 18:00: an instant as the clocks of `zone` show it."""
    local = instant.astimezone(zone)
    return writing().moment.format(day=day(local.date()), clock=clock(local.time()))


def hours_there(starts: datetime, ends: datetime, here: ZoneInfo, there: ZoneInfo) -> str:
    """03:00 – 04:30; says so where that is another day."""
    first, last = starts.astimezone(there), ends.astimezone(there)
    shown = clock_range(first.time(), last.time())
    return on_day(shown, first.date(), starts.astimezone(here).date())


def on_day(time: str, there: date, here: date) -> str:
    """The time, and which day that is, seen from the event's."""
    if there < here:
        return _("%(time)s the day before", time=time)
    return _("%(time)s the next day", time=time) if there > here else time


def and_list(words: Sequence[str]) -> str:
    """Paris, Dijon and Cernay"""
    return format_list(list(words), locale=current_locale()) if words else ""


FILTERS: dict[str, Callable[..., Any]] = {
    each.__name__: each
    for each in (
        day_month,
        weekday_day_month,
        plain_day,
        day,
        days_list,
        day_heading,
        date_range,
        weekday_range,
        clock,
        clock_range,
        zone_label,
        moment,
        and_list,
    )
}
