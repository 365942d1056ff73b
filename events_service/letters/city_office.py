"""Letters to the people who speak for a city: signing in, and who else speaks for it."""

from events_service.letters import dates
from events_service.letters.city_facts import CityContactsChangedFacts, CitySignInFacts
from events_service.letters.inert import inert
from events_service.letters.letter import Letter
from events_service.letters.links import city_home_url, city_office_url
from events_service.letters.rendering import write
from events_service.letters.salutation import salutation
from events_service.letters.sender import Sender
from events_service.translation import gettext as _


def city_sign_in(facts: CitySignInFacts, sender: Sender) -> Letter:
    shown = inert(facts)
    return write(
        "city_sign_in",
        sender,
        subject=_("Your link to the pages of %(cities)s", cities=dates.and_list(facts["cities"])),
        facts={
            **shown,
            "cities": dates.and_list(shown["cities"]),
            "url": city_home_url(facts["link"], sender),
        },
    )


def city_contacts_changed(facts: CityContactsChangedFacts, sender: Sender) -> Letter:
    shown = inert(facts)
    name = shown["contact"]["name"] if facts["to_contact"] else ""
    return write(
        "city_contacts_changed",
        sender,
        subject=_changed_subject(facts),
        facts={
            **shown,
            "dear": salutation(name, shown["city"]) if name else "",
            "url": city_office_url(sender),
        },
    )


def _changed_subject(facts: CityContactsChangedFacts) -> str:
    about = {"city": facts["city"], "name": facts["contact"]["name"]}
    if facts["reason"] == "added":
        return _("New contact of %(city)s: %(name)s", **about)
    if facts["reason"] == "removed":
        return _("Contact removed of %(city)s: %(name)s", **about)
    return _("Changed contact of %(city)s: %(name)s", **about)
