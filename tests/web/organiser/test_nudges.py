"""Reminding people: chosen, written, read, reworded, released."""

import re
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.registration.answers import answer
from events_service.model import Event, Member, OutboxMail, SuppressedAddress
from tests import cast, office
from tests.conftest import Answer, Browser, SignInAs, TestClock
from tests.web.organiser.test_participation import words


@pytest.fixture
def event(db: Session, sign_in_as: SignInAs) -> Event:
    made = cast.event(db)
    sign_in_as("organiser", made.series_id)
    return made


@pytest.fixture
def people(db: Session, settings: Settings, clock: TestClock, event: Event) -> list[Member]:
    newark = office.registered(db, settings, clock, event, "Newark", "Mayor", "Adviser")
    office.letters(db)
    db.commit()
    return office.people_of(newark)


def ask(browser: Browser, event: Event, *people: Member, **other: object) -> Answer:
    form: dict[str, object] = {"people": [one.id for one in people], "words": "", **other}
    return browser.post(f"/organise/events/{event.id}/nudge", form)


def drafted(db: Session) -> list[OutboxMail]:
    mails = db.query(OutboxMail).filter_by(letter="member_nudge", state="drafted")
    return mails.order_by(OutboxMail.id).populate_existing().all()


def ticked(page: str) -> list[int]:
    boxes = re.findall(r'name="people" value="(\d+)" checked', page)
    return [int(number) for number in boxes]


def test_a_reminder_is_written_and_waits_in_the_outbox(
    browser: Browser, db: Session, event: Event, people: list[Member]
) -> None:
    path = f"/organise/events/{event.id}"
    assert "Remind people who have not answered" in browser.get(path)
    assert ticked(browser.get(f"{path}/nudge")) == [one.id for one in people]
    asked = ask(browser, event, people[0], words="Do come.")
    assert (asked.status, asked.location) == (303, f"{path}/outbox/groups/member_nudge")
    assert [(one.member_id, one.facts["words"]) for one in drafted(db)] == [
        (people[0].id, "Do come.")
    ]
    assert "1 letter waits in the outbox" in browser.get(path)
    assert "1 reminder waits in the outbox." in browser.get(f"{path}/nudge")
    assert ticked(browser.get(f"{path}/nudge")) == [people[1].id]


def test_people_who_can_not_be_reached_or_have_answered_are_not_offered(
    browser: Browser, db: Session, event: Event, people: list[Member], clock: TestClock
) -> None:
    mayor, adviser = people
    db.add(SuppressedAddress(address=mayor.address, since=clock.now, answer="550 no"))
    db.commit()
    path = f"/organise/events/{event.id}/nudge"
    page = browser.get(path)
    assert ticked(page) == [adviser.id]
    assert "Mayor, Newark Newark Their address was refused" in words(page)
    forged = ask(browser, event, mayor)
    assert (forged.status, db.query(OutboxMail).filter_by(letter="member_nudge").count()) == (
        422,
        0,
    )
    answer(adviser, {adviser.invitations[0].id: "ACCEPTED"}, now=clock.now)
    db.delete(db.get_one(SuppressedAddress, mayor.address))
    answer(mayor, {mayor.invitations[0].id: "DECLINED"}, now=clock.now)
    db.commit()
    assert "Everybody who was asked has answered." in browser.get(path)


def test_nobody_chosen_needs_another_look(
    browser: Browser, event: Event, people: list[Member]
) -> None:
    refused = ask(browser, event, words="x" * 2001)
    assert refused.status == 422
    assert f'href="#person-{people[0].id}">Choose at least one person' in refused.text
    assert "Shorten your words to 2,000 characters" in refused.text


def test_another_reminder_within_three_days_is_confirmed(
    browser: Browser,
    db: Session,
    event: Event,
    people: list[Member],
    settings: Settings,
    clock: TestClock,
    sign_in_as: SignInAs,
) -> None:
    path = f"/organise/events/{event.id}"
    ask(browser, event, people[0])
    office.release_all(db, settings, clock, event)
    db.commit()
    clock.advance(timedelta(days=1))
    sign_in_as("organiser", event.series_id)
    page = browser.get(f"{path}/nudge")
    assert ticked(page) == [people[1].id]
    assert "22\u00a0Nov" in page
    refused = ask(browser, event, *people)
    assert refused.status == 422
    assert "Reminded in the last three days: Mayor, Newark." in refused.text
    assert ask(browser, event, *people, again="y").status == 303
    assert len(drafted(db)) == 2


def test_nobody_is_reminded_of_a_letter_that_waits(
    browser: Browser, db: Session, settings: Settings, clock: TestClock, event: Event
) -> None:
    """Control: once it has left, they are."""
    office.registered(db, settings, clock, event, "Newark", "Mayor")
    db.query(OutboxMail).filter_by(letter="member_invited").one().state = "drafted"
    db.commit()
    path = f"/organise/events/{event.id}"
    board = browser.get(path)
    assert "Remind people who have not answered" not in board and "Not answered 0" in board
    assert "Nobody to remind" in browser.get(f"{path}/nudge")
    db.query(OutboxMail).filter_by(letter="member_invited").one().state = "sent"
    db.commit()
    board = browser.get(path)
    assert "Remind people who have not answered" in board and "Not answered 1" in board
    assert "Mayor, Newark" in browser.get(f"{path}/nudge")
