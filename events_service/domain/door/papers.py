"""Who stands on an event's papers. On what is handed out, only as each person agreed; badges, name
plates and signatures are for the person themselves and the desk."""

from collections.abc import Iterable, Mapping

from events_service.alphabet import alphabetical
from events_service.documents.papers import Happening, Person
from events_service.domain.registration.form import days_of
from events_service.itip.cleaning import one_line
from events_service.letters.dates import date_range, day
from events_service.model import Event, Member
from events_service.model.particulars import Attribution
from events_service.translation import gettext as _


def happening(event: Event) -> Happening:
    return Happening(
        event.city.name,
        date_range(event.starts_on, event.ends_on),
        {one: day(one) for one in days_of(event)},
    )


def on_paper(members: Iterable[Member]) -> list[Person]:
    """Name, role and city, city by city, the head of each delegation first."""
    people = [
        (
            alphabetical(one.delegation.city.name),
            one.position,
            Person(
                one_line(one.name),
                one_line(one.role),
                one_line(one.delegation.city.name),
                tuple(one.days),
            ),
        )
        for one in members
    ]
    return [person for *_, person in sorted(people, key=lambda each: each[:2])]


def participants(members: Iterable[Member], said: Mapping[int, Attribution]) -> list[Person]:
    """Those who agreed to be named (`said`, by number of the member), and in one line the cities
    of which others come. Who has not said it is not named; who comes under the Chatham House Rule
    leaves no trace."""
    every = list(members)
    named = [one for one in every if said.get(one.id) == "name"]
    cities = {one.delegation.city.name for one in every if said.get(one.id) != "chatham_house"}
    cities -= {one.delegation.city.name for one in named}
    of_cities = [
        Person(_("City of %(city)s", city=one_line(name)), "", one_line(name), stands_for_city=True)
        for name in cities
    ]
    return sorted([*on_paper(named), *of_cities], key=lambda one: alphabetical(one.home))
