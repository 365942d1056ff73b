"""Inviting cities, their links, and addresses that nobody knows."""

from datetime import timedelta

import pytest
from lxml import html
from sqlalchemy.orm import Session

from events_service.model import AccessRequest, CityInvitation, Event
from tests import cast, office
from tests.conftest import Browser, SignInAs, TestClock


@pytest.fixture
def event(db: Session, sign_in_as: SignInAs) -> Event:
    made = cast.event(db)
    for name in ("Boise", "Dijon", "Newark"):
        cast.city(db, name)
    sign_in_as("organiser", made.series_id)
    return made


def chosen(db: Session, *names: str, **other: object) -> dict[str, object]:
    """The form as a browser sends it; cities that are not named are left unticked."""
    fields: dict[str, object] = {}
    for n, name in enumerate(("Boise", "Dijon", "Newark", "Stockholm")):
        city = cast.city(db, name)
        values = {
            "city_id": city.id,
            "address": city.contacts[0].address,
            "addressee": "Mayor",
            "seats": "3",
            **({"chosen": "y"} if name in names else {}),
            **(other if name in names else {}),
        }
        fields |= {f"cities-{n}-{field}": value for field, value in values.items()}
    return fields


def test_members_come_first_and_are_chosen_at_once(
    browser: Browser, db: Session, event: Event
) -> None:
    path = f"/organise/events/{event.id}/cities/invite"
    page = browser.get(path)
    at = [page.index(f"<b>{name}</b>") for name in ("Boise", "Newark", "Stockholm", "Dijon")]
    assert at == sorted(at)
    assert " checked" not in page
    everybody = browser.post(path, chosen(db) | {"press": "members"})
    assert (everybody.status, everybody.text.count(" checked")) == (200, 3)


def test_several_cities_are_read_about_and_then_written_to(
    browser: Browser, db: Session, event: Event
) -> None:
    path = f"/organise/events/{event.id}/cities/invite"
    review = browser.post(path, chosen(db, "Newark", "Dijon"))
    assert review.status == 200
    assert '<h1 class="govuk-heading-l">2 cities will be written to</h1>' in review.text
    assert office.letters(db) == []
    again = browser.post(path, chosen(db, "Newark") | {"press": "change"})
    assert (again.status, again.text.count(" checked")) == (200, 1)
    sent = browser.post(path, chosen(db, "Newark", "Dijon") | {"press": "send"})
    assert (sent.status, sent.location) == (303, f"/organise/events/{event.id}/outbox")
    assert "2 invitations wait in the outbox." in browser.get(sent.location)
    assert office.letters(db) == [
        ("city_invited", "dijon@cities.example.org"),
        ("city_invited", "newark@cities.example.org"),
    ]
    browser.post(path, chosen(db, "Newark", "Dijon") | {"press": "send"})
    assert (office.letters(db), db.query(CityInvitation).count()) == ([], 2)


def test_the_letter_is_shown_in_a_frame_that_runs_nothing(
    browser: Browser, db: Session, event: Event
) -> None:
    city = cast.city(db, "Newark")
    db.commit()
    path = f"/organise/events/{event.id}/cities/letter/{city.id}?addressee=Mayor&seats=3"
    answer = browser.client.get(path)
    assert answer.status_code == 200
    assert "Dear Mayor," in answer.text
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert db.query(CityInvitation).count() == 0


def test_the_letter_is_shown_in_the_citys_language_whatever_the_organisers_is(
    browser: Browser, db: Session, event: Event
) -> None:
    numbers = {name: cast.city(db, name).id for name in ("Dijon", "Newark")}
    cast.city(db, "Dijon").language = "fr"
    db.commit()
    asked = {
        name: browser.client.get(
            f"/organise/events/{event.id}/cities/letter/{number}",
            headers={"Accept-Language": "sv"},
        ).text
        for name, number in numbers.items()
    }
    assert '<html lang="fr-FR">' in asked["Dijon"] and "juin 2027" in asked["Dijon"]
    assert '<html lang="en-GB">' in asked["Newark"] and "June 2027" in asked["Newark"]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"address": "newark"}, "Enter an e-mail address with an @"),
        ({"address": "a@x.example\r\nBcc: b@y.example"}, "Enter an e-mail address"),
        ({"addressee": "x" * 101}, "Shorten this to 100 characters"),
        ({"seats": "none"}, "Enter a whole number, in figures"),
        ({"seats": "0"}, "Enter a number of places from 1 to 20"),
    ],
)
def test_a_row_that_needs_another_look(
    browser: Browser, db: Session, event: Event, wrong: dict[str, object], message: str
) -> None:
    path = f"/organise/events/{event.id}/cities/invite"
    answer = browser.post(path, chosen(db, "Newark", **wrong) | {"press": "send"})
    assert (answer.status, office.letters(db)) == (422, [])
    assert message in answer.text


