"""Every letter the service writes, by name: plain facts in, a rendered Letter out.

`LETTERS[name](facts, sender)` is pure, so it serves the worker, a preview and the tests alike.
"""

from collections.abc import Callable
from typing import Any

from events_service.letters.cities import (
    city_invited,
    event_cancelled_city,
    registration_link,
    registration_unknown,
)
from events_service.letters.city_answers import city_declined, city_reminder
from events_service.letters.city_office import city_contacts_changed, city_sign_in
from events_service.letters.decisions import (
    delegation_approved,
    delegation_offer_ended,
    delegation_offered,
    delegation_submitted,
    delegation_turned_down,
)
from events_service.letters.delegations import (
    delegation_confirmed,
    delegation_moved,
    delegation_promoted,
    delegation_waitlisted,
    delegation_withdrawn,
    waiting_ended,
)
from events_service.letters.details import member_details
from events_service.letters.facts import LetterName
from events_service.letters.letter import Letter
from events_service.letters.members import (
    member_cancelled,
    member_invited,
    member_nudge,
    member_updated,
)
from events_service.letters.proposals import proposal_declined
from events_service.letters.sender import Sender
from events_service.letters.sign_in import sign_in
from events_service.letters.spotlights import (
    spotlight_check_in,
    spotlight_draft,
    spotlight_invite,
    spotlight_publish,
    spotlight_sign_off,
)
from events_service.letters.trial import LetterTestFacts, test_of

LETTERS: dict[str, Callable[[Any, Sender], Letter]] = {
    each.__name__: each
    for each in (
        sign_in,
        city_invited,
        registration_link,
        registration_unknown,
        city_declined,
        city_reminder,
        city_sign_in,
        city_contacts_changed,
        delegation_confirmed,
        delegation_submitted,
        delegation_approved,
        delegation_turned_down,
        delegation_waitlisted,
        delegation_offered,
        delegation_offer_ended,
        waiting_ended,
        delegation_moved,
        delegation_promoted,
        delegation_withdrawn,
        member_details,
        member_invited,
        member_nudge,
        member_updated,
        member_cancelled,
        proposal_declined,
        event_cancelled_city,
        spotlight_invite,
        spotlight_draft,
        spotlight_sign_off,
        spotlight_publish,
        spotlight_check_in,
    )
}


def letter_test(facts: LetterTestFacts, sender: Sender) -> Letter:
    """Any of the letters, to whoever reads it before its release."""
    return test_of(LETTERS[facts["letter"]], facts, sender)


LETTERS["letter_test"] = letter_test

__all__ = ["LETTERS", "Letter", "LetterName", "Sender"]
