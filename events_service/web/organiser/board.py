"""Who is coming to an event, and what needs a person there."""

from collections.abc import Sequence
from datetime import datetime

from flask import render_template, request, url_for
from werkzeug.wrappers import Response

from events_service.db import transaction
from events_service.domain.scheduling.pending import open_change
from events_service.model import Event
from events_service.queries.board import Board, CityRow, board_of
from events_service.queries.needs import needs_of
from events_service.queries.pulse import pulse_of
from events_service.queries.standing import standing
from events_service.translation import gettext as _
from events_service.translation import ngettext
from events_service.web.access import access, event_for, me
from events_service.web.context import now
from events_service.web.organiser import pages
from events_service.web.organiser.changes import leaves_at, seconds_left
from events_service.web.organiser.needs import board_items

Section = tuple[str, Sequence[CityRow]]  # heading and rows


@pages.get("/events/<int:event_id>")
@access("organiser")
def board(event_id: int) -> str | Response:
    """`?show=` open, unanswered, waiting or withdrawn: only those rows. `?seen=`: the state that
    the reader has before them; nothing comes back as long as it is the present one."""
    moment, account = now(), me()
    show = request.args.get("show", "all")
    with transaction() as db:
        event = event_for(db, account, event_id)
        pulse = pulse_of(db, event.id)
        if request.args.get("seen") == pulse:
            return Response(status=204)
        found = board_of(db, event, now=moment)
        needs = needs_of(db, [event], now=moment)
        pending = open_change(db, event.id)
        here = url_for("organiser.board", event_id=event.id, show=show if show != "all" else None)
        return render_template(
            "organiser/board.html",
            event=event,
            board=found,
            show=show,
            sections=_sections(found, show),
            standing=standing(event, moment),
            today=board_items(event, found, needs, staff=account.role != "organiser"),
            pending=pending,
            seconds=seconds_left(pending) if pending else 0,
            leaves=leaves_at(pending, event) if pending else "",
            closes_in=_days_until(event, moment),
            here=here,
            news=url_for("organiser.board", event_id=event.id, show=show, seen=pulse),
        )


def _sections(board: Board, show: str) -> list[Section]:
    many = len(board.delegations)
    first_heading = _("No delegations")
    if many:
        first_heading = ngettext("One delegation", "%(num)s delegations", many)
    every: dict[str, list[Section]] = {
        "open": [(_("Open questions"), board.open)],
        "unanswered": [(_("Not answered"), board.unanswered)],
        "waiting": [(_("Waiting list"), board.waiting)],
        "withdrawn": [(_("Withdrawn"), board.withdrawn)],
        "all": [
            (first_heading, board.delegations),
            (_("Awaits your decision"), board.submitted),
            (_("Waiting list"), board.waiting),
            (_("Asked, not registered"), board.silent),
            (_("Not yet invited"), board.not_invited),
            (_("Can’t come"), board.declined),
            (_("Turned down"), board.turned_down),
            (_("Withdrawn"), board.withdrawn),
        ],
    }
    first, *others = every.get(show, every["all"])
    found = [section for section in others if section[1]]
    return found if found and _begins_later(board) else [first, *found]


def _begins_later(board: Board) -> bool:
    """No delegation is confirmed, but cities have registered: the board has no empty list then."""
    registered = board.submitted or board.waiting or board.turned_down or board.withdrawn
    return bool(registered) and not board.delegations


def _days_until(event: Event, moment: datetime) -> int:
    """Days until registration closes, on the calendars of the host city; below 0: ago."""
    closes = event.registration_closes_at.astimezone(event.zone).date()
    return (closes - moment.astimezone(event.zone).date()).days
