"""Letters about a delegation, to whoever registered it (and, when it waits, to each member)."""

from dataclasses import replace
from typing import Any

from events_service.letters.cities import with_days
from events_service.letters.facts import (
    DelegationConfirmedFacts,
    DelegationFacts,
    DelegationMovedFacts,
    DelegationWaitlistedFacts,
    WaitingEndedFacts,
)
from events_service.letters.happening import Happening, happening, headline
from events_service.letters.inert import inert
from events_service.letters.letter import Letter
from events_service.letters.links import city_url
from events_service.letters.rendering import write
from events_service.letters.salutation import salutation
from events_service.letters.sender import Sender
from events_service.translation import gettext as _


def delegation_confirmed(facts: DelegationConfirmedFacts, sender: Sender) -> Letter:
    """A receipt: who was named, and where to change it."""
    about = _city_and_event(facts)
    return write(
        "delegation_confirmed",
        sender,
        subject=_("Changed: %(city)s in %(event)s", **about)
        if facts["changed"]
        else _("Confirmed: %(city)s in %(event)s", **about),
        facts=_context(facts, sender),
    )


def delegation_waitlisted(facts: DelegationWaitlistedFacts, sender: Sender) -> Letter:
    member = facts["to_member"]
    subject = _("Waiting list: %(city)s for %(event)s", **_city_and_event(facts))
    context = _context(facts, sender)
    if member is None:
        return write("delegation_waitlisted", sender, subject=subject, facts=context)
    dear = salutation(context["to_member"]["name"], context["city"])
    return write(
        "member_waitlisted", sender, subject=subject, facts={**context, "dear": dear, "url": None}
    )


def delegation_moved(facts: DelegationMovedFacts, sender: Sender) -> Letter:
    """The event has other days or another place; people with a calendar entry have their own."""
    context, member = _context(facts, sender), facts["to_member"]
    event: Happening = context["event"]
    before = replace(event, facts=context["event_before"])
    pairs = [(_("When"), event.when, before.when), (_("Where"), event.where, before.where)]
    name = context["to_member"]["name"] if member else ""
    return write(
        "delegation_moved",
        sender,
        subject=_("Changed: %(event)s", event=headline(facts["event"])),
        facts={
            **context,
            "dear": salutation(name, context["city"]) if member else "",
            "changes": [(label, now, then) for label, now, then in pairs if now != then],
            "unchanged": [(label, now) for label, now, then in pairs if now == then],
            "url": None if member else context["url"],
        },
    )


def waiting_ended(facts: WaitingEndedFacts, sender: Sender) -> Letter:
    """To a person who waited with their delegation and no longer does."""
    shown = inert(facts)
    title = headline(facts["event"])
    return write(
        "waiting_ended",
        sender,
        subject=_("Cancelled: %(event)s", event=title)
        if facts["reason"] == "event"
        else _("Waiting list ended: %(event)s", event=title),
        facts={
            **shown,
            "event": happening(shown, sender.public_url),
            "dear": salutation(shown["member"]["name"], shown["city"]),
        },
    )


def delegation_promoted(facts: DelegationFacts, sender: Sender) -> Letter:
    return write(
        "delegation_promoted",
        sender,
        subject=_("Places confirmed: %(city)s in %(event)s", **_city_and_event(facts)),
        facts=_context(facts, sender),
    )


def delegation_withdrawn(facts: DelegationFacts, sender: Sender) -> Letter:
    return write(
        "delegation_withdrawn",
        sender,
        subject=_("Withdrawn: %(city)s in %(event)s", **_city_and_event(facts)),
        facts=_context(facts, sender),
    )


def _city_and_event(facts: DelegationFacts) -> dict[str, str]:
    """As subjects name them."""
    return {"city": facts["city"], "event": headline(facts["event"])}


def _context(facts: DelegationFacts, sender: Sender) -> dict[str, Any]:
    shown = inert(facts)
    event = happening(shown, sender.public_url)
    return {
        **shown,
        "event": event,
        "members": with_days(shown["members"]),
        "until": event.until(facts["closes_at"]),
        "url": city_url(facts["link"], sender),
    }
