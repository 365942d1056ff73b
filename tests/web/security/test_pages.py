"""What every answer has in common: headers, no inline scripts or styles, a token in each form."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from lxml.html import HtmlElement

from events_service.web.headers import CSP
from events_service.web.staff.reading import READING_CSP, STRANGERS_CSP
from tests.conftest import SignInAs
from tests.web.security.pages import FRAMED, Seen, errors, looked_at, sent_empty
from tests.web.world import World

STRANGERS = {"staff.reply_html", "organiser.reply_html"}  # what they link to does not open
FETCHED = {"src", "srcset", "poster", "data", "background"}
OUR_OWN = re.compile(r"/(?!/)")
# They change a cookie of the reader's own, on pages that are the same for many; a form on another
# site is refused by what browsers say of themselves (tests/web/test_languages.py).
COOKIE_ONLY = {"/language", "/times"}
CHECKED = ("script-src", "style-src", "font-src", "img-src", "form-action", "connect-src")


@pytest.fixture
def seen(
    app: Flask, client: FlaskClient, own: World, sign_in_as: SignInAs, token: str
) -> list[Seen]:
    """Everything that can be looked at or sent, and pages of errors, as an administrator."""
    sign_in_as("administrator")
    found = looked_at(app, client, own) + errors(client) + sent_empty(app, client, own, token)
    assert len(found) >= 100
    return found


def inline(page: HtmlElement) -> list[str]:
    """Whatever a page would run, or style, or fetch from elsewhere."""
    found = [f"<{one.tag}>" for one in page.iter("script", "style") if not one.get("src")]
    for element in page.iter():
        for name, value in element.attrib.items():
            if name == "style" or name.startswith("on") or "javascript:" in value.lower():
                found.append(f"{name}={value}")
            if name in FETCHED and not OUR_OWN.match(value):
                found.append(f"{name}={value}")
    found += [
        f"link {one.get('href')}"
        for one in page.iter("link")
        if not OUR_OWN.match(one.get("href") or "")
    ]
    return found


def without_token(page: HtmlElement) -> list[str]:
    return [
        form.get("action") or "(itself)"
        for form in page.iter("form")
        if (form.get("method") or "get").lower() == "post"
        and form.get("action") not in COOKIE_ONLY
        and not form.xpath(".//input[@type='hidden'][@name='csrf_token'][string-length(@value)>20]")
    ]


def test_the_judges_find_what_they_look_for() -> None:
    page = html.document_fromstring(
        "<body onload=x><p style='a'><script>x</script><img src='https://a.example/'>"
        "<a href='javascript:x'></a><link href='//b.example'><form method=POST></form>"
    )
    assert inline(page) == [
        "<script>",
        "onload=x",
        "style=a",
        "src=https://a.example/",
        "href=javascript:x",
        "link //b.example",
    ]
    assert without_token(page) == ["(itself)"]


def test_every_answer_has_the_headers_that_keep_it_to_itself(seen: list[Seen]) -> None:
    wanted = {
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    for one in seen:
        found = {name: one.answer.headers.get(name) for name in wanted}
        assert (one.path, found) == (one.path, wanted)
        assert "default-src 'none'" in one.answer.headers["Content-Security-Policy"], one.path


def test_every_page_of_ours_has_the_one_policy_and_nothing_inline(seen: list[Seen]) -> None:
    pages = [one for one in seen if one.is_page and one.endpoint not in FRAMED]
    assert len(pages) >= 80
    for one in pages:
        assert (one.path, one.answer.headers["Content-Security-Policy"]) == (one.path, CSP)
        assert (one.path, inline(one.page)) == (one.path, [])


def test_the_policy_lets_nothing_in_but_our_own_files() -> None:
    rules = dict(rule.strip().split(" ", 1) for rule in CSP.split(";"))
    assert {name: rules[name] for name in CHECKED} == dict.fromkeys(CHECKED, "'self'")
    assert (rules["default-src"], rules["base-uri"], rules["frame-ancestors"]) == ("'none'",) * 3
    assert "unsafe" not in CSP


def test_letters_are_shown_in_a_sandbox(seen: list[Seen]) -> None:
    framed = [one for one in seen if one.endpoint in FRAMED and one.answer.status_code == 200]
    assert {one.endpoint for one in framed} == FRAMED
    for one in framed:
        policy = one.answer.headers["Content-Security-Policy"]
        assert policy == (STRANGERS_CSP if one.endpoint in STRANGERS else READING_CSP)
        assert "allow-scripts" not in policy and "allow-same-origin" not in policy
        assert [f"<{tag.tag}>" for tag in one.page.iter("script", "form", "img")] == []


def test_every_form_that_acts_carries_a_token(seen: list[Seen]) -> None:
    pages = [one for one in seen if one.is_page]
    forms = [form for one in pages for form in one.page.xpath("//form[@method='post']")]
    assert len(forms) >= 40
    assert [(one.path, found) for one in pages if (found := without_token(one.page))] == []


def test_nothing_acts_without_its_token(
    app: Flask, client: FlaskClient, own: World, sign_in_as: SignInAs
) -> None:
    """Control: with it, `sent_empty` gets other answers."""
    sign_in_as("administrator")
    with_wrong = {"csrf_token": "a" * 91}
    acting = [one for one in sent_empty(app, client, own, "") if one.path not in COOKIE_ONLY]
    assert len(acting) >= 40
    for one in acting:
        assert (one.path, one.answer.status_code) == (one.path, 400)
        assert client.post(one.path, data=with_wrong).status_code == 400
        assert client.post(one.path).status_code == 400
