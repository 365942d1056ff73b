"""Every page of organisers: closed to strangers, to other series, and to forms from elsewhere."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from events_service.model import AccessRequest, Event, PendingChange
from tests import cast
from tests.conftest import SignInAs, TestClock
from tests.follow_up import colleague

Route = tuple[str, str]  # method and path

WITHOUT_SERIES = {
    "organiser.start",
    "organiser.new_series",
    "organiser.new_city",
    "organiser.new_organisation",
}


@pytest.fixture
def event(db: Session, clock: TestClock) -> Event:
    """An event with one of everything that an address can name."""
    made = cast.event(db)
    cast.invited(db, made, "Newark")
    db.add(AccessRequest(event_id=made.id, address="a@dijon.example.org", asked_at=clock.now))
    db.add(
        PendingChange(
            event_id=made.id,
            kind="cancel",
            details={"words": "", "people": 1},
            asked_by_id=colleague(db).id,
            asked_at=clock.now,
            due_at=clock.now,
            undone_at=clock.now,
        )
    )
    db.commit()
    return made


def routes(app: Flask, event: Event, db: Session, *, named: bool = False) -> list[Route]:
    """Each method and path of the organisers' pages; `named`: only those that name a series."""
    values = {
        "series_id": event.series_id,
        "event_id": event.id,
        "city_id": event.city_id,
        "city_invitation_id": cast.city(db, "Newark").id and _only(db, "city_invitation"),
        "request_id": _only(db, "access_request"),
        "change_id": _only(db, "pending_change"),
    }
    found = []
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("organiser.") and not (
            named and rule.endpoint in WITHOUT_SERIES
        ):
            with app.test_request_context():
                given = {name: values[name] for name in rule.arguments}
                path = app.url_map.bind("localhost").build(rule.endpoint, given)
            found += [(method, path) for method in rule.methods or () if method in ("GET", "POST")]
    return sorted(set(found))


def _only(db: Session, table: str) -> int:
    from sqlalchemy import text

    return int(db.execute(text(f"select max(id) from {table}")).scalar_one())


def test_nobody_enters_without_signing_in(
    app: Flask, client: FlaskClient, db: Session, event: Event
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    answers = {
        (method, path): client.open(path, method=method).status_code
        for method, path in routes(app, event, db)
    }
    assert set(answers.values()) == {303}, answers
    assert len(answers) > 30


def test_another_series_is_as_if_it_were_not_there(
    app: Flask, client: FlaskClient, db: Session, event: Event, sign_in_as: SignInAs
) -> None:
    """Control: with the series granted, no page answers so."""
    app.config["WTF_CSRF_ENABLED"] = False
    named = routes(app, event, db, named=True)
    sign_in_as("organiser", cast.series(db, "another").id)
    foreign = {route: client.open(route[1], method=route[0]).status_code for route in named}
    assert set(foreign.values()) == {404}, foreign

    sign_in_as("organiser", event.series_id)
    pages = [(method, path) for method, path in named if method == "GET"]
    own = {route: client.open(route[1], method=route[0]).status_code for route in pages}
    assert set(own.values()) == {200}, own


def test_no_form_is_taken_without_its_token(
    app: Flask, client: FlaskClient, db: Session, event: Event, sign_in_as: SignInAs
) -> None:
    sign_in_as("administrator")
    answers = {
        path: client.post(path).status_code
        for method, path in routes(app, event, db)
        if method == "POST"
    }
    assert set(answers.values()) == {400}, answers
