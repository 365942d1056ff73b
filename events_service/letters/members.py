"""Letters to a member of a delegation, each with the calendar object it is about."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from events_service.itip.days import Run
from events_service.letters import dates
from events_service.letters.calendar import cancel_part, organizer_address, request_part
from events_service.letters.happening import Happening, happening, headline, run_in
from events_service.letters.inert import inert
from events_service.letters.letter import CalendarPart, Letter
from events_service.letters.links import answer_url
from events_service.letters.member_facts import (
    MemberCancelledFacts,
    MemberInvitedFacts,
    MemberNudgeFacts,
    MemberUpdatedFacts,
)
from events_service.letters.rendering import write
from events_service.letters.salutation import salutation
from events_service.letters.sender import Sender
from events_service.translation import gettext as _

MemberLetterFacts = (
    MemberInvitedFacts | MemberNudgeFacts | MemberUpdatedFacts | MemberCancelledFacts
)


def member_invited(facts: MemberInvitedFacts, sender: Sender) -> Letter:
    replaced = inert(facts.get("in_place_of", ""))
    context = _context(facts, sender)
    context["in_place_of"] = salutation(replaced, context["city"])
    subject = _("Invitation: %(event)s", event=_headline(facts, context))
    return _asking("member_invited", subject, facts, context, sender)


def member_nudge(facts: MemberNudgeFacts, sender: Sender) -> Letter:
    context = _context(facts, sender)
    subject = _("Reminder: %(event)s", event=_headline(facts, context))
    return _asking("member_nudge", subject, facts, context, sender)


def _asking(
    name: str,
    subject: str,
    facts: MemberInvitedFacts | MemberNudgeFacts,
    context: dict[str, Any],
    sender: Sender,
) -> Letter:
    run = context["run"]
    context["url"] = answer_url(facts["link"], sender)
    context["other_days"] = _days_beside(facts["days"], run)
    context["agenda"] = context["event"].agenda(run, facts["invitation"].get("chosen"))
    part = request_part(facts["event"], facts["member"], facts["invitation"], sender)
    return _send(name, subject, facts, context, part, sender)


def member_updated(facts: MemberUpdatedFacts, sender: Sender) -> Letter:
    context = _context(facts, sender)
    event: Happening = context["event"]
    before = replace(event, facts=context["event_before"])
    run = context["run"]
    context["url"] = answer_url(facts["link"], sender)
    context["other_days"] = _days_beside(facts["days"], run)
    was = run_in(inert(facts["was"])) if "was" in facts else before.run_on(facts["days_before"])
    changes = _changes(event, before, run, was)
    changed = {label for label, _, _ in changes}
    rows = [
        (_("Session"), context["session"]),
        (_("When"), context["when"]),
        (_("Where"), event.where),
    ]
    context["changes"] = changes
    context["unchanged"] = [row for row in rows if row[0] not in changed]
    context["own_days"] = dates.days_list(run.days)
    context["asked_anew"] = facts["invitation"]["partstat"] == "NEEDS-ACTION"
    context["moved"] = not run.same_time(was)
    context["agenda"] = event.agenda(run, facts["invitation"].get("chosen"))
    part = request_part(facts["event"], facts["member"], facts["invitation"], sender)
    subject = _("Changed: %(event)s", event=_headline(facts, context))
    return _send("member_updated", subject, facts, context, part, sender)


def member_cancelled(facts: MemberCancelledFacts, sender: Sender) -> Letter:
    whole, context = facts["reason"] == "event", _context(facts, sender)
    part = cancel_part(
        facts["event"], facts["member"], facts["invitation"], sender, whole_event=whole
    )
    return _send("member_cancelled", _taken_out(facts, context), facts, context, part, sender)


def _taken_out(facts: MemberCancelledFacts, context: dict[str, Any]) -> str:
    """The subject of a cancellation."""
    event = _headline(facts, context)
    subjects = {
        "withdrawn": _("Withdrawn: %(event)s", event=event),
        "removed": _("Withdrawn: %(event)s", event=event),
        "days": _("Fewer sessions: %(event)s", event=event)
        if context["session"]
        else _("Fewer days: %(event)s", event=event),
        "session": _("Session taken out: %(event)s", event=event),
        "replaced": _("Entry replaced: %(event)s", event=event),
        "event": _("Cancelled: %(event)s", event=event),
        "too_early": _("Withdrawn: %(event)s", event=event),
    }
    return subjects[facts["reason"]]


def _headline(facts: MemberLetterFacts, context: dict[str, Any]) -> str:
    """What the entry is about, for a subject."""
    run = facts["invitation"].get("run")
    return headline(facts["event"], context["run"].days, run["title"] if run else "")


def _send(
    name: str,
    subject: str,
    facts: MemberLetterFacts,
    context: dict[str, Any],
    part: CalendarPart,
    sender: Sender,
) -> Letter:
    return write(
        name,
        sender,
        subject=subject,
        facts=context,
        calendar=part,
        from_address=organizer_address(facts["invitation"], sender),
    )


def _context(facts: MemberLetterFacts, sender: Sender) -> dict[str, Any]:
    shown = inert(facts)
    event = happening(shown, sender.public_url)
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
        (_("Title"), [event.title], [before.title]),
        (_("Session"), _session(run), _session(was)),
        (_("When"), event.when_of(run), before.when_of(was)),
        (_("Where"), event.where, before.where),
    ]
    return [(label, now, then) for label, now, then in pairs if now != then]


def _days(written: Iterable[str]) -> list[date]:
    return [date.fromisoformat(day) for day in written]


def _days_beside(all_days: Iterable[str], run: Run) -> str:
    """The person's days that other letters carry, in words."""
    return dates.days_list(day for day in _days(all_days) if day not in run.days)
