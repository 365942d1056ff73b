"""Calendar data that other programs wrote, read into plain values."""

from datetime import UTC, datetime, timedelta
from typing import Any, cast, get_args

from icalendar import Component

from events_service.itip.addresses import AddressNotSendable, address_in
from events_service.itip.answers import AnswerMethod, CalendarAnswer, Moment, Said
from events_service.itip.cleaning import lines, one_line
from events_service.itip.moments import Zones, moment, zones_in
from events_service.itip.parsing import (
    CalendarUnreadable,
    all_of,
    calendar_in,
    one_of,
    words_of,
)

__all__ = ["CalendarUnreadable", "read_answers"]

MOST = 100  # answers in one message
LONGEST = 5000  # characters of a comment


def read_answers(ics: bytes) -> list[CalendarAnswer]:
    """Every VEVENT of a REPLY, COUNTER or REFRESH. CalendarUnreadable for anything else."""
    calendar = calendar_in(ics)
    method = words_of(calendar, "METHOD").upper()
    if method not in get_args(AnswerMethod):
        raise CalendarUnreadable(f"The calendar part is no answer, but {method[:20] or 'nothing'}.")
    events = [each for each in calendar.subcomponents if each.name == "VEVENT"]
    if not 0 < len(events) <= MOST:
        raise CalendarUnreadable("The calendar part answers nothing, or too much at once.")
    zones = zones_in(calendar)
    answers = [_answer(cast(AnswerMethod, method), event, zones) for event in events]
    if len({each.uid for each in answers}) > 1:
        raise CalendarUnreadable("The calendar part answers several invitations at once.")
    if len({each.recurrence_id for each in answers}) < len(answers):
        raise CalendarUnreadable("The calendar part answers the same thing more than once.")
    return answers


def _answer(method: AnswerMethod, event: Component, zones: Zones) -> CalendarAnswer:
    attendee = _attendee(event)
    parameters = attendee.params
    starts = _moment(event, "DTSTART", zones)
    ends = _ends(event, starts, zones)
    if method == "COUNTER" and not _is_span(starts, ends):
        raise CalendarUnreadable("It proposes another time, but does not say which.")
    return CalendarAnswer(
        method=method,
        uid=_uid(event),
        attendee=_address(attendee),
        said=None if method == "REFRESH" else _said(parameters.get("PARTSTAT")),
        sequence=_sequence(event),
        dtstamp=_stamp(event, zones),
        recurrence_id=_recurrence_id(event, zones),
        starts=starts,
        ends=ends,
        delegated_to=_other(parameters.get("DELEGATED-TO")),
        sent_by=_other(parameters.get("SENT-BY")),
        comment=_comment(event),
    )


def _uid(event: Component) -> str:
    uid = words_of(event, "UID")
    if not uid or one_line(uid) != uid:
        raise CalendarUnreadable("The calendar part does not say which invitation it answers.")
    return uid


def _attendee(event: Component) -> Any:
    attendees = all_of(event, "ATTENDEE")
    if len(attendees) != 1:
        raise CalendarUnreadable("The calendar part must name exactly one person who answers.")
    return attendees[0]


def _said(partstat: object) -> Said:
    """A PARTSTAT that is not known, or none, is NEEDS-ACTION (RFC 5545 §3.2.12)."""
    said = str(partstat).upper()
    return cast(Said, said) if said in get_args(Said) else "NEEDS-ACTION"


def _sequence(event: Component) -> int | None:
    number = one_of(event, "SEQUENCE")
    if number is not None and number < 0:
        raise CalendarUnreadable("The calendar part has a SEQUENCE that can’t be.")
    return None if number is None else int(number)


def _stamp(event: Component, zones: Zones) -> datetime | None:
    stamp = _moment(event, "DTSTAMP", zones)
    if stamp is not None and not isinstance(stamp, datetime):
        return datetime(stamp.year, stamp.month, stamp.day, tzinfo=UTC)
    return stamp


def _moment(event: Component, name: str, zones: Zones) -> Moment | None:
    value = one_of(event, name)
    return None if value is None else moment(value, zones)


def _recurrence_id(event: Component, zones: Zones) -> Moment | None:
    value = one_of(event, "RECURRENCE-ID")
    if value is not None and "RANGE" in value.params:
        raise CalendarUnreadable("It answers one day together with all that follow it.")
    return None if value is None else moment(value, zones)


def _ends(event: Component, starts: Moment | None, zones: Zones) -> Moment | None:
    """By DTEND or DURATION; a date alone lasts that day (RFC 5545 §3.6.1)."""
    ends, length = _moment(event, "DTEND", zones), one_of(event, "DURATION")
    if ends is not None or starts is None:
        return ends
    if length is not None:
        return _later(starts, length.dt)
    return None if isinstance(starts, datetime) else _later(starts, timedelta(days=1))


def _is_span(starts: Moment | None, ends: Moment | None) -> bool:
    if starts is None or ends is None or type(starts) is not type(ends):
        return False
    return ends > starts


def _later(starts: Moment, length: timedelta) -> Moment:
    try:
        return starts + length
    except OverflowError:
        raise CalendarUnreadable("The calendar part lasts longer than calendars do.") from None


def _other(parameter: object) -> str | None:
    """The address in DELEGATED-TO or SENT-BY."""
    if parameter is None:
        return None
    if isinstance(parameter, list):
        raise CalendarUnreadable("The calendar part names several people where one is meant.")
    return _address(parameter)


def _address(uri: object) -> str:
    try:
        return address_in(str(uri))
    except AddressNotSendable as error:
        raise CalendarUnreadable("The calendar part names somebody without an address.") from error


def _comment(event: Component) -> str:
    return lines("\n".join(str(each) for each in all_of(event, "COMMENT"))).strip()[:LONGEST]
