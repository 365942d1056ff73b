"""The link by which somebody of the network team signs in."""

from events_service.letters.facts import SignInFacts
from events_service.letters.inert import inert
from events_service.letters.letter import Letter
from events_service.letters.links import sign_in_url
from events_service.letters.rendering import write
from events_service.letters.sender import Sender
from events_service.translation import gettext as _


def sign_in(facts: SignInFacts, sender: Sender) -> Letter:
    return write(
        "sign_in",
        sender,
        subject=_("Your link to sign in to %(network)s", network=sender.network_name),
        facts={**inert(facts), "url": sign_in_url(facts["link"], sender)},
    )
