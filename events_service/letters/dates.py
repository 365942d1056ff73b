"""Days and times as an editor writes them. Shared by pages, letters and documents.

Day and month, and the parts of a short range, are kept together by no-break spaces.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.lists import format_list

LOCALE = "en_GB"
NBSP = "\u00a0"
MINUS = "\u2212"


@lru_cache(maxsize=4096)
def _written(day: date, pattern: str, locale: str) -> str:
    return format_date(day, pattern, locale=locale)


def day_month(day: date, locale: str = LOCALE) -> str:
    """3 June"""
    return _written(day, f"d{NBSP}MMMM", locale)


def plain_day(day: date, locale: str = LOCALE) -> str:
    """3 June 2024"""
    return _written(day, f"d{NBSP}MMMM y", locale)


def day(day: date, locale: str = LOCALE) -> str:
    """Monday 3 June 2024"""
    return _written(day, f"EEEE d{NBSP}MMMM y", locale)


def weekday_day_month(day: date, locale: str = LOCALE) -> str:
    """Monday 3 June"""
    return _written(day, f"EEEE d{NBSP}MMMM", locale)


def date_range(start: date, end: date, locale: str = LOCALE) -> str:
    """3 – 5 June 2024 · 30 June – 2 July 2024 · 30 December 2024 – 2 January 2025 · 3 June 2024"""
    if start == end:
        return plain_day(start, locale)
    if start.year != end.year:
        return f"{plain_day(start, locale)}{NBSP}– {plain_day(end, locale)}"
    if start.month != end.month:
        return f"{day_month(start, locale)}{NBSP}– {plain_day(end, locale)}"
    return f"{start.day}{NBSP}–{NBSP}{plain_day(end, locale)}"


def weekday_range(start: date, end: date, locale: str = LOCALE) -> str:
    """Monday 3 to Wednesday 5 June 2024 · Monday 3 June 2024"""
    if start == end:
        return day(start, locale)
    if start.year != end.year:
        first = day(start, locale)
    elif start.month != end.month:
        first = weekday_day_month(start, locale)
    else:
        first = _written(start, f"EEEE{NBSP}d", locale)
    return f"{first} to {day(end, locale)}"


def days_list(days: Iterable[date], locale: str = LOCALE) -> str:
    """Days that need not follow each other: 1 and 3 June 2027 · 1 – 3 June and 2 July 2027"""
    spans: list[tuple[date, date]] = []
    for each in sorted(set(days)):
        if spans and each - spans[-1][1] == timedelta(days=1):
            spans[-1] = spans[-1][0], each
        else:
            spans.append((each, each))
    if len(spans) == 1:
        return weekday_range(*spans[0], locale)
    written = []
    for position, (start, end) in enumerate(spans):
        text = date_range(start, end, locale)
        following = spans[position + 1][0] if position + 1 < len(spans) else None
        if following and following.year == end.year:
            text = text.removesuffix(f" {end.year}")
            if following.month == end.month:
                text = text.removesuffix(day_month(end, locale)) + str(end.day)
        written.append(text)
    return and_list(written, locale)


def clock(moment: time) -> str:
    """09:00"""
    return f"{moment:%H:%M}"


def clock_range(starts: time, ends: time) -> str:
    """09:00 – 17:30"""
    return f"{starts:%H:%M}{NBSP}–{NBSP}{ends:%H:%M}"


def zone_label(zone: ZoneInfo, instant: datetime) -> str:
    """UTC+2 · UTC−5 · UTC+5:30 at that (aware) instant."""
    offset = instant.astimezone(zone).utcoffset() or timedelta()
    minutes = int(offset.total_seconds()) // 60
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{MINUS if minutes < 0 else '+'}{hours}{f':{rest:02d}' if rest else ''}"


def moment(instant: datetime, zone: ZoneInfo, locale: str = LOCALE) -> str:
    """Friday 29 January 2027, 18:00: an instant as the clocks of `zone` show it."""
    local = instant.astimezone(zone)
    return f"{day(local.date(), locale)}, {clock(local.time())}"


def and_list(words: Sequence[str], locale: str = LOCALE) -> str:
    """Paris, Dijon and Cernay"""
    return format_list(list(words), locale=locale) if words else ""


FILTERS: dict[str, Callable[..., Any]] = {
    each.__name__: each
    for each in (
        day_month,
        weekday_day_month,
        plain_day,
        day,
        days_list,
        clock,
        zone_label,
        moment,
        and_list,
    )
} | {"date_range": date_range, "weekday_range": weekday_range, "clock_range": clock_range}
