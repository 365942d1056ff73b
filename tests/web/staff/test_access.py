"""Who reaches the secretariat's pages."""

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from events_service.domain.followup import spotlights
from events_service.model.account import Role
from tests.conftest import SignInAs, TestClock
from tests.follow_up import colleague, practice

LISTS = ["/staff/spotlights", "/staff/onboarding", "/staff/letters", "/staff/mailbox"]


@pytest.mark.parametrize("path", [*LISTS, "/staff/people", "/staff/spotlights/new"])
def test_an_organiser_finds_no_such_page(
    client: FlaskClient, sign_in_as: SignInAs, path: str
) -> None:
    sign_in_as("organiser")
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("role", ["staff", "administrator"])
def test_staff_and_administrators_come_in(
    client: FlaskClient, sign_in_as: SignInAs, path: str, role: Role
) -> None:
    sign_in_as(role)
    assert client.get(path).status_code == 200


@pytest.mark.parametrize(("role", "status"), [("staff", 404), ("administrator", 200)])
def test_accounts_are_for_administrators(
    client: FlaskClient, sign_in_as: SignInAs, role: Role, status: int
) -> None:
    sign_in_as(role)
    assert client.get("/staff/people").status_code == status


@pytest.mark.parametrize("path", LISTS)
def test_who_is_not_signed_in_is_asked_to(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Location"]) == (
        303,
        f"/sign-in?next=%2F{path[1:].replace('/', '%2F')}".replace("%2F", "/"),
    )


@pytest.mark.parametrize(
    "path",
    [
        "/staff/spotlights/0",
        "/staff/spotlights/0/contact",
        "/staff/onboarding/0",
        "/staff/onboarding/0/tasks/0",
        "/staff/letters/0",
        "/staff/mailbox/0",
        "/staff/mailbox/0/html",
        "/staff/mailbox/0/raw",
        "/staff/mailbox/0/parts/0",
    ],
)
def test_numbers_that_name_nothing(client: FlaskClient, sign_in_as: SignInAs, path: str) -> None:
    sign_in_as("staff")
    assert client.get(path).status_code == 404


def test_every_write_needs_the_token_of_its_page(
    app: Flask, client: FlaskClient, sign_in_as: SignInAs, db: Session, clock: TestClock
) -> None:
    """Control: with the token the same request acts (test_spotlights, test_letters, …)."""
    sign_in_as("administrator")
    started = spotlights.start_partnership(
        db, practice(db).id, colleague(db), date(2026, 11, 23), now=clock.now
    )
    db.commit()
    number = started.id
    written = [
        rule
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("staff.") and "POST" in (rule.methods or set())
    ]
    assert len(written) >= 20
    for rule in written:
        path = rule.rule
        for name in rule.arguments:
            path = path.replace(f"<int:{name}>", str(number))
        answer = client.post(path)
        assert (rule.rule, answer.status_code) == (rule.rule, 400)
