"""A focal point adds, changes and removes contacts, without JavaScript."""

import pytest
from sqlalchemy.orm import Session

from events_service.model import City, Contact
from tests import cast, office
from tests.conftest import Browser
from tests.web.city_session import SignInForCity

FOCAL_POINT = "newark@cities.example.org"
LIAISON = {"name": "Liaison", "role": "Schools", "address": "liaison@newark.example.org"}


@pytest.fixture
def newark(db: Session, sign_in_for_city: SignInForCity) -> City:
    made = cast.city(db, "Newark")
    db.commit()
    sign_in_for_city(FOCAL_POINT)
    return made


def contacts(db: Session) -> list[str]:
    db.expire_all()
    return [one.address for one in db.query(Contact).order_by(Contact.id)]


def test_a_contact_is_added_changed_and_removed(
    browser: Browser, db: Session, newark: City
) -> None:
    home = f"/city/{newark.id}"
    assert browser.post(f"{home}/contacts/new", LIAISON).location == home
    assert "Liaison is a contact now" in browser.get(home)
    liaison = db.query(Contact).filter_by(name="Liaison").one()
    one = f"{home}/contacts/{liaison.id}"
    assert 'value="Schools"' in browser.get(one)
    assert browser.post(one, {**LIAISON, "name": "Head of schools"}).location == home
    assert "Head of schools" in browser.get(home)
    asked = browser.get(f"{one}/remove")
    assert "Remove Head of schools?" in asked
    assert len(contacts(db)) == 2
    assert browser.post(f"{one}/remove").location == home
    assert contacts(db) == [FOCAL_POINT]
    assert office.letters(db) == [("city_contacts_changed", LIAISON["address"])] * 3


def test_the_last_contact_stays(browser: Browser, db: Session, newark: City) -> None:
    one = f"/city/{newark.id}/contacts/{newark.contacts[0].id}"
    assert "Remove" not in browser.get(f"/city/{newark.id}")
    assert "Add another contact first" in browser.get(f"{one}/remove")
    answer = browser.post(f"{one}/remove", at=one)
    assert (answer.status, contacts(db)) == (409, [FOCAL_POINT])


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"name": ""}, "Enter the name that letters greet"),
        ({"name": "x" * 201}, "Shorten the name to 200 characters"),
        ({"name": "a\r\nBcc: x@example.org"}, "Write this on one line"),
        ({"address": "liaison"}, "Enter an e-mail address with an @"),
        ({"address": FOCAL_POINT.upper()}, "has a contact with this address already"),
    ],
)
def test_slips_are_shown_at_their_field(
    browser: Browser, db: Session, newark: City, wrong: dict[str, str], message: str
) -> None:
    answer = browser.post(f"/city/{newark.id}/contacts/new", {**LIAISON, **wrong})
    assert (answer.status, contacts(db), office.letters(db)) == (422, [FOCAL_POINT], [])
    assert message in answer.text


def test_who_changes_their_own_address_signs_in_anew(
    browser: Browser, db: Session, newark: City
) -> None:
    one = f"/city/{newark.id}/contacts/{newark.contacts[0].id}"
    assert "you sign in anew" in browser.get(one)
    browser.post(one, {"name": "Head", "role": "", "address": "new@newark.example.org"})
    assert office.letters(db) == [("city_contacts_changed", "new@newark.example.org")]
    assert browser.client.get(f"/city/{newark.id}").location == "/city"


def test_who_is_removed_is_out_at_once(
    browser: Browser, db: Session, newark: City, sign_in_for_city: SignInForCity
) -> None:
    newark.contacts.append(Contact(name="Second", role="", address="second@newark.example.org"))
    db.commit()
    sign_in_for_city("second@newark.example.org")
    browser.get(f"/city/{newark.id}")
    db.delete(newark.contacts[1])
    db.commit()
    assert browser.client.get(f"/city/{newark.id}").location == "/city"
