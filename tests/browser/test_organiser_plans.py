"""From nothing to invited cities: an organiser signs in, plans, publishes and asks."""

from datetime import date

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from events_service.model import Account, Series
from tests.browser import scenes
from tests.browser.post import PostOffice
from tests.browser.visitor import Visitor
from tests.browser.whole_service import WholeService

pytestmark = pytest.mark.browser

FIRST_ROW = "#day-{day} fieldset >> nth=0"
EASTER_2024 = date(2024, 3, 31)
FORWARD, BACK = "2027-03-28", "2027-10-31"  # when the clocks of Bratislava change


def start_a_series(visitor: Visitor, title: str) -> None:
    visitor.follow("Start a series")
    visitor.press("Start the series")
    assert visitor.slips() == [("title", "Enter what the series is called")]
    visitor.write("Title", title)
    visitor.write("In two or three sentences (optional)", "Cities compare what they do.")
    visitor.press("Start the series")
    visitor.sees("The series is there. Add its first workshop.", "No workshops yet")


def plan_a_workshop(visitor: Visitor, title: str, day: str) -> None:
    visitor.follow("Add a workshop")
    visitor.press("Save the draft")
    missing = [target for target, _ in visitor.slips()]
    assert {"city", "starts_on", "ends_on", "closes_on"} <= set(missing)
    visitor.write("Title", title)
    visitor.write("In two or three sentences", "A night in which an hour comes or goes.")
    visitor.choose("Host city", "Bratislava")
    visitor.write("Venue", "Old Town Hall")
    visitor.write("First day", day)
    visitor.write("Last day", day)
    visitor.write("Registration closes on", "2027-02-26")
    visitor.press("Save the draft")
    visitor.sees("The workshop is planned as a draft. Set its agenda next.")


def write_session(visitor: Visitor, day: str, starts: str, ends: str, title: str) -> None:
    row = FIRST_ROW.format(day=day)
    visitor.write("Starts", starts, within=row)
    visitor.write("Ends", ends, within=row)
    visitor.write("Session", title, within=row)
    visitor.press("Save the agenda")


def a_time_that_does_not_exist(visitor: Visitor) -> None:
    visitor.sees("Sunday 28 March 2027 is Easter Sunday")
    write_session(visitor, FORWARD, "02:30", "half past", "")
    assert [target for target, _ in visitor.slips()] == ["sessions-0-ends"]
    write_session(visitor, FORWARD, "02:30", "05:00", "Night watch")
    assert visitor.slips() == [
        (
            "sessions-0-starts",
            "02:30 on 28 March 2027 does not exist in Europe/Bratislava: clocks go forward over "
            "it. Choose 01:30 or 03:30",
        )
    ]
    write_session(visitor, FORWARD, "03:30", "05:00", "Night watch")
    visitor.sees("The agenda is saved.")


def a_time_that_comes_twice(visitor: Visitor) -> None:
    write_session(visitor, BACK, "02:30", "05:00", "Night watch")
    [(target, said)] = visitor.slips()
    assert (target, said.startswith("02:30 on 31 October 2027 comes twice")) == (
        "sessions-0-fold",
        True,
    )
    visitor.tick("The second, UTC+1")
    visitor.press("Save the agenda")
    visitor.sees("The agenda is saved.")
    visitor.follow("Agenda", within="main")
    expect(visitor.field("The second, UTC+1")).to_be_checked()


def publish_it(visitor: Visitor) -> None:
    visitor.follow("Publish", within=".ws-board-do")
    visitor.sees("Publish this workshop?", "Nobody is written to until you invite cities")
    visitor.press("Publish")
    visitor.sees("The workshop is published and takes registrations", "Nobody has been asked yet")


