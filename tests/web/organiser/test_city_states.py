"""The cities of a workshop by where they stand, and the places that each is given."""

import re
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.registration.declining import decline
from events_service.model import City, CityInvitation, Event
from tests import cast, office
from tests.conftest import Browser, SignInAs, TestClock
from tests.web.organiser.test_cities import chosen


@pytest.fixture
def event(db: Session, sign_in_as: SignInAs) -> Event:
    made = cast.event(db)
    for name in ("Boise", "Dijon", "Newark"):
        cast.city(db, name)
    sign_in_as("organiser", made.series_id)
    return made


def shown(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).replace("\u00a0", " ").split())


def test_each_city_stands_with_its_state_and_dates(
    browser: Browser, db: Session, settings: Settings, clock: TestClock, event: Event
) -> None:
    """Dijon is no member, so that nobody is told that it was not asked."""
    office.registered(db, settings, clock, event, "Cape Town", "Mayor")
    boise = cast.invited(db, event, "Boise")
    boise.opened_at = clock.now - timedelta(days=2)
    decline(db, settings, boise.id, "No budget.", now=clock.now)
    db.commit()
    cities = f"/organise/events/{event.id}/cities"
    page = shown(browser.get(cities))
    assert "All Not yet invited 2 Registered 1 Can’t come 1" in page
    assert "Registered 22 Nov" in page
    assert "Can’t come 22 Nov Opened 20 Nov “No budget.”" in page
    assert "2 cities are not yet invited" in page
    assert "Dijon" not in page
    only = shown(browser.get(f"{cities}?show=declined"))
    assert "One city was asked City Written to" in only and "Cape Town" not in only
    others = shown(browser.get(f"{cities}?show=not_invited"))
    assert "Newark" in others and "Boise" not in others
    assert "No city is in this state" in browser.get(f"{cities}?show=opened")
    board = shown(browser.get(f"/organise/events/{event.id}"))
    assert "Boise United States Can’t come 22 Nov “No budget.”" in board


def test_a_city_that_declined_is_not_reminded(
    browser: Browser, db: Session, settings: Settings, clock: TestClock, event: Event
) -> None:
    boise = cast.invited(db, event, "Boise")
    db.commit()
    assert "One city has not answered in 14 days" in browser.get("/organise")
    decline(db, settings, boise.id, "", now=clock.now)
    db.commit()
    assert "has not answered in 14 days" not in browser.get("/organise")
    assert "Remind the" not in browser.get(f"/organise/events/{event.id}/cities")


def test_a_city_is_invited_from_the_list(browser: Browser, db: Session, event: Event) -> None:
    newark, boise = cast.city(db, "Newark"), cast.city(db, "Boise")
    page = browser.get(f"/organise/events/{event.id}/cities")
    path = f"/organise/events/{event.id}/cities/invite"
    assert f'href="{path}?city={newark.id}"' in page
    form = browser.get(f"{path}?city={newark.id}&city={boise.id}&city=x")
    assert form.count(" checked") == 2


def test_places_for_elected_officials_are_said_in_the_letter(
    browser: Browser, db: Session, event: Event
) -> None:
    path = f"/organise/events/{event.id}/cities/invite"
    review = browser.post(path, chosen(db, "Newark", seats_elected="1"))
    words = "three places: one for an elected official, two for practitioners"
    assert words in review.text
    letter = re.search(r'src="(/organise/events/\d+/cities/letter/[^"]+)"', review.text)
    assert letter is not None
    assert "one for an elected official" in browser.get(letter[1].replace("&amp;", "&"))
    browser.post(path, chosen(db, "Newark", seats_elected="1") | {"press": "send"})
    made = db.query(CityInvitation).one()
    assert (made.seats, made.seats_elected) == (3, 1)
    assert words in browser.get(f"/organise/events/{event.id}/cities/{made.id}/revoke")


@pytest.mark.parametrize(
    ("elected", "message"),
    [
        ("4", "Enter a number from 0 to 3, the places of the city"),
        ("-1", "Enter a number from 0 to 3, the places of the city"),
        ("one", "Enter a whole number, in figures"),
    ],
)
def test_more_elected_officials_than_places_are_refused(
    browser: Browser, db: Session, event: Event, elected: str, message: str
) -> None:
    path = f"/organise/events/{event.id}/cities/invite"
    answer = browser.post(path, chosen(db, "Newark", seats_elected=elected) | {"press": "send"})
    assert (answer.status, office.letters(db)) == (422, [])
    assert message in answer.text


def test_places_are_filled_in_for_every_city(browser: Browser, db: Session, event: Event) -> None:
    path = f"/organise/events/{event.id}/cities/invite"
    each = {"each_seats": "4", "each_elected": "1", "press": "share_out"}
    answer = browser.post(path, chosen(db, "Newark") | each)
    assert (answer.status, answer.text.count(" checked")) == (200, 1)
    for field, value in (("seats", 4), ("seats_elected", 1)):
        assert len(re.findall(rf'name="cities-\d-{field}" value="{value}"', answer.text)) == 4
    wrong = browser.post(path, chosen(db, "Newark") | each | {"each_elected": "some"})
    assert "Enter a whole number, in figures" in wrong.text
    assert 'name="cities-0-seats" value="3"' in wrong.text


def test_only_members_that_were_not_asked_are_missed(
    browser: Browser, db: Session, event: Event
) -> None:
    db.query(City).filter_by(name="Boise").one().joined_at = None
    db.commit()
    page = shown(browser.get(f"/organise/events/{event.id}/cities?show=not_invited"))
    assert "Boise" not in page and "2 cities are not yet invited" in page


def test_a_city_whose_letter_waits_or_was_left_out_is_not_yet_invited(
    browser: Browser, db: Session, event: Event
) -> None:
    """Control: once its letter was left out, it is offered on the page that invites."""
    cities = f"/organise/events/{event.id}/cities"
    browser.post(f"{cities}/invite", chosen(db, "Newark") | {"press": "send"})
    page = shown(browser.get(cities))
    assert "3 cities are not yet invited" in page and "asked City Written to" not in page
    assert "United States Its letter waits in the outbox Newark" in page
    assert "No city has been asked yet" not in page
    board = shown(browser.get(f"/organise/events/{event.id}"))
    assert "Nobody has been asked yet 1 invitation waits in the outbox." in board
    assert "Newark United States Not yet invited Its letter waits in the outbox" in board
    assert "Newark" not in shown(browser.get(f"{cities}/invite"))

    group = f"/organise/events/{event.id}/outbox/groups/city_invited"
    browser.post(f"{group}/aside", at=group)
    assert "United States Invite Newark" in shown(browser.get(cities))
    assert "Newark" not in shown(browser.get(f"/organise/events/{event.id}"))
    assert "Newark" in shown(browser.get(f"{cities}/invite"))
