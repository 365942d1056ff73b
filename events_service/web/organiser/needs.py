"""What needs a person, as sentences that say what to do, each with a plain verb for its link."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TypedDict

from flask import url_for

from events_service.domain.reporting.wording import listed
from events_service.domain.scheduling.pending import why_returned
from events_service.itip.addresses import readable
from events_service.letters.dates import plain_day
from events_service.model import AccessRequest, Event, PendingChange
from events_service.queries.answers import Person
from events_service.queries.board import Board, Question
from events_service.queries.letters import LettersNeedingDecision
from events_service.queries.needs import EventNeeds
from events_service.translation import gettext as _
from events_service.translation import ngettext
from events_service.web.organiser.change_pages import to_outbox
from events_service.web.organiser.how_many import (
    and_more,
    cities_silent,
    delegations_waiting,
    letters_to_approve,
    letters_undelivered,
    mails_unmatched,
    people_declined,
    people_unanswered,
    replies_to_decide,
    reports_to_draft,
)

OPEN: tuple[Question, ...] = ("declined", "unanswered")
NAMED = 3  # cities that are named before the rest are counted


class Item(TypedDict):
    """`action` is the link's verb; an item without a link says whom it waits for."""

    what: str
    note: str
    href: str
    action: str


def items(needs: Iterable[EventNeeds], *, staff: bool) -> list[Item]:
    """For all events of an organiser. `staff`: whether /staff opens for the reader."""
    several = list(needs)
    reports = [one.event for one in several if one.report]
    found = [
        item
        for one in several
        for item in _items(replace(one, report=one.report and len(reports) == 1), staff, named=True)
    ]
    return [*found, *_reports(reports)]


def _reports(events: list[Event]) -> Iterable[Item]:
    """Several reports are one item, which begins with the event that ended last."""
    if len(events) > 1:
        newest = sorted(events, key=lambda event: event.ends_on, reverse=True)
        names = named_cities(tuple(f"{one.city.name} {one.starts_on.year}" for one in newest))
        href = f"/staff/events/{newest[0].id}/report"
        what = reports_to_draft(len(events))
        yield _item(what, names, href, _("Draft"))


def unmatched_item(waiting: int) -> list[Item]:
    """Mail that came in and that no event was found for; staff read it."""
    if not waiting:
        return []
    what = mails_unmatched(waiting)
    return [_item(what, _("Replies"), url_for("staff.replies"), _("Read"))]


def letters_item(waiting: LettersNeedingDecision) -> list[Item]:
    if not waiting.to_approve:
        return []
    what = letters_to_approve(waiting.to_approve)
    return [_item(what, _("Follow-up"), url_for("staff.letters"), _("Read"))]


def _items(needs: EventNeeds, staff: bool, *, named: bool) -> Iterable[Item]:
    event = needs.event
    where = f"{event.city.name} {event.starts_on.year}" if named else ""
    if needs.pending:
        yield _change(event, needs.pending, where)
    if needs.refused:
        what = _("A change did not leave")
        note = str(needs.refused.details["refused"])
        href = url_for("organiser.board", event_id=event.id)
        yield _item(what, _joined(where, note), href, _("Open"))
    if needs.replies:
        what = replies_to_decide(needs.replies)
        href = url_for("organiser.replies", event_id=event.id)
        yield _item(what, where, href, _("Decide"))
    if needs.decisions:
        what = ngettext(
            "One delegation awaits your decision",
            "%(num)s delegations await your decision",
            needs.decisions,
        )
        href = url_for("organiser.decisions", event_id=event.id)
        yield _item(what, where, href, _("Decide"))
    yield from _drafts(needs, where)
    for request in needs.requests:
        yield _request(event, request, where)
    yield from _silent(needs, where)
    yield from _held(needs, where, staff)
    if needs.report:
        note = _("Ended %(day)s", day=plain_day(event.ends_on))
        href = f"/staff/events/{event.id}/report"
        yield _item(_("The report is to be drafted"), _joined(where, note), href, _("Draft"))


def _silent(needs: EventNeeds, where: str) -> Iterable[Item]:
    if needs.silent:
        what = cities_silent(len(needs.silent))
        href = url_for("organiser.cities", event_id=needs.event.id)
        yield _item(what, _joined(where, named_cities(needs.silent)), href, _("Remind"))


