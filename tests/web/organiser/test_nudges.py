"""Reminding people: chosen, written, read, reworded, released."""

import re
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.delivery.claim import claim
from events_service.domain.registration.answers import answer
from events_service.model import Event, Member, OutboxMail, SuppressedAddress
from tests import cast, office
from tests.conftest import Answer, Browser, SignInAs, TestClock
from tests.follow_up import written
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


def render(db: Session, settings: Settings) -> list[OutboxMail]:
    mails = db.query(OutboxMail).filter_by(letter="member_nudge", state="drafted")
    return [written(db, settings, mail) for mail in mails.order_by(OutboxMail.id)]


def marks(page: str) -> list[str]:
    """What the page that was read carries of the letters."""
    form = page.partition("/nudges/release")[2].partition("</form>")[0]
    return re.findall(r'name="read" value="([^"]+)"', form)


def ticked(page: str) -> list[int]:
    boxes = re.findall(r'name="people" value="(\d+)" checked', page)
    return [int(number) for number in boxes]


def test_a_reminder_is_written_read_and_sent(
    browser: Browser,
    db: Session,
    event: Event,
    people: list[Member],
    settings: Settings,
    clock: TestClock,
) -> None:
    path = f"/organise/events/{event.id}"
    assert "Remind people who have not answered" in browser.get(path)
    assert ticked(browser.get(f"{path}/nudge")) == [one.id for one in people]
    asked = ask(browser, event, people[0], words="Do come.")
    assert (asked.status, asked.location) == (303, f"{path}/nudges")
    waiting = browser.get(asked.location)
    assert "The letters are being written." in waiting and 'hx-trigger="every 2s"' in waiting
    assert "/nudges/release" not in waiting
    [mail] = render(db, settings)
    page = browser.get(asked.location)
    assert "One person will be reminded" in page
    frame = f"{path}/people/{people[0].id}/letters/{mail.id}/html"
    assert f'<iframe class="ws-mailframe" sandbox="" src="{frame}"' in page
    letter = browser.get(frame)
    assert "Do come." in letter and "http://localhost/a/…" in letter and "zzlink" not in letter
    assert "One reminder waits to be read and sent" in browser.get(path)
    sent = browser.post(f"{path}/nudges/release", {"read": marks(page)}, at=asked.location)
    assert (sent.status, sent.location) == (303, path)
    assert "One reminder leaves within a few seconds." in browser.get(path)
    db.refresh(mail)
    assert mail.state == "queued"
    assert [one.id for one in claim(db.connection(), now=clock.now).mails] == [mail.id]


def test_words_are_put_in_and_read_again(
    browser: Browser, db: Session, event: Event, people: list[Member], settings: Settings
) -> None:
    path = f"/organise/events/{event.id}/nudges"
    ask(browser, event, *people)
    render(db, settings)
    read = marks(browser.get(path))
    said: dict[str, object] = {"read": read, "words": "The hall\r\n\r\nis booked."}
    assert browser.post(f"{path}/words", said, at=path).status == 303
    assert "Read them again before you send them." in browser.get(path)
    late = browser.post(f"{path}/release", {"read": read}, at=path)
    assert (late.status, "still being prepared" in late.text) == (409, True)
    mails = render(db, settings)
    assert {mail.facts["words"] for mail in mails} == {"The hall\n\nis booked."}
    page = browser.get(path)
    assert "is booked.</textarea>" in page
    assert browser.post(f"{path}/release", {"read": marks(page)}, at=path).status == 303
    too_long: dict[str, object] = {"words": "x" * 2001}
    assert browser.post(f"{path}/words", too_long, at="/organise").status == 422