def invite_two_cities(visitor: Visitor, service: WholeService, slug: str) -> None:
    visitor.follow("Invite cities")
    visitor.press("Read the letter")
    visitor.sees("Choose at least one city")
    for city in ("Newark", "Boise"):
        row = f"tr:has-text('{city}')"
        visitor.page.locator(row).get_by_role("checkbox").check()
        visitor.write(f"E-mail address, {city}", "not one", within=row)
    visitor.press("Read the letter")
    assert len(visitor.slips()) == 2
    for city in ("Newark", "Boise"):
        address = f"{city.lower()}@{slug}.example.org"
        visitor.write(f"E-mail address, {city}", address, within=f"tr:has-text('{city}')")
    visitor.press("Read the letter")
    assert visitor.heading == "2 cities will be written to"
    expect(visitor.page.frame_locator("iframe").locator("h1")).to_be_visible()
    visitor.press("Put 2 letters into the outbox")
    visitor.sees("2 invitations wait in the outbox.")
    scenes.release_all(visitor, service, int(visitor.path.split("/")[3]))


@pytest.mark.parametrize("screen", ["desktop", "phone"])
def test_from_nothing_to_invited_cities(
    service: WholeService, post: PostOffice, visits, screen: str
) -> None:
    with service.session() as db:
        address = scenes.colleague(db, f"Planner at a {screen}", "organiser")
    organiser: Visitor = visits(service, screen=screen)
    organiser.open("/organise")
    scenes.signs_in(organiser, post, address)
    assert organiser.heading == "Your workshops"
    start_a_series(organiser, f"Night watch on a {screen}")
    series = organiser.path
    plan_a_workshop(organiser, "When clocks go forward", FORWARD)
    a_time_that_does_not_exist(organiser)
    publish_it(organiser)
    invite_two_cities(organiser, service, f"watch-{screen}")
    for city in ("newark", "boise"):
        letter = post.wait_for(f"{city}@watch-{screen}.example.org", "Invitation for ")
    organiser.judge.look_at_letter(letter.html, where="city_invited")
    city: Visitor = visits(service, screen=screen)
    city.open(letter.link("/r/"))
    assert city.heading == "Boise in Bratislava"
    organiser.open(series)
    plan_a_workshop(organiser, "When clocks go back", BACK)
    a_time_that_comes_twice(organiser)
    organiser.open("/organise")
    organiser.sees("When clocks go forward", "When clocks go back", "Draft")
    organiser.press("Sign out")
    organiser.sees("You are signed out.")


def test_the_next_edition_points_out_feasts(
    service: WholeService, post: PostOffice, visits
) -> None:
    with service.session() as db:
        event = scenes.workshop(db, "easter-2024", "At Easter", starts_on=EASTER_2024, days=2)
        address = scenes.colleague(db, "Planner of Easter", "organiser", event.series)
        series = event.series_id
    organiser: Visitor = visits(service, screen="phone")
    organiser.open(f"/organise/series/{series}/next-edition")
    scenes.signs_in(organiser, post, address)
    assert organiser.path == f"/organise/series/{series}/next-edition"
    organiser.sees("Sunday 28 to Monday 29 March 2027", "is Easter Sunday")
    organiser.sees("is Easter Monday, a public holiday in Sweden")


def test_the_next_edition_of_the_sample_series(
    service: WholeService, post: PostOffice, visits
) -> None:
    with service.session() as db:
        address = db.scalars(select(Account.address).where(Account.role == "administrator")).one()
        series = db.scalars(select(Series).where(Series.slug == "workshop-series-2024")).one().id
    administrator: Visitor = visits(service)
    administrator.open(f"/organise/series/{series}/next-edition")
    scenes.signs_in(administrator, post, address)
    assert administrator.path == f"/organise/series/{series}/next-edition"
    administrator.sees("Schedule the next edition", "Monday 31 May to Wednesday 2 June 2027")
    administrator.press("Make the next edition")
    administrator.sees("The next edition is there: published, and open for registration.")
    expect(administrator.page.locator("main tbody tr")).to_have_count(5)
    administrator.open(f"/organise/series/{series}/next-edition")
    administrator.sees("The next edition is there already")
    administrator.open("/")
    administrator.sees("Open for registration")
