"""Every page that there is, as those see it who may: for tests of what all pages have in common."""

from dataclasses import dataclass

from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from lxml.html import HtmlElement
from werkzeug.test import TestResponse

from tests.web.city_session import signed_in_for
from tests.web.routes import routes
from tests.web.world import World

EVERYBODY = ("public", "link", "city", "organiser", "staff", "administrator")
FRAMED = {  # letters, in a sandbox
    "staff.mailbox_html",
    "staff.reply_html",
    "organiser.invitation_letter",
    "organiser.person_letter_html",
    "organiser.reply_html",
    "organiser.outbox_letter_html",
    "organiser.change_letter_html",
}
SIGN_OUT = ("signing_in.leave", "city.leave")
FORM = {"csrf_token": "", "press": "continue", "contact_address": "x", "people-0-name": ""}


@dataclass(frozen=True)
class Seen:
    endpoint: str
    path: str
    answer: TestResponse

    @property
    def page(self) -> HtmlElement:
        return html.document_fromstring(self.answer.text)

    @property
    def is_page(self) -> bool:
        return self.answer.mimetype == "text/html" and self.answer.status_code not in (303, 308)


def looked_at(app: Flask, client: FlaskClient, world: World) -> list[Seen]:
    """Every address that can be looked at."""
    signed_in_for(client, world.focal_point, app.extensions["clock"])
    return [
        Seen(rule.endpoint, path, client.get(path))
        for rule in routes(app, *EVERYBODY)
        if "GET" in (rule.methods or set())
        for path in world.paths(rule)
    ]


def sent_empty(app: Flask, client: FlaskClient, world: World, token: str) -> list[Seen]:
    """Every form sent with nothing in it: most come back with what is missing."""
    signed_in_for(client, world.focal_point, app.extensions["clock"])
    return [
        Seen(rule.endpoint, path, client.post(path, data={"csrf_token": token}))
        for rule in routes(app, *EVERYBODY)
        if "POST" in (rule.methods or set()) and rule.endpoint not in SIGN_OUT
        for path in world.paths(rule)
    ]


def errors(client: FlaskClient) -> list[Seen]:
    """Pages that say why not: 400, 404, 405, 410, 413."""
    long = {"address": "a" * 2_000_000}
    asked = {
        400: client.post("/sign-in", data={"address": "x"}),
        404: client.get("/no-such-page"),
        405: client.post("/contact"),
        410: client.get(f"/r/{'a' * 32}"),
        413: client.post("/sign-in", data=long),
    }
    assert {status: answer.status_code for status, answer in asked.items()} == {
        status: status for status in asked
    }
    return [Seen("error", f"{status}", answer) for status, answer in asked.items()]
