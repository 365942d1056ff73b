"""The letter to somebody who was named: what they are asked about themselves, and why."""

from datetime import date
from typing import NotRequired, TypedDict

from events_service.letters import dates
from events_service.letters.facts import EventFacts, LinkFacts, PersonFacts
from events_service.letters.happening import happening, headline
from events_service.letters.inert import inert
from events_service.letters.letter import Letter
from events_service.letters.links import details_url
from events_service.letters.rendering import write
from events_service.letters.salutation import salutation
from events_service.letters.sender import Sender
from events_service.translation import gettext as _
from events_service.translation import said


class AskedFacts(TypedDict):
    label: str
    purpose: str


class MemberDetailsFacts(TypedDict):
    event: EventFacts
    city: str
    city_timezone: NotRequired[str]  # absent in facts that an earlier release took
    member: PersonFacts
    named_by: str  # address of whoever registers the delegation
    asked: list[AskedFacts]
    until: str  # day, the last on which the link opens
    link: LinkFacts  # self


def member_details(facts: MemberDetailsFacts, sender: Sender) -> Letter:
    shown = inert(facts)
    asked = [(said(one["label"]), said(one["purpose"])) for one in facts["asked"]]
    return write(
        "member_details",
        sender,
        subject=_("Your details for %(event)s", event=headline(facts["event"])),
        facts={
            **shown,
            "event": happening(shown, sender.public_url),
            "dear": salutation(shown["member"]["name"], shown["city"]),
            "asked": [(inert(label), inert(purpose)) for label, purpose in asked],
            "until": dates.day(date.fromisoformat(facts["until"])),
            "url": details_url(facts["link"], sender),
        },
    )
