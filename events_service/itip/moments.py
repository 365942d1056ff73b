"""Times as other programs write them, as instants: IANA names, Windows names, own VTIMEZONEs."""

import warnings
from collections.abc import Mapping
from datetime import UTC, date, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.core import get_global
from icalendar import Component, Timezone

from events_service.itip.answers import Moment
from events_service.itip.parsing import CalendarUnreadable, all_of

Zones = Mapping[str, tzinfo]  # by TZID, as one message defines them
EXCHANGE_UTC = "tzone://Microsoft/Utc"  # what Exchange calls UTC, and often does not define
OBSERVANCES = 50  # more than the clocks of any place need since they were first put forward
# Rules that clocks are changed by. Others could be made to take hours to evaluate.
RULE_PARTS = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYMONTH", "BYMONTHDAY", "BYDAY"}


def zones_in(calendar: Component) -> Zones:
    """The zones that the message defines. One that can't be used is left out."""
    found: dict[str, tzinfo] = {}
    for component in calendar.subcomponents:
        if isinstance(component, Timezone) and _is_harmless(component):
            name, zone = str(component.get("TZID", "")), _made(component)
            if zone is not None:
                found[name] = zone
    return found


def moment(value: Any, zones: Zones) -> Moment:
    """A DATE or DATE-TIME property as a date, or as an instant in UTC. Never a naive datetime."""
    written = getattr(value, "dt", None)
    if isinstance(written, datetime):
        return _instant(written, value.params.get("TZID"), zones)
    if isinstance(written, date):
        return written
    raise CalendarUnreadable("The calendar part has something else where a time should be.")


def _instant(written: datetime, tzid: object, zones: Zones) -> datetime:
    if written.tzinfo is None:
        written = written.replace(tzinfo=_zone(str(tzid or ""), zones))
    try:
        return written.astimezone(UTC)
    except Exception as error:  # of a zone that the message itself defines
        raise CalendarUnreadable(f"The time zone {str(tzid)[:80]} leads nowhere.") from error


def _zone(tzid: str, zones: Zones) -> tzinfo:
    """By its IANA or Windows name, else as the message defines it."""
    if not tzid:
        raise CalendarUnreadable("The calendar part has a time without a time zone.")
    if tzid == EXCHANGE_UTC:
        return UTC
    for name in _names(tzid):
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    if tzid in zones:
        return zones[tzid]
    raise CalendarUnreadable(f"The time zone {tzid[:80]} is not known.")


def _names(tzid: str) -> list[str]:
    """IANA names that a TZID may mean: itself, a Windows name (CLDR), or one with a vendor's path
    before it (RFC 5545 §3.2.19)."""
    windows: Mapping[str, str] = get_global("windows_zone_mapping")
    plain = tzid.strip().strip("/")
    if plain in windows:
        return [windows[plain]]
    parts = plain.split("/")
    cut = range(1, len(parts)) if tzid.startswith("/") else ()
    return [plain, *("/".join(parts[start:]) for start in cut)]


def _is_harmless(zone: Timezone) -> bool:
    observances = zone.subcomponents
    rules = [rule for each in observances for rule in all_of(each, "RRULE")]
    return 0 < len(observances) <= OBSERVANCES and all(
        set(rule) <= RULE_PARTS
        and rule.get("FREQ") == ["YEARLY"]
        and all(number > 0 for number in rule.get("INTERVAL", []))
        for rule in rules
    )


def _made(zone: Timezone) -> tzinfo | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            made: tzinfo = zone.to_tz(lookup_tzid=False)
    except Exception:  # dateutil's, of a definition that anybody may send
        return None
    return made
