"""A domain outside ASCII: kept as mail servers need it, shown as people write it."""

import html
import re

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.letters import LETTERS
from events_service.letters.sender import sender_in
from events_service.model import CityInvitation, Delegation, Member, OutboxMail
from events_service.tokens import token_for
from tests import cast
from tests.conftest import SECRET, Browser
from tests.web.officials.test_registration import MAYOR, form

SHOWN = "assistant@žilina.example"
KEPT = "assistant@xn--ilina-tib.example"


@pytest.fixture
def zilina(db: Session) -> CityInvitation:
    invitation = cast.invited(db, cast.event(db), "Newark")
    db.commit()
    return invitation


@pytest.fixture
def link(zilina: CityInvitation) -> str:
    return f"/r/{token_for(SECRET, 'city', zilina.id)}"


def named(press: str = "continue") -> dict[str, object]:
    mayor = {**MAYOR, "address": SHOWN, "assistant_address": SHOWN}
    return form(mayor, press=press) | {"contact_address": SHOWN}


def registered(browser: Browser, link: str) -> None:
    browser.post(f"{link}/people", named(), at=f"{link}/people")
    browser.post(f"{link}/confirm", at=f"{link}/review")


@pytest.mark.parametrize("page", ["", "/people", "/review", "/details"])
def test_the_pages_of_a_city_show_it_as_it_was_typed(
    browser: Browser, link: str, page: str
) -> None:
    registered(browser, link)
    text = html.unescape(browser.get(f"{link}{page}"))
    assert "xn--" not in re.sub(r'name="who" value="[^"]*"', "", text)
    assert (SHOWN in text) == bool(page)


def test_it_is_kept_as_mail_servers_need_it(browser: Browser, link: str, db: Session) -> None:
    registered(browser, link)
    member = db.query(Member).one()
    assert (member.address, member.assistant_address) == (KEPT, KEPT)
    assert db.query(Delegation).one().contact_address == KEPT
    assert {mail.to_address for mail in db.query(OutboxMail)} == {KEPT}


def test_sending_the_form_once_more_changes_nothing(
    browser: Browser, link: str, db: Session
) -> None:
    registered(browser, link)
    person = {"member_id": db.query(Member).one().id}
    again = {**MAYOR, "address": SHOWN, "assistant_address": SHOWN, **person}
    browser.post(f"{link}/people", form(again, press="later") | {"contact_address": SHOWN})
    assert "saved and not confirmed yet" not in browser.get(link)


def test_letters_show_it_too(browser: Browser, link: str, db: Session, settings: Settings) -> None:
    registered(browser, link)
    for mail in db.query(OutboxMail):
        letter = LETTERS[mail.letter](mail.facts, sender_in(settings))
        assert SHOWN in letter.text and SHOWN in letter.html
        assert "xn--" not in letter.text + letter.html
