"""Calendar data of unknown origin, parsed by icalendar and held to what can be relied on.

icalendar keeps every VTIMEZONE that it meets for the whole process, so that one mail's definition
of "Customized Time Zone" would count in the next mail; and it makes a naive datetime of an unknown
TZID. Here nothing is kept, and zones are resolved by `moments`.
"""

import warnings
from typing import Any

from icalendar import Calendar, Component
from icalendar.parser.ical.calendar import CalendarIcalParser
from icalendar.prop import vBroken

LARGEST = 512 * 1024  # bytes; more takes seconds to parse, and no answer is nearly as large


class CalendarUnreadable(ValueError):
    """The data is no answer that can be read; the message says why, in words."""


class _Parser(CalendarIcalParser):
    datetime_names = ()  # times stay as they are written, beside their TZID

    def handle_end_component(self, vals: str) -> None:
        del vals  # only the name VTIMEZONE would make the library keep the component
        super().handle_end_component("")


def calendar_in(ics: bytes) -> Component:
    """The one VCALENDAR of the data. CalendarUnreadable when there is none, or several."""
    if len(ics) > LARGEST:
        raise CalendarUnreadable("The calendar part is too large to be an answer.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = _Parser(ics, Calendar._get_component_factory(), Calendar.types_factory).parse()
    except Exception as error:  # whatever the library says of bytes that anybody may send
        raise CalendarUnreadable("The calendar part is damaged.") from error
    if len(found) != 1 or found[0].name != "VCALENDAR":
        raise CalendarUnreadable("The calendar part holds no calendar, or several.")
    return found[0]


def all_of(component: Component, name: str) -> list[Any]:
    """The values of that property. CalendarUnreadable if one of them is malformed."""
    found: Any = component.get(name, [])
    values: list[Any] = found if isinstance(found, list) else [found]
    if any(isinstance(value, vBroken) for value in values):
        raise CalendarUnreadable(f"The calendar part has a {name} that can’t be read.")
    return values


def one_of(component: Component, name: str) -> Any:
    """The value of a property that may stand once, or None."""
    values = all_of(component, name)
    if len(values) > 1:
        raise CalendarUnreadable(f"The calendar part has {name} more than once.")
    return values[0] if values else None


def words_of(component: Component, name: str) -> str:
    """The text of a property that may stand once; empty when it does not stand."""
    value = one_of(component, name)
    return "" if value is None else str(value).strip()
