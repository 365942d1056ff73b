"""Letters to the city behind a practice. Each is approved by a person before it leaves."""

from datetime import date

from events_service.letters import dates
from events_service.letters.happening import Happening
from events_service.letters.inert import inert
from events_service.letters.letter import Letter
from events_service.letters.links import practice_url
from events_service.letters.rendering import write
from events_service.letters.salutation import salutation
from events_service.letters.sender import Sender
from events_service.letters.spotlight_facts import SpotlightFacts
from events_service.translation import gettext as _


def spotlight_invite(facts: SpotlightFacts, sender: Sender) -> Letter:
    subject = _("May we tell others what %(city)s does?", city=facts["city"])
    return _send("spotlight_invite", subject, facts, sender)


def spotlight_draft(facts: SpotlightFacts, sender: Sender) -> Letter:
    subject = _("For your comments: %(practice)s", practice=facts["practice"]["title"])
    return _send("spotlight_draft", subject, facts, sender)


def spotlight_sign_off(facts: SpotlightFacts, sender: Sender) -> Letter:
    subject = _("For your approval: %(practice)s", practice=facts["practice"]["title"])
    return _send("spotlight_sign_off", subject, facts, sender)


def spotlight_publish(facts: SpotlightFacts, sender: Sender) -> Letter:
    subject = _("Published: %(practice)s", practice=facts["practice"]["title"])
    return _send("spotlight_publish", subject, facts, sender)


def spotlight_check_in(facts: SpotlightFacts, sender: Sender) -> Letter:
    subject = _("What has become of %(practice)s?", practice=facts["practice"]["title"])
    return _send("spotlight_check_in", subject, facts, sender)


def _send(name: str, subject: str, facts: SpotlightFacts, sender: Sender) -> Letter:
    """Replies go to the person in the network team who owns the step."""
    shown = inert(facts)
    return write(
        name,
        sender,
        subject=subject,
        facts={
            **shown,
            "event": Happening(shown["event"], sender.public_url),
            "dear": salutation(shown["contact"]["name"], shown["city"]),
            "answer_by": dates.day(date.fromisoformat(facts["answer_by"])),
            "url": practice_url(facts["practice"]["slug"], sender),
        },
        reply_to=facts["owner"]["address"],
    )
