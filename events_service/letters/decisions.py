"""Letters about what an organiser decides, to whoever registered the delegation."""

from typing import Any

from events_service.letters.cities import with_days
from events_service.letters.decision_facts import (
    DelegationOfferedFacts,
    DelegationSubmittedFacts,
    DelegationTurnedDownFacts,
)
from events_service.letters.facts import DelegationFacts
from events_service.letters.happening import happening, headline
from events_service.letters.inert import inert
from events_service.letters.letter import Letter
from events_service.letters.links import city_url
from events_service.letters.rendering import write
from events_service.letters.sender import Sender
from events_service.translation import gettext as _


def delegation_submitted(facts: DelegationSubmittedFacts, sender: Sender) -> Letter:
    """A receipt: the list has come in, and nobody has been promised anything."""
    subject = _(
        "Received: %(city)s for %(event)s", city=facts["city"], event=headline(facts["event"])
    )
    return _written("delegation_submitted", subject, facts, sender)


def delegation_approved(facts: DelegationFacts, sender: Sender) -> Letter:
    subject = _(
        "Places confirmed: %(city)s in %(event)s",
        city=facts["city"],
        event=headline(facts["event"]),
    )
    return _written("delegation_approved", subject, facts, sender)


def delegation_turned_down(facts: DelegationTurnedDownFacts, sender: Sender) -> Letter:
    subject = _(
        "No places: %(city)s for %(event)s", city=facts["city"], event=headline(facts["event"])
    )
    if facts["confirmed"]:
        subject = _(
            "No more places: %(city)s for %(event)s",
            city=facts["city"],
            event=headline(facts["event"]),
        )
    return _written("delegation_turned_down", subject, facts, sender)


def delegation_offered(facts: DelegationOfferedFacts, sender: Sender) -> Letter:
    """Some places until a day and an hour, on the clocks of the host and of the city."""
    subject = _(
        "Part of your places: %(city)s for %(event)s",
        city=facts["city"],
        event=headline(facts["event"]),
    )
    return _written("delegation_offered", subject, facts, sender, answer_by=_answer_by(facts))


def delegation_offer_ended(facts: DelegationOfferedFacts, sender: Sender) -> Letter:
    subject = _(
        "The offer has ended: %(city)s for %(event)s",
        city=facts["city"],
        event=headline(facts["event"]),
    )
    return _written("delegation_offer_ended", subject, facts, sender, answer_by=_answer_by(facts))


def _answer_by(facts: DelegationOfferedFacts) -> list[str]:
    return happening(inert(facts), "").until_lines(facts["offer_ends_at"])


def _written(
    template: str, subject: str, facts: DelegationFacts, sender: Sender, **more: Any
) -> Letter:
    shown = inert(facts)
    event = happening(shown, sender.public_url)
    context = {
        **shown,
        "words": shown.get("words", ""),
        "event": event,
        "members": with_days(shown["members"]),
        "until": event.until(facts["closes_at"]),
        "url": city_url(facts["link"], sender),
        **more,
    }
    return write(template, sender, subject=subject, facts=context)
