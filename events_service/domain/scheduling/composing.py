"""One change of an event laid over another that waits, so that people are told of both at once.
Pure."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from events_service.domain.scheduling.agenda import SessionPlan
from events_service.domain.scheduling.event_change import Move


def laid_over(stands: Move, waits: Move, wanted: Move) -> Move:
    """The move that `waits`, with the days and hours in which `wanted` differs from how the event
    `stands`. A session's day counts from the first day, since either may move all of them."""
    starts_on = waits.starts_on if wanted.starts_on == stands.starts_on else wanted.starts_on
    stood = {one.session_id: replace(one, fold=None) for one in stands.sessions}
    by = wanted.starts_on - stands.starts_on
    moved = {
        one.session_id: one
        for one in wanted.sessions
        if one.session_id in stood
        and replace(one, held_on=one.held_on - by, fold=None) != stood[one.session_id]
    }
    return replace(
        waits,
        starts_on=starts_on,
        sessions=tuple(_sessions(waits, wanted, moved, starts_on)),
    )


def _sessions(
    waits: Move, wanted: Move, moved: dict[int | None, SessionPlan], starts_on: date
) -> Iterable[SessionPlan]:
    for one in waits.sessions:
        newer = moved.get(one.session_id)
        if newer is None:
            by = starts_on - waits.starts_on
            yield one.moved(by) if by else one
        else:
            by = starts_on - wanted.starts_on
            times = newer.moved(by) if by else newer
            yield replace(times, title=one.title, note=one.note)
