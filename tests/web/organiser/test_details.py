"""What people told about themselves, as organisers see it and take it away."""

import csv
from io import StringIO

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.door.papers import participants
from events_service.domain.particulars.filling import choose_attribution
from events_service.domain.reporting.attendance import registered
from events_service.model import CityInvitation
from events_service.model.particulars import Attribution
from events_service.queries.particulars import attributions
from tests.conftest import Browser, SignInAs, TestClock
from tests.domain.particulars.forms import delegation, form, tells


@pytest.fixture
def newark(
    db: Session, settings: Settings, clock: TestClock, sign_in_as: SignInAs
) -> CityInvitation:
    """The mayor eats no nuts and needs a letter; nothing is known of the liaison."""
    made = delegation(db, settings, clock)
    mayor = form(db, clock, made)
    tells(db, clock, mayor, dietary="No nuts", access=None, visa_letter=True)
    tells(db, clock, mayor, visa_name="M. Mayor, Slovak", emergency_contact="=Sister")
    sign_in_as("organiser", made.event.series_id)
    db.commit()
    return made


@pytest.fixture
def page(newark: CityInvitation) -> str:
    return f"/organise/events/{newark.event_id}/details"


def test_needs_are_listed_without_names(
    browser: Browser, db: Session, clock: TestClock, newark: CityInvitation, page: str
) -> None:
    tells(db, clock, form(db, clock, newark, 2), dietary="no nuts")
    db.commit()
    lines = browser.get(f"{page}/needs.csv").lstrip("\ufeff").splitlines()
    assert lines == ["Question,Answer,People", "Is there anything you don’t eat?,No nuts,2"]
    shown = browser.get(page)
    assert "No nuts" in shown and "M. Mayor, Slovak" in shown
    assert "Sister" not in shown  # whom to call is in the file alone


@pytest.mark.usefixtures("newark")
def test_a_file_holds_a_line_for_each_person(browser: Browser, page: str) -> None:
    lines = list(csv.DictReader(StringIO(browser.get(f"{page}.csv").lstrip("\ufeff"))))
    assert [one["Name"] for one in lines] == ["Mayor, Newark", "Liaison, Newark"]
    assert lines[0]["Do you need a letter for your visa?"] == "Yes"
    assert lines[0]["Whom should we call in an emergency?"] == "'=Sister"  # no formula
    assert set(list(lines[1].values())[3:]) == {"No", ""}


def test_another_series_is_closed(
    browser: Browser, newark: CityInvitation, page: str, sign_in_as: SignInAs
) -> None:
    assert newark.id
    browser.get(page)
    sign_in_as("organiser")
    for path in (page, f"{page}.csv", f"{page}.xlsx", f"{page}/needs.csv"):
        browser.get(path, 404)


@pytest.mark.parametrize(
    ("mayor", "liaison", "listed"),
    [
        (None, None, [("City of Newark", "")]),
        ("name", None, [("Mayor, Newark", "Mayor")]),
        ("name", "name", [("Mayor, Newark", "Mayor"), ("Liaison, Newark", "Liaison")]),
        ("city", "chatham_house", [("City of Newark", "")]),
        ("chatham_house", "chatham_house", []),
    ],
)
def test_participants_are_named_as_they_agreed(
    db: Session,
    clock: TestClock,
    newark: CityInvitation,
    mayor: Attribution | None,
    liaison: Attribution | None,
    listed: list[tuple[str, str]],
) -> None:
    for number, chosen in enumerate((mayor, liaison), 1):
        if chosen is not None:
            choose_attribution(form(db, clock, newark, number), chosen)
    db.flush()
    shown = participants(registered(db, newark.event), attributions(db, newark.event))
    assert [(one.name, one.role) for one in shown] == listed
