"""Letters to a member of a delegation, each with the calendar object it is about."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from events_service.itip.days import Run
from events_service.letters import dates
from events_service.letters.calendar import cancel_part, organizer_address, request_part
from events_service.letters.facts import (
    MemberCancelledFacts,
    MemberInvitedFacts,
    MemberUpdatedFacts,
)
from events_service.letters.happening import Happening, headline
from events_service.letters.inert import inert
from events_service.letters.letter import CalendarPart, Letter
from events_service.letters.links import answer_url
from events_service.letters.rendering import write
from events_service.letters.salutation import salutation
from events_service.letters.sender import Sender

CANCELLED = {
    "withdrawn": "Withdrawn",
    "removed": "Withdrawn",
    "days": "Fewer days",
    "event": "Cancelled",
}
MemberLetterFacts = MemberInvitedFacts | MemberUpdatedFacts | MemberCancelledFacts


def member_invited(facts: MemberInvitedFacts, sender: Sender) -> Letter:
    context = _context(facts, sender)
    run = context["run"]
    context["url"] = answer_url(facts["link"], sender)
    context["other_days"] = _days_beside(facts["days"], run)
    context["agenda"] = context["event"].agenda(run.days)
    part = request_part(facts["event"], facts["member"], facts["invitation"], sender)
    return _send("member_invited", "Invitation", facts, context, part, sender)


def member_updated(facts: MemberUpdatedFacts, sender: Sender) -> Letter:
    context = _context(facts, sender)
    event: Happening = context["event"]
    before = Happening(inert(facts["event_before"]), sender.public_url)
    run = context["run"]
    context["url"] = answer_url(facts["link"], sender)
    context["other_days"] = _days_beside(facts["days"], run)
    changes = _changes(event, before, _days(facts["days"]), _days(facts["days_before"]))
    changed = {label for label, _, _ in changes}
    rows = [("When", context["when"]), ("Where", event.where)]
    context["changes"] = changes
    context["unchanged"] = [row for row in rows if row[0] not in changed]
    context["own_days"] = dates.days_list(run.days)
    context["asked_anew"] = facts["invitation"]["partstat"] == "NEEDS-ACTION"
    context["agenda"] = event.agenda(run.days)
    part = request_part(facts["event"], facts["member"], facts["invitation"], sender)
    return _send("member_updated", "Changed", facts, context, part, sender)


def member_cancelled(facts: MemberCancelledFacts, sender: Sender) -> Letter:
    whole = facts["reason"] == "event"
    part = cancel_part(
        facts["event"], facts["member"], facts["invitation"], sender, whole_event=whole
    )
    return _send(
        "member_cancelled", CANCELLED[facts["reason"]], facts, _context(facts, sender), part, sender
    )


def _send(
    name: str,
    word: str,
    facts: MemberLetterFacts,
    context: dict[str, Any],
    part: CalendarPart,
    sender: Sender,
) -> Letter:
    return write(
        name,
        sender,
        subject=f"{word}: {headline(facts['event'], context['run'].days)}",
        facts=context,
        calendar=part,
        from_address=organizer_address(facts["invitation"], sender),
    )


def _context(facts: MemberLetterFacts, sender: Sender) -> dict[str, Any]:
    shown = inert(facts)
    event = Happening(shown["event"], sender.public_url)
    run = event.run(_days(facts["invitation"]["days"]))
    return {
        **shown,
        "event": event,
        "dear": salutation(shown["member"]["name"], shown["city"]),
        "run": run,
        "when": event.when_of(run),
        "dates": dates.date_range(run.days[0], run.days[-1]),
    }


def _changes(
    event: Happening, before: Happening, days: list[date], days_before: list[date]
) -> list[tuple[str, list[str], list[str]]]:
    """What differs for this person: a label, the lines now, the lines before."""
    pairs = [
        ("Title", [event.title], [before.title]),
        ("When", _all_when(event, days), _all_when(before, days_before)),
        ("Where", event.where, before.where),
    ]
    return [(label, now, then) for label, now, then in pairs if now != then]


def _all_when(event: Happening, days: list[date]) -> list[str]:
    return [line for run in event.attended(days) for line in event.when_of(run)]


def _days(written: Iterable[str]) -> list[date]:
    return [date.fromisoformat(day) for day in written]


def _days_beside(all_days: Iterable[str], run: Run) -> str:
    """The person's days that other letters carry, in words."""
    return dates.days_list(day for day in _days(all_days) if day not in run.days)
