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
from tests.domain.particulars.forms import agrees, delegation, form, tells


@pytest.fixture
def newark(
    db: Session, settings: Settings, clock: TestClock, sign_in_as: SignInAs
) -> CityInvitation:
    """The mayor eats no nuts and needs a letter; nothing is known of the liaison."""
    made = delegation(db, settings, clock)
    mayor = form(db, clock, made)
    tells(db, clock, mayor, dietary="No nuts", access=None, visa_letter=True)
    tells(db, clock, mayor, visa_name="M. Mayor, Slovak", emergency_contact="=Sister")
    agrees(db, clock, mayor)
    sign_in_as("organiser", made.event.series_id)
    db.commit()
    return made


@pytest.fixture
def page(newark: CityInvitation) -> str:
    return f"/organise/events/{newark.event_id}/details"


def test_needs_are_listed_without_names(
    browser: Browser, db: Session, clock: TestClock, newark: CityInvitation, page: str
) -> None:
    liaison = form(db, clock, newark, 2)
    tells(db, clock, liaison, dietary="no nuts")
    agrees(db, clock, liaison)
    db.commit()
    lines = browser.get(f"{page}/needs.csv").lstrip("\ufeff").splitlines()
    assert lines == ["Question,Answer,People", "Is there anything you don’t eat?,No nuts,2"]
    shown = browser.get(page)
    assert "No nuts" in shown and "M. Mayor, Slovak" in shown
    assert "Sister" not in shown  # whom to call is in the file alone


@pytest.mark.usefixtures("newark")
def test_a_file_holds_a_line_for_each_person(browser: Browser, page: str) -> None:
    lines = lines_of(browser.get(f"{page}.csv?sensitive=yes"))
    assert [one["Name"] for one in lines] == ["Mayor, Newark", "Liaison, Newark"]
    assert lines[0]["Do you need a letter for your visa?"] == "Yes"
    called = lines[0]["Whom should we call in an emergency? (in confidence)"]
    assert called == "'=Sister"  # no formula
    assert set(list(lines[1].values())[3:]) == {"No", ""}


@pytest.mark.parametrize(
    ("agreed_to", "told"), [("nothing", []), ("data", ["Planner"]), ("all", ["Planner", "Ramp"])]
)
def test_nothing_that_a_person_typed_is_read_before_they_agreed(
    browser: Browser,
    db: Session,
    clock: TestClock,
    newark: CityInvitation,
    page: str,
    agreed_to: str,
    told: list[str],
) -> None:
    """The wordings come last in their form, and some leave before."""
    liaison = form(db, clock, newark, 2)
    tells(db, clock, liaison, title="Planner", access="Ramp")
    if agreed_to != "nothing":
        agrees(db, clock, liaison, to_all=agreed_to == "all")
        tells(db, clock, liaison, access="Ramp")  # typed later, in spite of a no
    db.commit()
    person = f"/organise/events/{newark.event_id}/people/{liaison.member_id}"
    shown = [
        browser.get(page),
        browser.get(f"{page}.csv?sensitive=yes"),
        browser.get(person) + browser.get(f"{person}/in-confidence"),
    ]
    for text in shown[1:]:
        assert [word for word in ("Planner", "Ramp") if word in text] == told
    assert ("Ramp" in shown[0]) == ("Ramp" in told)


@pytest.mark.usefixtures("newark")
def test_what_was_told_in_confidence_is_in_a_file_only_when_asked_for(
    browser: Browser, page: str
) -> None:
    usual = browser.client.get(f"{page}.csv")
    asked_for = browser.client.get(f"{page}.csv?sensitive=yes")
    assert "No nuts" not in usual.text and "Sister" not in usual.text
    assert [
        name for name in lines_of(asked_for.text)[0] if name not in lines_of(usual.text)[0]
    ] == [
        "Is there anything you don’t eat? (in confidence)",
        "What do you need to take part fully? (in confidence)",
        "Whom should we call in an emergency? (in confidence)",
    ]
    named = [one.headers["Content-Disposition"].split("=")[-1] for one in (usual, asked_for)]
    assert ["in-confidence" in one for one in named] == [False, True]


def lines_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text.lstrip("\ufeff"))))


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
