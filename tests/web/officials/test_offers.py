"""A city on the waiting list is offered part of its places, and chooses or lets them go."""

import re
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.registration.offering import end
from events_service.model import CityInvitation
from events_service.tokens import token_for
from tests.conftest import SECRET, Browser, TestClock
from tests.domain.registration.test_deciding import of
from tests.domain.registration.test_offering import Hall


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).replace("\u00a0", " ").split())


@pytest.fixture
def hall(db: Session, settings: Settings, clock: TestClock) -> Hall:
    """Newark has three of five places, and Boise waits with three people."""
    made = Hall(db, settings, clock)
    db.commit()
    return made


@pytest.fixture
def boise(hall: Hall) -> CityInvitation:
    return hall.boise


@pytest.fixture
def link(boise: CityInvitation) -> str:
    return f"/r/{token_for(SECRET, 'city', boise.id)}"


def offer(hall: Hall) -> None:
    hall.offer(2)
    hall.tell()
    hall.db.commit()


def typed(browser: Browser, link: str, people: int) -> dict[str, object]:
    """The form as it is shown, without those after so many people."""
    page = browser.get(f"{link}/people")
    fields: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page):
        found = re.match(r"people-(\d+)-", name)
        if found is None or int(found[1]) < people:
            fields.setdefault(name, []).append(value)
    return {**fields, "press": "continue"}


def tasks(page: str) -> list[str]:
    """What each task says, and how it stands, but for that of the details."""
    found = re.findall(r'govuk-task-list__item">(.*?)</li>', page, re.S)
    return [words(one) for one in found if "/details" not in one]


def test_an_open_offer_is_to_be_answered(browser: Browser, hall: Hall, link: str) -> None:
    offer(hall)
    page = browser.get(link)
    assert tasks(page) == [
        "Name the people who come Something is missing or needs another look. To do",
        "Look the list over and confirm First choose who comes. Not yet possible",
    ]
    assert "Answer the offer by" in page and "Register by" not in page


def test_the_people_page_says_what_is_offered_and_until_when(
    browser: Browser, hall: Hall, link: str
) -> None:
    offer(hall)
    page = words(browser.get(f"{link}/people?check=yes"))
    assert "There are 2 places for your delegation. They are held for you until:" in page
    assert "Your city is offered 2 places and 3 people are named: remove some" in page
    assert "There are 2 places: remove somebody before you go on." in page
    assert "Answer the offer by" in page
    for untrue in ("Your city has", "places of your city are named", "Register by"):
        assert untrue not in page


def test_whoever_was_chosen_is_to_be_confirmed(browser: Browser, hall: Hall, link: str) -> None:
    offer(hall)
    chosen = browser.post(f"{link}/people", typed(browser, link, 2), at=f"{link}/people")
    assert chosen.location == f"{link}/review"
    assert "They are held for you until:" in browser.get(f"{link}/review")
    naming, confirming = tasks(browser.get(link))
    assert naming == "Name the people who come 2 of 2 places are named. Done"
    assert re.fullmatch(
        r"Look the list over and confirm The places are held for you until .+ "
        r"\(Stockholm\) · .+ \(Boise\)\. To do",
        confirming,
    )
    browser.post(f"{link}/confirm", at=f"{link}/review")
    hall.db.expire_all()
    assert of(hall.boise).state == "confirmed"


def test_a_delegation_that_waits_is_not_confirmed(browser: Browser, link: str) -> None:
    assert tasks(browser.get(link)) == [
        "Name the people who come 3 of 5 places are named. Done",
        "Look the list over and confirm On the waiting list. Done",
    ]


def test_places_are_let_go_on_a_page_of_their_own(browser: Browser, hall: Hall, link: str) -> None:
    offer(hall)
    assert f'href="{link}/let-go"' in browser.get(link)
    asked = words(browser.get(f"{link}/let-go"))
    assert "Let the places go? There are 2 places" in asked and "can’t be undone" in asked
    assert of(hall.boise).offered_seats == 2
    assert browser.post(f"{link}/let-go").status == 303
    hall.db.expire_all()
    assert of(hall.boise).offered_seats == 0
    assert "There is no offer any more." in browser.get(f"{link}/let-go")


def test_what_is_let_go_can_still_be_had(browser: Browser, hall: Hall, link: str) -> None:
    full = words(browser.get(link))
    assert "The workshop is full" not in full and "2 places are free now" in full
    offer(hall)
    people = typed(browser, link, 3) | {"press": "later"}
    browser.post(f"{link}/people", people, at=f"{link}/people")  # looked at, nothing changed
    browser.post(f"{link}/let-go")
    page = words(browser.get(link))
    assert "changes that are saved" not in page
    assert "2 places are free now. If no more than 2 people come, change the delegation" in page
    browser.post(f"{link}/people", typed(browser, link, 2), at=f"{link}/people")
    assert "changes that are saved" in browser.get(link)  # the control
    browser.post(f"{link}/confirm", at=f"{link}/review")
    hall.db.expire_all()
    assert (of(hall.boise).state, of(hall.boise).seats) == ("confirmed", 2)


def test_a_full_workshop_is_said_to_be_full(browser: Browser, hall: Hall, link: str) -> None:
    hall.event.capacity = 3
    hall.db.commit()
    page = words(browser.get(link))
    assert "The workshop is full." in page and "free now" not in page


def test_where_an_organiser_decides_no_place_is_promised(
    browser: Browser, hall: Hall, link: str
) -> None:
    hall.event.approves_delegations = True
    hall.db.commit()
    assert "free now" not in browser.get(link)


def test_an_offer_that_lapsed_is_told(browser: Browser, hall: Hall, link: str) -> None:
    offer(hall)
    assert "time to answer ended" not in browser.get(link)
    hall.clock.advance(timedelta(days=8))
    end(hall.db, hall.settings, of(hall.boise), now=hall.clock.now)
    hall.db.commit()
    assert "the time to answer ended on" in words(browser.get(link))
