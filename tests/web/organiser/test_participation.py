"""The board while answers come in: days that differ, comments, addresses in trouble, and news."""

import re
from datetime import timedelta
from html import unescape

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.registration.answers import answer
from events_service.domain.registration.confirming import withdraw_delegation
from events_service.model import DayAnswer, Event, Member, SuppressedAddress
from tests import cast, inbound, office
from tests.conftest import Browser, SignInAs, TestClock


@pytest.fixture
def event(db: Session, sign_in_as: SignInAs) -> Event:
    made = cast.event(db)
    sign_in_as("organiser", made.series_id)
    return made


@pytest.fixture
def people(db: Session, settings: Settings, clock: TestClock, event: Event) -> list[Member]:
    newark = office.registered(db, settings, clock, event, "Newark", "Mayor", "Adviser")
    db.commit()
    return office.people_of(newark)


def words(page: str) -> str:
    plain = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)).replace("\u00a0", " ")
    return unescape(plain)


def news(page: str) -> str:
    found = re.search(r'hx-get="([^"]+)"', page)
    assert found is not None
    return unescape(found[1])


def test_answers_by_mail_to_single_days_and_comments_are_shown(
    browser: Browser, db: Session, event: Event, people: list[Member], clock: TestClock
) -> None:
    [invitation] = people[0].invitations
    invitation.partstat, invitation.answered_by = "ACCEPTED", "mail"
    invitation.answered_at = clock.now
    invitation.reply_comment = "I arrive <b>late</b>.\u202e"
    invitation.day_answers = [
        DayAnswer(
            day=invitation.days[1],
            partstat="DECLINED",
            answered_at=clock.now,
            answered_by="mail",
            reply_sequence=0,
            reply_dtstamp=clock.now,
        )
    ]
    db.commit()
    page = browser.get(f"/organise/events/{event.id}")
    text = words(page)
    assert "Mayor Accepted Mail, 22 Nov 1 June: Declined “I arrive <b>late</b>.”" in text
    assert "<b>late</b>" not in page and "\u202e" not in page
    assert "Answers so far 1, of which 1 by mail" in text


def test_an_address_that_was_refused_says_what_to_do(
    browser: Browser, db: Session, event: Event, people: list[Member], clock: TestClock
) -> None:
    """Control: without it the board says nothing of the kind."""
    path, said = f"/organise/events/{event.id}", "Nothing is sent to their address: it was refused."
    assert said not in browser.get(path)
    db.add(SuppressedAddress(address=people[1].address, since=clock.now, answer="550 no"))
    db.commit()
    text = words(browser.get(path))
    assert f"{said} Ask office@newark.example.org for another address." in text


def test_the_list_of_who_has_not_answered(
    browser: Browser, db: Session, event: Event, people: list[Member], clock: TestClock
) -> None:
    answer(people[0], {people[0].invitations[0].id: "DECLINED"}, now=clock.now)
    db.commit()
    path = f"/organise/events/{event.id}"
    assert "Not answered 1" in browser.get(path)
    only = words(browser.get(f"{path}?show=unanswered"))
    assert ("Adviser No answer" in only, "Mayor Declined" in only) == (True, False)
    answer(people[1], {people[1].invitations[0].id: "ACCEPTED"}, now=clock.now)
    db.commit()
    assert "Everybody who was asked has answered." in browser.get(f"{path}?show=unanswered")


def test_people_who_left_the_delegation_stay_within_reach(
    browser: Browser,
    db: Session,
    event: Event,
    people: list[Member],
    settings: Settings,
    clock: TestClock,
) -> None:
    withdraw_delegation(db, settings, people[0].delegation.city_invitation_id, now=clock.now)
    db.commit()
    page = browser.get(f"/organise/events/{event.id}")
    assert "No longer in the delegation: Mayor , Adviser" in words(page)
    assert f'href="/organise/events/{event.id}/people/{people[1].id}"' in page


@pytest.mark.usefixtures("people")
def test_news_comes_when_there_is_some_and_nothing_as_long_as_there_is_none(
    browser: Browser,
    client: FlaskClient,
    db: Session,
    event: Event,
    people: list[Member],
    clock: TestClock,
) -> None:
    path = f"/organise/events/{event.id}?show=open"
    page = browser.get(path)
    ask = news(page)
    assert f'id="look-again" href="{path}"' in page
    assert 'hx-trigger="every 5s"' in page and 'src="/assets/htmx' in page
    quiet = client.get(ask)
    assert (quiet.status_code, quiet.data) == (204, b"")
    clock.advance(timedelta(seconds=5))
    answer(people[0], {people[0].invitations[0].id: "DECLINED"}, now=clock.now)
    db.commit()
    fresh = browser.get(ask)
    assert "Mayor Declined Page, 22 Nov" in words(fresh)
    assert news(fresh) != ask
    assert client.get(news(fresh)).status_code == 204


def test_a_board_that_is_over_asks_for_no_news(
    browser: Browser, event: Event, clock: TestClock, sign_in_as: SignInAs, db: Session
) -> None:
    db.commit()
    clock.advance(timedelta(days=365))
    sign_in_as("organiser", event.series_id)
    page = browser.get(f"/organise/events/{event.id}")
    assert "hx-get" not in page and "htmx" not in page


def test_replies_are_counted_in_the_navigation_and_asked_for_today(
    browser: Browser, db: Session, event: Event, people: list[Member], clock: TestClock
) -> None:
    """Control: with nothing held neither is there."""
    path = f"/organise/events/{event.id}"
    quiet = words(browser.get(path))
    assert "Replies" in quiet and "for your decision" not in quiet
    assert re.search(r"Replies \d", quiet) is None
    inbound.came(db, clock, people[0])
    inbound.proposed(db, clock, event, people[1], later=timedelta(days=7), comment="")
    decided = inbound.came(db, clock, people[0], text="Another")
    decided.decided_at, decided.decision = clock.now, "dismissed"
    db.commit()
    busy = words(browser.get(path))
    assert "Replies 2 " in busy
    assert "Two replies wait for your decision" in busy
    assert "Two replies wait for your decision" in words(browser.get("/organise"))
    assert "Replies 2" in browser.get(f"/staff/events/{event.id}/attendance")
