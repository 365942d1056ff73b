"""Who reaches the pages of a city: every route × a city of one's own and a foreign one."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import SignInAs, TestClock
from tests.web.city_session import signed_in_for
from tests.web.routes import Answers, requests_of, routes
from tests.web.world import World

ASK = (303, "/city")


def of_a_city(app: Flask, world: World) -> Iterator[tuple[str, str]]:
    for rule in routes(app, "city"):
        if "city_id" in rule.arguments:
            for method in requests_of(rule):
                for path in world.paths(rule):
                    yield method, path


@pytest.mark.parametrize("role", [None, "organiser", "staff", "administrator"])
def test_who_is_not_signed_in_for_a_city_is_sent_to_do_so(
    app: Flask, own: World, answers: Answers, sign_in_as: SignInAs, role
) -> None:
    """Whatever account of the network team they have."""
    if role:
        sign_in_as(role, own.event.series_id)
    every = [*of_a_city(app, own), ("GET", "/city/home")]
    assert len(every) >= 10
    assert [one for one in every if answers.to(*one) != ASK] == []


def test_a_city_finds_no_page_of_another(
    app: Flask,
    client: FlaskClient,
    own: World,
    foreign: World,
    answers: Answers,
    clock: TestClock,
) -> None:
    """Control: whoever speaks for that one finds each of them."""
    theirs = list(of_a_city(app, foreign))
    assert len(theirs) >= 10
    signed_in_for(client, own.focal_point, clock)
    assert [one for one in theirs if answers.to(*one)[0] != 404] == []
    signed_in_for(client, foreign.focal_point, clock)
    found = {one: answers.to(*one) for one in theirs}
    assert [one for one, answer in found.items() if answer[0] in (404, 500) or answer == ASK] == []


def test_contacts_of_another_city_are_not_found_under_ones_own(
    app: Flask,
    client: FlaskClient,
    own: World,
    foreign: World,
    answers: Answers,
    clock: TestClock,
) -> None:
    signed_in_for(client, own.focal_point, clock)
    mixed = [
        (method, path)
        for rule in routes(app, "city")
        if {"city_id", "contact_id"} <= rule.arguments
        for method in requests_of(rule)
        for path in own.paths(rule, other=foreign, keep="city_id")
    ]
    assert len(mixed) >= 6
    assert [one for one in mixed if answers.to(*one)[0] != 404] == []


def test_whoever_only_registered_manages_no_contacts(
    app: Flask, client: FlaskClient, own: World, answers: Answers, clock: TestClock
) -> None:
    signed_in_for(client, "office@newark.example.org", clock)
    every = list(of_a_city(app, own))
    found = [path for method, path in every if answers.to(method, path)[0] != 404]
    assert set(found) == {f"/city/{own.values['city_id'][0]}"}


def test_each_number_of_a_route_is_of_a_kind_that_the_matrix_knows(app: Flask) -> None:
    asked = {name for rule in routes(app, "city") for name in rule.arguments}
    assert asked == {"city_id", "contact_id"}
