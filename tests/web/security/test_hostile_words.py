"""Whatever is typed as a name, a title or a text stays words: on every page and in every letter."""

import email
import re
from email.policy import default

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from lxml.html import HtmlElement
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.letters.message import seal
from events_service.model import OutboxMail
from tests.conftest import SECRET, SignInAs, TestClock
from tests.web.security.pages import FRAMED, Seen, looked_at
from tests.web.security.test_pages import inline
from tests.web.world import World, make_world

TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")  # what turns the direction of writing
HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(1)>\"'><a href=https://evil.example/>"
    "\u202egpj.exe https://evil.example/x www.evil.example {{ 7 * 7 }}"
    "\r\nBcc: x@evil.example\r\n\r\n"
)


@pytest.fixture
def hostile(db: Session, settings: Settings, clock: TestClock) -> World:
    return make_world(
        db, settings, clock, "Stockholm", "Newark", say=lambda text: f"{text}{HOSTILE}"
    )


@pytest.fixture
def seen(app: Flask, client: FlaskClient, hostile: World, sign_in_as: SignInAs) -> list[Seen]:
    sign_in_as("administrator")
    return looked_at(app, client, hostile)


def foreign_links(page: HtmlElement) -> list[str]:
    return [
        value
        for element in page.iter("a", "area", "form", "iframe", "base")
        for name, value in element.attrib.items()
        if name in ("href", "action", "src") and "evil" in value and not is_mail_address(value)
    ]


def is_mail_address(link: str) -> bool:
    return bool(re.fullmatch(r"mailto:[a-z-]+@events\.example\.org", link))


def test_words_are_inert_on_every_page(seen: list[Seen]) -> None:
    shown = 0
    for one in seen:
        assert (one.path, one.answer.status_code < 500 or one.path == "/readyz") == (one.path, True)
        assert "evil" not in str(one.answer.headers), one.path
        if not one.is_page or one.endpoint in FRAMED:
            continue
        shown += "www.evil.example {{ 7 * 7 }}" in one.page.text_content()
        assert (one.path, inline(one.page), foreign_links(one.page)) == (one.path, [], [])
        assert one.page.xpath("//img[@src='x']") == []
    assert shown >= 30  # else nothing was tried


def test_words_do_not_turn_the_writing_of_what_stands_beside_them(seen: list[Seen]) -> None:
    turned = [one.path for one in seen if one.is_page and TURNING.search(one.answer.text)]
    assert turned == []


@pytest.mark.usefixtures("hostile")
def test_words_are_inert_in_every_letter(db: Session) -> None:
    mails = db.query(OutboxMail).order_by(OutboxMail.id).all()
    assert {"member_invited", "delegation_confirmed"} <= {mail.letter for mail in mails}
    for mail in mails:
        assert mail.rendered is not None
        message = email.message_from_bytes(seal(SECRET, mail.rendered), policy=default)
        assert [name for name in message if name.lower() == "bcc"] == []
        assert "\n" not in str(message["Subject"])
        for part in message.walk():
            if part.get_content_type() == "text/html":
                page = html.document_fromstring(part.get_content())
                assert (mail.letter, foreign_links(page)) == (mail.letter, [])
                assert page.xpath("//script | //img | //form | //@onerror") == []
            if part.get_content_type() == "text/plain":
                text = part.get_content()
                assert not re.search(r"https?://(www\.)?evil|evil\.example", text), mail.letter
                assert not TURNING.search(text)
