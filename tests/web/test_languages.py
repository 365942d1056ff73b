"""The language of a page: chosen, else of the city whose link was opened, else the browser's."""

import threading

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from wtforms import StringField
from wtforms.validators import DataRequired

from events_service import translation
from events_service.translation import current_language, speaking
from events_service.web import language
from events_service.web.forms import PageForm
from tests import cast
from tests.conftest import SignInAs
from tests.translations.pseudo import Pseudo
from tests.web.world import World

SLOVAK = {"Accept-Language": "sk-SK,sk;q=0.9,en;q=0.5"}


def said(client: FlaskClient, path: str = "/contact", **headers: str) -> tuple[str, str]:
    """In the header, and on the page."""
    answer = client.get(path, headers=headers)
    shown = answer.text.partition('<html lang="')[2].partition('"')[0]
    return answer.headers["Content-Language"], shown


@pytest.mark.parametrize(
    ("header", "spoken"),
    [
        ("", "en"),
        ("sk", "sk"),
        ("sk-SK,sk;q=0.9,en;q=0.8", "sk"),
        ("fr-CA", "fr"),
        ("pl, sv;q=0.7, en;q=0.6", "sv"),
        ("pl", "en"),
        ("en-GB,fr;q=0.9", "en"),
        ("*", "en"),
        ("fr;q=0, sv;q=x;;,", "en"),
        (", " * 5000 + "sk", "en"),
    ],
)
def test_what_a_browser_asks_for(client: FlaskClient, header: str, spoken: str) -> None:
    assert said(client, **{"Accept-Language": header}) == (spoken, spoken)


def test_a_choice_comes_before_the_browser_and_stays(client: FlaskClient) -> None:
    page = client.get("/reports?x=1", headers=SLOVAK)
    assert '<span lang="sk" aria-current="true">Slovenčina</span>' in page.text
    assert 'name="next" value="/reports?x=1"' in page.text
    answer = client.post("/language", data={"language": "sv", "next": "/reports?x=1"})
    assert (answer.status_code, answer.location) == (303, "/reports?x=1")
    cookie = client.get_cookie("language")
    assert cookie is not None
    assert (cookie.value, cookie.http_only, cookie.max_age) == ("sv", True, 365 * 24 * 3600)
    assert said(client, **SLOVAK) == ("sv", "sv")
    client.post("/language", data={"language": "xx", "next": "/"})
    assert client.get_cookie("language") is None


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example", "/\\evil", "", "x"])
def test_nothing_leads_elsewhere(client: FlaskClient, target: str) -> None:
    for path in ("/language", "/times"):
        assert client.post(path, data={"next": target}).location == "/"


def test_a_form_on_another_site_chooses_nothing(client: FlaskClient) -> None:
    for path in ("/language", "/times"):
        sent = {"language": "sv", "zone": "Asia/Tokyo"}
        answer = client.post(path, data=sent, headers={"Sec-Fetch-Site": "cross-site"})
        assert (answer.status_code, "Set-Cookie" in answer.headers) == (422, False)
        ours = client.post(path, data=sent, headers={"Sec-Fetch-Site": "same-origin"})
        assert (ours.status_code, "Set-Cookie" in ours.headers) == (303, True)


def test_a_cookie_of_no_language_is_none(client: FlaskClient) -> None:
    client.set_cookie("language", "xx")
    assert said(client, **SLOVAK) == ("sk", "sk")


def test_pages_of_the_team_are_in_english(client: FlaskClient, sign_in_as: SignInAs) -> None:
    assert said(client, "/sign-in", **SLOVAK) == ("en", "en")
    sign_in_as("administrator")
    assert said(client, "/organise", **SLOVAK) == ("en", "en")
    assert said(client, "/contact", **SLOVAK) == ("sk", "sk")


def test_errors_are_in_the_reader_s_language(client: FlaskClient) -> None:
    assert said(client, "/no-such-page", **SLOVAK) == ("sk", "sk")


def test_a_choice_on_a_page_that_was_only_sent_leads_home(client: FlaskClient) -> None:
    answer = client.post("/language", headers={"Sec-Fetch-Site": "cross-site"})
    assert 'name="next" value="/"' in answer.text


def test_files_are_the_same_for_everybody(
    client: FlaskClient, own: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"/series/{own.event.series.slug}/calendar.ics"
    before = client.get(path)
    monkeypatch.setattr(translation, "catalogue", lambda _language: Pseudo())
    after = client.get(path, headers=SLOVAK)
    assert (after.data, after.headers.get("Vary")) == (before.data, before.headers.get("Vary"))


def test_a_kept_page_is_kept_for_each_language(client: FlaskClient, db: Session) -> None:
    cast.event(db)
    db.commit()
    path = "/events/stockholm-2027"
    answers = {}
    for _ in range(2):
        for header in ("en", "sk", "fr"):
            answer = client.get(path, headers={"Accept-Language": header})
            assert f'<html lang="{header}"' in answer.text
            answers.setdefault(header, set()).add(answer.headers["ETag"])
    assert [len(tags) for tags in answers.values()] == [1, 1, 1]
    assert len(set.union(*answers.values())) == 3
    tag = answers["sk"].pop()
    known = {"If-None-Match": tag}
    assert client.get(path, headers=known | {"Accept-Language": "sk"}).status_code == 304
    assert client.get(path, headers=known | {"Accept-Language": "en"}).status_code == 200


def test_one_request_s_language_is_gone_before_the_next(app: Flask, client: FlaskClient) -> None:
    """gunicorn's threads serve one reader after the other. Control: without the end it stays."""
    left: list[str] = []

    def serve() -> None:
        client.get("/contact", headers=SLOVAK)
        left.append(current_language())
        app.teardown_request_funcs[None].remove(language.end)
        client.get("/contact", headers=SLOVAK)
        left.append(current_language())

    thread = threading.Thread(target=serve)
    thread.start()
    thread.join()
    assert left == ["en", "sk"]


def test_a_form_s_own_words_are_in_the_page_s_language(app: Flask) -> None:
    class Asked(PageForm):
        name = StringField("Name", [DataRequired()])

    said = {}
    for spoken in ("en", "fr", "sv", "sk"):
        with app.test_request_context("/", method="POST"), speaking(spoken):
            form = Asked(meta={"csrf": False})
            form.validate()
            said[spoken] = form.name.errors[0]
    assert said == {
        "en": "This field is required.",
        "fr": "Ce champ est requis.",
        "sv": "Det här fältet är obligatoriskt.",
        "sk": "Toto pole je povinné.",
    }
