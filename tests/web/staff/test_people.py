import pytest
from sqlalchemy.orm import Session

from events_service.model import Account
from tests import cast
from tests.conftest import Browser, SignInAs


def test_an_organiser_is_added_with_a_series(
    browser: Browser, sign_in_as: SignInAs, db: Session
) -> None:
    sign_in_as("administrator")
    number = cast.series(db).id
    db.commit()
    answer = browser.post(
        "/staff/people/new",
        {
            "name": "Organiser, Bratislava",
            "address": "organiser@Bratislava.Example.org",
            "role": "organiser",
            "series": number,
        },
    )
    assert (answer.status, answer.location) == (303, "/staff/people")
    made = db.query(Account).filter_by(name="Organiser, Bratislava").one()
    assert (made.address, made.role, [one.series_id for one in made.grants]) == (
        "organiser@bratislava.example.org",
        "organiser",
        [number],
    )
    page = browser.get("/staff/people")
    assert "organiser@bratislava.example.org" in page
    assert "Workshop series" in page


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"name": ""}, "Enter the name that colleagues see"),
        ({"address": "lead"}, "Enter an e-mail address with an @"),
        ({"role": ""}, "Choose a role"),
        ({"name": "Lead\r\nBcc: x@example.org"}, "Write this on one line"),
    ],
)
def test_what_is_missing_is_pointed_out(
    browser: Browser, sign_in_as: SignInAs, db: Session, given: dict[str, object], problem: str
) -> None:
    sign_in_as("administrator")
    usual = {"name": "Lead", "address": "lead@example.org", "role": "staff"}
    answer = browser.post("/staff/people/new", {**usual, **given})
    assert (answer.status, problem in answer.text) == (422, True)
    assert db.query(Account).count() == 1


def test_an_address_is_added_once(browser: Browser, sign_in_as: SignInAs) -> None:
    me = sign_in_as("administrator")
    answer = browser.post(
        "/staff/people/new", {"name": "Twin", "address": me.address.upper(), "role": "staff"}
    )
    assert (answer.status, "has an account already" in answer.text) == (409, True)


def test_who_is_switched_off_is_out_at_once_and_can_return(
    browser: Browser, sign_in_as: SignInAs, db: Session
) -> None:
    staff = sign_in_as("staff")
    with browser.client.session_transaction() as session:
        theirs = dict(session)
    me = sign_in_as("administrator")
    page = f"/staff/people/{staff.id}"
    assert browser.post(f"{page}/disable", at="/staff/people").status == 303
    with browser.client.session_transaction() as session:
        mine = dict(session)
        session.update(theirs)
    assert browser.client.get("/staff/letters").status_code == 303
    with browser.client.session_transaction() as session:
        session.update(mine)
    assert browser.post(f"{page}/enable", at="/staff/people").status == 303
    db.refresh(staff)
    assert staff.disabled_at is None
    own = browser.post(f"/staff/people/{me.id}/disable", at="/staff/people")
    assert (own.status, "your own account" in own.text) == (409, True)