def _held(needs: EventNeeds, where: str, staff: bool) -> Iterable[Item]:
    if needs.held:
        what = letters_undelivered(needs.held)
        if staff:
            yield _item(what, where, url_for("staff.letters"), _("Decide"))
        else:
            yield _item(what, _joined(where, _("The secretariat decides")), "", "")


def _drafts(needs: EventNeeds, where: str) -> Iterable[Item]:
    if needs.drafts:
        what = ngettext(
            "%(num)s letter waits in the outbox", "%(num)s letters wait in the outbox", needs.drafts
        )
        yield _item(what, where, to_outbox(needs.event.id), _("Read and release"))


def _change(event: Event, change: PendingChange, where: str) -> Item:
    if change.due_at is None:
        letters = change.details.get("letters")
        what = _("A change waits in the outbox")
        if isinstance(letters, int):
            what = ngettext(
                "A change waits in the outbox: %(num)s letter",
                "A change waits in the outbox: %(num)s letters",
                letters,
            )
        href = to_outbox(event.id)
        return _item(what, _joined(where, why_returned(change)), href, _("Read and release"))
    href = url_for("organiser.change", event_id=event.id, change_id=change.id)
    return _item(_leaving(change), where, href, _("Look or undo"))


def _leaving(change: PendingChange) -> str:
    words = {
        "cancel": _("A cancellation is about to leave"),
        "texts": _("A new programme is about to leave"),
        "calendars": _("A change of calendars is about to leave"),
    }
    doing = str(change.details.get("doing", change.kind))
    return words.get(doing, _("A move is about to leave"))


def _request(event: Event, request: AccessRequest, where: str) -> Item:
    href = url_for("organiser.request_page", event_id=event.id, request_id=request.id)
    asked_on = plain_day(request.asked_at.date())
    note = _("On %(day)s; we don’t know the address", day=asked_on)
    what = _("%(address)s asks to register", address=readable(request.address))
    return _item(what, _joined(where, note), href, _("Decide"))


def named_cities(names: tuple[str, ...]) -> str:
    """Boise, Columbus and Malmö · Boise, Columbus, Malmö and four more"""
    if len(names) <= NAMED + 1:
        return listed(names)
    return listed([*names[:NAMED], and_more(len(names) - NAMED)])


def _item(what: str, note: str, href: str, action: str) -> Item:
    return Item(what=what, note=note, href=href, action=action)


def _joined(*parts: str) -> str:
    return ": ".join(part for part in parts if part)


def board_items(
    event: Event, board: Board, needs: Iterable[EventNeeds], *, staff: bool
) -> list[Item]:
    """What needs a person at one event; a change that waits its minute has a place of its own."""
    found = [] if event.published_at or event.cancelled_at else [_draft(event)]
    for one in needs:
        found += _items(replace(one, pending=None), staff, named=False)
    return [*found, *_questions(event, board)]


def _draft(event: Event) -> Item:
    href = url_for("organiser.publish", event_id=event.id)
    return _item(_("The workshop is a draft"), _("Only organisers see it"), href, _("Publish"))


def _asks(person: Person, question: Question) -> bool:
    return person.silent if question == "unanswered" else person.answer == "DECLINED"


def _questions(event: Event, board: Board) -> Iterable[Item]:
    href = url_for("organiser.board", event_id=event.id, show="open")
    for question in OPEN:
        rows = [row for row in board.delegations if question in row.questions]
        people = sum(_asks(person, question) for row in rows for person in row.people)
        if people:
            names = named_cities(tuple(row.city for row in rows))
            if question == "unanswered":
                remind = url_for("organiser.nudge", event_id=event.id)
                yield _item(people_unanswered(people), names, remind, _("Remind"))
            else:
                yield _item(people_declined(people), names, href, _("Look"))
    waiting = [row for row in board.waiting if row.questions]
    if waiting:
        what = delegations_waiting(len(waiting))
        names = named_cities(tuple(row.city for row in waiting))
        more = url_for("organiser.edit_event", event_id=event.id)
        yield _item(what, names, more, _("Add places"))
