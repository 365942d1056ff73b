"""Run by the system's Python: what libical makes of calendars.

Reads a JSON list of calendars on standard input and writes, for each, its restriction check, its
count of errors and the UTC start and end of every occurrence of every event.
"""

import json
import sys

import gi

gi.require_version("ICalGLib", "3.0")
from gi.repository import ICalGLib  # noqa: E402

UTC = ICalGLib.Timezone.get_utc_timezone()


def in_utc(moment):
    if moment.is_date():
        return moment.as_ical_string()
    return moment.convert_to_zone(UTC).as_ical_string()


def occurrences(event):
    starts, ends = event.get_dtstart(), event.get_dtend()
    rule = event.get_first_property(ICalGLib.PropertyKind.RRULE_PROPERTY)
    if rule is None:
        return [[in_utc(starts), in_utc(ends)]]
    pairs = []
    iterators = [ICalGLib.RecurIterator.new(rule.get_rrule(), each) for each in (starts, ends)]
    while not (start := iterators[0].next()).is_null_time():
        pairs.append([in_utc(start), in_utc(iterators[1].next())])
    return pairs


def events_of(calendar):
    kind = ICalGLib.ComponentKind.VEVENT_COMPONENT
    event = calendar.get_first_component(kind)
    while event is not None:
        yield [event.get_uid(), occurrences(event)]
        event = calendar.get_next_component(kind)


def verdict(text):
    calendar = ICalGLib.Component.new_from_string(text)
    fine = bool(calendar.check_restrictions())
    events = list(events_of(calendar))
    return {
        "fine": fine,
        "errors": calendar.count_errors(),
        "occurrences": events[0][1] if events else None,  # in a message it is the only one
        "events": events,
    }


json.dump([verdict(text) for text in json.load(sys.stdin)], sys.stdout)
