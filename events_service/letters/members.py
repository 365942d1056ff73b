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
    MemberNudgeFacts,
    MemberUpdatedFacts,
)
from events_service.letters.happening import Happening, headline, run_in
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
    "session": "Session taken out",
    "replaced": "Entry replaced",
    "event": "Cancelled",
}
MemberLetterFacts = (
    MemberInvitedFacts | MemberNudgeFacts | MemberUpdatedFacts | MemberCancelledFacts
)


def member_invited(facts: MemberInvitedFacts, sender: Sender) -> Letter:
    replaced = inert(facts.get("in_place_of", ""))
    context = _context(facts, sender)
    context["in_place_of"] = salutation(replaced, context["city"])
    return _asking("member_invited", "Invitation", facts, context, sender)


def member_nudge(facts: MemberNudgeFacts, sender: Sender) -> Letter:
    return _asking("member_nudge", "Reminder", facts, _context(facts, sender), sender)


def _asking(
    name: str,
    word: str,
    facts: MemberInvitedFacts | MemberNudgeFacts,
    context: dict[str, Any],
    sender: Sender,
) -> Letter:
    run = context["run"]
    context["url"] = answer_url(facts["link"], sender)
    context["other_days"] = _days_beside(facts["days"], run)
    context["agenda"] = context["event"].agenda(run, facts["invitation"].get("chosen"))
    part = request_part(facts["event"], facts["member"], facts["invitation"], sender)
    return _send(name, word, facts, context, part, sender)


def member_updated(facts: MemberUpdatedFacts, sender: Sender) -> Letter:
    context = _context(facts, sender)
    event: Happening = context["event"]
    before = Happening(inert(facts["event_before"]), sender.public_url)
    run = context["run"]
    context["url"] = answer_url(facts["link"], sender)
    context["other_days"] = _days_beside(facts["days"], run)
    was = run_in(inert(facts["was"])) if "was" in facts else before.run_on(facts["days_before"])
    changes = _changes(event, before, run, was)
    changed = {label for label, _, _ in changes}
    rows = [("Session", context["session"]), ("When", context["when"]), ("Where", event.where)]
    context["changes"] = changes
    context["unchanged"] = [row for row in rows if row[0] not in changed]
    context["own_days"] = dates.days_list(run.days)
    context["asked_anew"] = facts["invitation"]["partstat"] == "NEEDS-ACTION"
    context["moved"] = not run.same_time(was)
    context["agenda"] = event.agenda(run, facts["invitation"].get("chosen"))
    part = request_part(facts["event"], facts["member"], facts["invitation"], sender)
    return _send("member_updated", "Changed", facts, context, part, sender)


def member_cancelled(facts: MemberCancelledFacts, sender: Sender) -> Letter:
    whole, context = facts["reason"] == "event", _context(facts, sender)
    fewer_sessions = facts["reason"] == "days" and context["session"]
    word = "Fewer sessions" if fewer_sessions else CANCELLED[facts["reason"]]
    part = cancel_part(
        facts["event"], facts["member"], facts["invitation"], sender, whole_event=whole
    )
    return _send("member_cancelled", word, facts, context, part, sender)


def _send(
    name: str,
    word: str,
    facts: MemberLetterFacts,
    context: dict[str, Any],
    part: CalendarPart,
    sender: Sender,
) -> Letter:
    run = facts["invitation"].get("run")
    session = run["title"] if run else ""
    return write(
        name,
        sender,
        subject=f"{word}: {headline(facts['event'], context['run'].days, session)}",
        facts=context,
        calendar=part,
        from_address=organizer_address(facts["invitation"], sender),
    )


def _context(facts: MemberLetterFacts, sender: Sender) -> dict[str, Any]:
    shown = inert(facts)
    event = Happening(shown["event"], sender.public_url)
    run = event.run(shown["invitation"])
    return {
        **shown,
        "event": event,
        "dear": salutation(shown["member"]["name"], shown["city"]),
        "run": run,
        "session": _session(run),
        "when": event.when_of(run),
        "dates": dates.date_range(run.days[0], run.days[-1]),
    }


def _session(run: Run) -> list[str]:
    return [run.title] if run.title else []


def _changes(
    event: Happening, before: Happening, run: Run, was: Run
) -> list[tuple[str, list[str], list[str]]]:
    """What differs in this entry: a label, the lines now, the lines before."""
    pairs = [
        ("Title", [event.title], [before.title]),
        ("Session", _session(run), _session(was)),
        ("When", event.when_of(run), before.when_of(was)),
        ("Where", event.where, before.where),
    ]
    return [(label, now, then) for label, now, then in pairs if now != then]


def _days(written: Iterable[str]) -> list[date]:
    return [date.fromisoformat(day) for day in written]


def _days_beside(all_days: Iterable[str], run: Run) -> str:
    """The person's days that other letters carry, in words."""
    return dates.days_list(day for day in _days(all_days) if day not in run.days)