def test_a_problem_names_its_city_where_all_are_listed(
    browser: Browser, db: Session, event: Event
) -> None:
    path = f"/organise/events/{event.id}/cities/invite"
    answer = browser.post(path, chosen(db, "Dijon", "Newark", seats="0") | {"press": "send"})
    summary = html.document_fromstring(answer.text).xpath("//*[@id='error-summary']//a")
    assert [one.text_content() for one in summary] == [
        "Dijon: Enter a number of places from 1 to 20",
        "Newark: Enter a number of places from 1 to 20",
    ]
    answer = browser.post(path, chosen(db, "Newark", seats="many") | {"press": "send"})
    assert "Newark: Enter a whole number, in figures" in answer.text


def test_a_city_gets_no_more_places_than_the_workshop_has(
    browser: Browser, db: Session, event: Event
) -> None:
    """Control: all of them are accepted, and so is what the form proposes."""
    event.capacity, event.seats_per_city = 8, 9
    db.commit()
    path = f"/organise/events/{event.id}/cities/invite"
    answer = browser.post(path, chosen(db, "Newark", seats="9"))
    assert (answer.status, office.letters(db)) == (422, [])
    assert (
        "Newark: Enter a number of places from 1 to 8, as many as the workshop has" in answer.text
    )
    assert browser.post(path, chosen(db, "Newark", seats="8")).status == 200
    proposed = html.document_fromstring(browser.get(path)).xpath("//input[@inputmode='numeric']")
    assert {one.get("value") for one in proposed if "elected" not in one.get("name")} == {"8"}


def test_no_city_chosen_is_said(browser: Browser, db: Session, event: Event) -> None:
    answer = browser.post(f"/organise/events/{event.id}/cities/invite", chosen(db))
    assert answer.status == 422
    assert "Choose at least one city" in answer.text


def test_a_draft_invites_nobody(browser: Browser, db: Session, event: Event) -> None:
    event.published_at = None
    db.commit()
    browser.get(f"/organise/events/{event.id}/cities/invite", status=409)
    assert "Publish the workshop" in browser.get(f"/organise/events/{event.id}/cities")


def test_a_letter_is_sent_again_and_a_link_replaced_and_ended(
    browser: Browser, db: Session, event: Event, clock: TestClock
) -> None:
    invitation = cast.invited(db, event, "Newark")
    db.commit()
    cities = f"/organise/events/{event.id}/cities"
    one = f"{cities}/{invitation.id}"
    assert browser.post(f"{one}/resend", at=cities).location == cities
    assert office.letters(db) == [("city_invited", "newark@cities.example.org")]
    clock.advance(timedelta(minutes=1))
    browser.post(f"{one}/replace", at=f"{one}/revoke")
    db.refresh(invitation)
    assert (invitation.link_version, len(office.letters(db))) == (2, 1)
    browser.post(f"{one}/revoke")
    db.refresh(invitation)
    assert (invitation.revoked_at, office.letters(db)) == (clock.now, [])
    assert "Link ended" in browser.get(cities)
    assert browser.post(f"{one}/resend", at=cities).status in (303, 409)


def test_silent_cities_are_reminded_together(
    browser: Browser, db: Session, event: Event, clock: TestClock
) -> None:
    cast.invited(db, event, "Newark")
    cast.invited(db, event, "Boise", at=clock.now)
    db.commit()
    cities = f"/organise/events/{event.id}/cities"
    assert "One city has not answered in 14 days" in browser.get("/organise")
    browser.post(f"{cities}/remind", at=cities)
    assert office.letters(db) == [("city_invited", "newark@cities.example.org")]
    assert "not answered in 14 days" not in browser.get("/organise")


@pytest.fixture
def asking(db: Session, event: Event, clock: TestClock) -> AccessRequest:
    made = AccessRequest(event_id=event.id, address="a@dijon.example.org", asked_at=clock.now)
    db.add(made)
    db.commit()
    return made


def test_an_unknown_address_is_invited_for_its_city(
    browser: Browser, db: Session, event: Event, asking: AccessRequest, clock: TestClock
) -> None:
    path = f"/organise/events/{event.id}/requests/{asking.id}"
    assert "a@dijon.example.org asks to register" in browser.get("/organise")
    missing = browser.post(path, {"city": ""})
    assert (missing.status, "Choose the city" in missing.text) == (422, True)
    browser.post(path, {"city": cast.city(db, "Dijon").id, "addressee": "Deputy"})
    assert office.letters(db) == [("city_invited", "a@dijon.example.org")]
    db.refresh(asking)
    assert asking.settled_at == clock.now
    browser.get(path, status=404)


def test_a_request_is_settled_without_a_letter(
    browser: Browser, db: Session, event: Event, asking: AccessRequest, clock: TestClock
) -> None:
    path = f"/organise/events/{event.id}/requests/{asking.id}"
    browser.post(f"{path}/dismiss", at=path)
    db.refresh(asking)
    assert (asking.settled_at, office.letters(db)) == (clock.now, [])
