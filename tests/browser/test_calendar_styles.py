"""How a workshop fills calendars: an organiser chooses, a city ticks sessions, a person answers
each day, and a reworded programme is sent."""

import pytest

from events_service.model import Event
from events_service.tokens import token_for
from tests import office
from tests.browser import scenes
from tests.browser.post import PostOffice
from tests.browser.visitor import Visitor
from tests.browser.whole_service import WholeService
from tests.conftest import SECRET, TestClock

pytestmark = pytest.mark.browser


def with_a_city(service: WholeService, slug: str, title: str) -> tuple[int, str, str, str]:
    """An event to which a city comes; who organises it; another city's page, and a person's."""
    clock = TestClock(service.clock())
    with service.session() as db:
        event = scenes.workshop(db, slug, title)
        newark = office.registered(db, service.settings, clock, event, "Newark", "Mayor")
        silent = scenes.invited(db, event, "Cape Town")
        organiser = scenes.colleague(db, f"Organiser of {slug}", "organiser", event.series)
        [mayor] = office.people_of(newark)
        person = f"/a/{token_for(SECRET, 'answ', mayor.id)}"
        return event.id, organiser, scenes.city_page(silent), person


@pytest.mark.parametrize("screen", ["phone", "desktop"])
def test_calendars_from_the_choice_to_each_day(
    service: WholeService, post: PostOffice, visits, screen: str
) -> None:
    slug = f"filled-{screen}"
    number, address, city, person = with_a_city(service, slug, f"Filled on a {screen}")
    answers_each_day(visits(service, screen=screen), person)
    organiser: Visitor = visits(service, screen=screen)
    organiser.open(f"/organise/events/{number}/calendars")
    scenes.signs_in(organiser, post, address)
    organiser.open(f"/organise/events/{number}/calendars")
    organiser.sees("One entry a session", "All day, no time is taken")
    organiser.page.get_by_label("One entry a session").check()
    organiser.press("Save", within="main")
    organiser.sees("One person will be written to", "Working day 3")
    organiser.press("Put the change into the outbox")
    organiser.follow("Read and release")
    organiser.sees("The change of calendars waits in the outbox")
    organiser.press("Throw the change away")
    rewords_the_programme(organiser, number)
    with service.session() as db:
        db.get_one(Event, number).calendar_style = "each_session"
    ticks_sessions(visits(service, screen=screen), city)


def answers_each_day(person: Visitor, page: str) -> None:
    person.open(page)
    person.follow("Answer for each day")
    person.sees("Give one answer for all days")
    person.press("Save my answer")
    assert person.slips()
    for place in range(3):
        person.page.get_by_label("Yes, I will come").nth(place).check()
    person.press("Save my answer")
    person.sees("Your answer is recorded")


def ticks_sessions(city: Visitor, page: str) -> None:
    city.open(f"{page}/people")
    city.sees("Sessions on Monday 31 May 2027")
    for box in city.page.locator("input[name=people-0-sessions]").all():
        box.uncheck()
    city.press("Save and continue", within="main")
    assert "people-0-sessions" in [target for target, _ in city.slips()]


def rewords_the_programme(organiser: Visitor, number: int) -> None:
    organiser.open(f"/organise/events/{number}/agenda")
    organiser.page.locator("input[name=sessions-0-title]").fill("Opening: Who is missing?")
    organiser.press("Save the agenda")
    assert organiser.heading == "Send the new programme?"
    organiser.follow("Write to nobody")
    assert organiser.heading == "Who is coming"
