"""Who reaches what: every route × every role × an event of somebody else, from the URL map."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from events_service.web.access import access
from tests.conftest import SignInAs, TestClock
from tests.web.routes import SIGNED_IN, Answers, requests_of, routes, undeclared
from tests.web.world import World

OF_A_SERIES = {"event_id", "series_id"}
BELOW = {  # what lies below what; the rest of a route's numbers stand for themselves
    "event_id": {
        "city_invitation_id",
        "change_id",
        "request_id",
        "block_id",
        "number",
        "member_id",
        "letter_id",
        "reply_id",
        "proposal_id",
        "draft_id",
    },
    "spotlight_id": {"step_id"},
    "onboarding_id": {"task_id"},
}


def test_every_route_declares_a_rule(app: Flask) -> None:
    assert undeclared(app) == []


def test_a_route_without_a_rule_would_be_found_and_is_never_served(app: Flask) -> None:
    app.add_url_rule("/secret", "secret", lambda: "secret")
    app.add_url_rule("/open", "open", access("public")(lambda: "open"))
    assert undeclared(app) == ["secret"]
    assert app.test_client().get("/secret").status_code == 404
    assert app.test_client().get("/open").text == "open"


def test_who_is_not_signed_in_is_sent_to_sign_in(app: Flask, own: World, answers: Answers) -> None:
    let_in = [
        (method, path, answer)
        for rule in routes(app, *SIGNED_IN)
        for method in requests_of(rule)
        for path in own.paths(rule)
        if (answer := answers.to(method, path)) != (303, sign_in_for(method, path))
    ]
    assert let_in == []


def sign_in_for(method: str, path: str) -> str:
    """A page is gone back to after signing in; what was sent is not sent again."""
    return "/sign-in" if method == "POST" else f"/sign-in?next={path}"


@pytest.mark.parametrize(
    ("role", "closed"), [("organiser", ("staff", "administrator")), ("staff", ("administrator",))]
)
def test_a_lesser_role_finds_no_such_page(
    app: Flask, own: World, answers: Answers, sign_in_as: SignInAs, role, closed
) -> None:
    """Control: an administrator finds each of them."""
    every = [
        (method, path)
        for rule in routes(app, *closed)
        for method in requests_of(rule)
        for path in own.paths(rule)
    ]
    assert len(every) >= 5
    sign_in_as(role, own.event.series_id)
    assert [one for one in every if answers.to(*one)[0] != 404] == []
    sign_in_as("administrator")
    assert [one for one in every if answers.to(*one)[0] in (404, 500)] == []


def of_a_series(app: Flask, world: World) -> Iterator[tuple[str, str]]:
    for rule in routes(app, *SIGNED_IN):
        if OF_A_SERIES & rule.arguments:
            for method in requests_of(rule):
                for path in world.paths(rule):
                    yield method, path


def test_an_organiser_of_another_series_finds_no_such_event(
    app: Flask, own: World, foreign: World, answers: Answers, sign_in_as: SignInAs
) -> None:
    """Control: the organiser of its own series finds each of them."""
    theirs = list(of_a_series(app, foreign))
    assert len(theirs) >= 40
    sign_in_as("organiser", own.event.series_id)
    assert [one for one in theirs if answers.to(*one)[0] != 404] == []
    sign_in_as("organiser", foreign.event.series_id)
    missed = [one for one in theirs if answers.to(*one)[0] in (404, 500)]
    without_order = ("/note/", "/quote/")  # kinds of records that cannot be moved up
    assert [path for _, path in missed if not path.endswith("/up")] == []
    assert all(kind in path for (_, path), kind in zip(missed, without_order, strict=True))


def mixed(app: Flask, own: World, foreign: World) -> Iterator[tuple[str, str]]:
    """Under an event, a partnership or a city of ours, the number of something of theirs."""
    for rule in routes(app, *SIGNED_IN):
        for parent, below in BELOW.items():
            if parent in rule.arguments and below & rule.arguments:
                for method in requests_of(rule):
                    for path in own.paths(rule, other=foreign, keep=parent):
                        yield method, path


def test_numbers_of_another_event_are_not_found_under_ones_own(
    app: Flask, own: World, foreign: World, answers: Answers, sign_in_as: SignInAs
) -> None:
    """Even for an administrator, who reaches both."""
    sign_in_as("administrator")
    every = list(mixed(app, own, foreign))
    assert len(every) >= 30
    assert [one for one in every if answers.to(*one)[0] != 404] == []


def test_each_number_of_a_route_is_of_a_kind_that_the_matrix_knows(app: Flask) -> None:
    known = {*BELOW, *OF_A_SERIES, *(name for below in BELOW.values() for name in below)}
    of_no_event = {
        "mail_id",
        "inbound_id",
        "account_id",
        "city_id",
        "import_id",
        "kind",
        "group",
        "key",
        "question_key",
        "consent_kind",
    }
    asked = {name for rule in routes(app, *SIGNED_IN) for name in rule.arguments}
    assert asked <= known | of_no_event


def test_a_disabled_account_is_signed_out_at_once(
    own: World, answers: Answers, sign_in_as: SignInAs, db: Session, clock: TestClock
) -> None:
    account = sign_in_as("organiser", own.event.series_id)
    page = f"/organise/events/{own.event.id}"
    assert answers.to("GET", page)[0] == 200
    account.disabled_at = clock.now
    db.commit()
    assert answers.to("GET", page) == (303, f"/sign-in?next={page}")
