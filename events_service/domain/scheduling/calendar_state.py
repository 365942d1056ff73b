"""What public calendars (feeds) show of an event: when that changed, and how often its time did."""

from datetime import datetime

from events_service.model import Event


def calendars_change(event: Event, *, moved: bool, now: datetime) -> None:
    """Note a change of what calendars show. `moved`: of time or place, or that it is off, which
    calendars tell from a change of text by SEQUENCE (RFC 5546 §2.1.4)."""
    event.calendar_changed_at = now
    if moved:
        event.calendar_sequence += 1