@pytest.mark.parametrize("garbled", [[], ["x"], ["1"], ["1:"], ["99999999999999999999:a"]])
def test_nothing_leaves_that_was_not_read(
    browser: Browser,
    db: Session,
    event: Event,
    people: list[Member],
    settings: Settings,
    garbled: list[str],
) -> None:
    path = f"/organise/events/{event.id}/nudges"
    ask(browser, event, *people)
    mails = render(db, settings)
    assert browser.post(f"{path}/release", {"read": garbled}, at=path).status == 409
    for mail in mails:
        db.refresh(mail)
    assert {mail.state for mail in mails} == {"drafted"}


def test_whoever_answers_meanwhile_gets_none(
    browser: Browser,
    db: Session,
    event: Event,
    people: list[Member],
    settings: Settings,
    clock: TestClock,
) -> None:
    path = f"/organise/events/{event.id}/nudges"
    ask(browser, event, *people)
    render(db, settings)
    read = marks(browser.get(path))
    answer(people[0], {people[0].invitations[0].id: "ACCEPTED"}, now=clock.now)
    db.commit()
    sent = browser.post(f"{path}/release", {"read": read}, at=path)
    said = browser.get(sent.location)
    assert "One reminder leaves within a few seconds. One person answered meanwhile" in said
    assert browser.post(f"{path}/release", {"read": read}, at="/organise").status == 409


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
    assert "Everybody has answered" in browser.get(path)


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
    render(db, settings)
    browser.post(
        f"{path}/nudges/release",
        {"read": marks(browser.get(f"{path}/nudges"))},
        at=f"{path}/nudges",
    )
    clock.advance(timedelta(days=1))
    sign_in_as("organiser", event.series_id)
    page = browser.get(f"{path}/nudge")
    assert ticked(page) == [people[1].id]
    assert "22\u00a0Nov" in page
    refused = ask(browser, event, *people)
    assert refused.status == 422
    assert "Reminded in the last three days: Mayor, Newark." in refused.text
    assert ask(browser, event, *people, again="y").status == 303
    assert len(render(db, settings)) == 2


def test_reminders_are_put_aside(
    browser: Browser, db: Session, event: Event, people: list[Member], settings: Settings
) -> None:
    path = f"/organise/events/{event.id}/nudges"
    ask(browser, event, *people)
    render(db, settings)
    out = browser.post(f"{path}/{people[0].id}/leave-out", at=path)
    assert (out.status, "Mayor, Newark is left out." in browser.get(path)) == (303, True)
    browser.post(f"{path}/aside", at=path)
    states = [mail.state for mail in db.query(OutboxMail).populate_existing()]
    assert states == ["discarded", "discarded"]
    assert "No reminder waits" in browser.get(path)


@pytest.mark.usefixtures("people")
def test_reminders_wait_at_their_event_and_not_among_the_letters(
    browser: Browser,
    db: Session,
    event: Event,
    people: list[Member],
    settings: Settings,
    sign_in_as: SignInAs,
) -> None:
    ask(browser, event, *people)
    render(db, settings)
    sign_in_as("staff")
    assert "No letter waits" in browser.get("/staff/letters")
    assert "Two reminders wait to be read and sent" in browser.get("/organise")


def test_an_organiser_of_another_series_sends_none(
    browser: Browser,
    db: Session,
    event: Event,
    people: list[Member],
    settings: Settings,
    sign_in_as: SignInAs,
) -> None:
    """Control: the organiser of this one does, in the tests above."""
    path = f"/organise/events/{event.id}/nudges"
    ask(browser, event, *people)
    render(db, settings)
    read = marks(browser.get(path))
    sign_in_as("organiser", cast.series(db, "another").id)
    assert browser.post(f"{path}/release", {"read": read}, at="/organise").status == 404
    mine = cast.event(db, host="Bratislava", in_series=cast.series(db, "another"))
    db.commit()
    theirs = f"/organise/events/{mine.id}/nudges/release"
    assert browser.post(theirs, {"read": read}, at="/organise").status == 409
    states = {mail.state for mail in db.query(OutboxMail).populate_existing()}
    assert states == {"drafted"}
