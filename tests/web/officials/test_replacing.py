"""A city, or an organiser, puts somebody in a person's place."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.model import CityInvitation, Member, OutboxMail
from events_service.tokens import token_for
from tests import cast, office
from tests.conftest import SECRET, Browser, SignInAs, TestClock

CHIEF: dict[str, object] = {
    "name": "Chief of staff, Newark",
    "role": "Chief of staff",
    "address": "chief@newark.example.org",
    "assistant_address": "",
}


@pytest.fixture
def newark(db: Session, settings: Settings, clock: TestClock) -> CityInvitation:
    made = office.registered(db, settings, clock, cast.event(db), "Newark", "Mayor", "Adviser")
    office.letters(db)
    db.commit()
    return made


@pytest.fixture
def link(newark: CityInvitation) -> str:
    return f"/r/{token_for(SECRET, 'city', newark.id)}"


@pytest.fixture
def mayor(newark: CityInvitation) -> Member:
    return office.people_of(newark)[0]


def test_a_city_asks_reviews_and_confirms(
    browser: Browser, db: Session, link: str, mayor: Member
) -> None:
    path = f"{link}/replace/{mayor.id}"
    assert f'href="{path}"' in browser.get(link)
    assert "Who comes in place of Mayor, Newark?" in browser.get(path)
    review = browser.post(path, CHIEF | {"press": "review"})
    assert review.status == 200
    for words in (
        "Mayor, Newark gets a letter that takes the workshop out of their calendar.",
        "Chief of staff, Newark gets a letter with a calendar invitation",
        "office@newark.example.org gets a receipt.",
        'name="address" value="chief@newark.example.org"',
    ):
        assert words in review.text
    assert db.query(OutboxMail).count() == 0  # nothing has happened yet
    changed = browser.post(path, CHIEF | {"press": "change"})
    assert 'value="Chief of staff, Newark"' in changed.text
    done = browser.post(path, CHIEF | {"press": "confirm"})
    assert (done.status, done.location) == (303, link)
    page = browser.get(link)
    assert "Chief of staff, Newark comes in place of Mayor, Newark." in page
    assert office.letters(db) == [
        ("member_cancelled", "mayor@newark.example.org"),
        ("member_invited", "chief@newark.example.org"),
        ("delegation_confirmed", "office@newark.example.org"),
    ]
    browser.get(path, 409)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"name": ""}, "Enter the person’s name, or how they are announced"),
        ({"address": "chief"}, "Enter an e-mail address with an @"),
        ({"address": "adviser@newark.example.org"}, "is part of the delegation already"),
        ({"name": "Two\nlines"}, "Write the name on one line"),
    ],
)
@pytest.mark.parametrize("press", ["review", "confirm"])
def test_slips_are_shown_and_change_nothing(
    browser: Browser, db: Session, link: str, mayor: Member, typed: dict[str, object],
    message: str, press: str,
) -> None:  # fmt: skip
    answer = browser.post(f"{link}/replace/{mayor.id}", CHIEF | typed | {"press": press})
    assert answer.status == 422
    assert message in answer.text and "Error: Who comes" in answer.text
    assert office.letters(db) == []


def test_after_registration_has_closed_it_still_works(
    browser: Browser, clock: TestClock, newark: CityInvitation, link: str, mayor: Member
) -> None:
    clock.now = newark.event.registration_closes_at + timedelta(days=10)
    assert f'href="{link}/replace/{mayor.id}"' in browser.get(link)
    browser.get(f"{link}/people", 409)  # control: the form is closed
    assert browser.post(f"{link}/replace/{mayor.id}", CHIEF | {"press": "confirm"}).status == 303
    clock.advance(timedelta(days=365))
    assert "/replace/" not in browser.get(link)
    adviser = office.people_of(newark)[1]
    browser.get(f"{link}/replace/{adviser.id}", 409)


def test_a_link_reaches_only_its_own_people(
    browser: Browser, db: Session, settings: Settings, clock: TestClock, newark: CityInvitation,
    mayor: Member,
) -> None:  # fmt: skip
    boise = office.registered(db, settings, clock, newark.event, "Boise", "Mayor")
    db.commit()
    theirs = f"/r/{token_for(SECRET, 'city', boise.id)}"
    browser.get(f"{theirs}/replace/{mayor.id}", 404)
    browser.get(f"{theirs}/replace/{office.people_of(boise)[0].id}")  # control


def test_an_organisers_letters_wait(
    browser: Browser, db: Session, newark: CityInvitation, mayor: Member, sign_in_as: SignInAs
) -> None:
    sign_in_as("organiser", newark.event.series_id)
    person = f"/organise/events/{newark.event_id}/people/{mayor.id}"
    assert f'href="{person}/replace"' in browser.get(person)
    review = browser.post(f"{person}/replace", CHIEF | {"press": "review"})
    assert "None of these letters leaves by itself" in review.text
    done = browser.post(f"{person}/replace", CHIEF | {"press": "confirm"})
    assert done.status == 303
    assert "Nobody has been written to" in browser.get(done.location)
    assert [one.state for one in db.query(OutboxMail)] == ["drafted"] * 3
    assert f'href="{person}/replace"' not in browser.get(person)


def test_who_was_not_told_is_not_said_to_get_a_letter(
    browser: Browser, db: Session, newark: CityInvitation, mayor: Member, sign_in_as: SignInAs
) -> None:
    sign_in_as("organiser", newark.event.series_id)
    people = f"/organise/events/{newark.event_id}/people"
    browser.post(f"{people}/{mayor.id}/replace", CHIEF | {"press": "confirm"})
    chief = db.query(Member).filter_by(address=CHIEF["address"]).one()
    again = CHIEF | {"name": mayor.name, "address": mayor.address, "press": "review"}
    review = browser.post(f"{people}/{chief.id}/replace", again).text
    assert "Chief of staff, Newark has not been told anything yet, and gets no letter." in review
    assert "Mayor, Newark has not been told of being replaced, and gets no letter." in review
    assert "calendar invitation" not in review
    other = CHIEF | {"name": "Clerk", "address": "clerk@newark.example.org", "press": "review"}
    clerk = browser.post(f"{people}/{chief.id}/replace", other).text
    assert "Clerk gets a letter with a calendar invitation" in clerk  # control
