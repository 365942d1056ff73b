"""A person's page: how they answered, what came in, and the proof of what they were sent."""

import hashlib
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.registration.answers import answer
from events_service.domain.registration.confirming import withdraw_delegation
from events_service.letters.message import seal
from events_service.model import Event, Member, OutboxMail, SuppressedAddress
from tests import cast, inbound, office
from tests.conftest import SECRET, Browser, SignInAs, TestClock
from tests.follow_up import written
from tests.web.organiser.test_participation import words


@pytest.fixture
def event(db: Session, sign_in_as: SignInAs) -> Event:
    made = cast.event(db)
    sign_in_as("organiser", made.series_id)
    return made


@pytest.fixture
def mayor(db: Session, settings: Settings, clock: TestClock, event: Event) -> Member:
    newark = office.registered(db, settings, clock, event, "Newark", "Mayor")
    [one] = office.people_of(newark)
    for mail in db.query(OutboxMail):
        written(db, settings, mail)
    return one


def path_of(member: Member) -> str:
    return f"/organise/events/{member.delegation.event_id}/people/{member.id}"


def first_letter(db: Session, member: Member) -> OutboxMail:
    return db.query(OutboxMail).filter_by(member_id=member.id, letter="member_invited").one()


def sent(mail: OutboxMail, clock: TestClock, said: str = "250 2.0.0 taken") -> OutboxMail:
    mail.state, mail.sent_at, mail.sent_via, mail.last_answer = "sent", clock.now, "smtp", said
    mail.attempts = 1
    return mail


def test_every_version_is_listed_with_what_became_of_it(
    browser: Browser,
    db: Session,
    settings: Settings,
    clock: TestClock,
    mayor: Member,
) -> None:
    first = sent(first_letter(db, mayor), clock)
    clock.advance(timedelta(hours=2))
    withdraw_delegation(db, settings, mayor.delegation.city_invitation_id, now=clock.now)
    db.commit()
    page = browser.get(path_of(mayor))
    text = words(page)
    assert "Now Withdrawn" not in text and "No longer in the delegation" in text
    assert first.rendered is not None
    wire = seal(SECRET, first.rendered)
    left = "Sunday 22 November 2026, 13:00"
    assert (
        f"First invitation Monday 31 May to Wednesday 2 June 2027 {left} Sent "
        f"Left {left}, by the mail server Answer: “250 2.0.0 taken” "
        f"{len(wire):,} bytes {hashlib.sha256(wire).hexdigest()}"
    ) in text
    assert (
        "Withdrawal Monday 31 May to Wednesday 2 June 2027 Sunday 22 November 2026, 15:00" in text
    )
    assert "Waits its turn Not written yet" in text
    assert "zzlink" not in page


def test_answers_and_the_mail_they_came_by(
    browser: Browser, db: Session, clock: TestClock, mayor: Member
) -> None:
    inbound.came(db, clock, mayor, outcome="applied", reason="Will not come.")
    held = inbound.came(db, clock, mayor, text="Really?")
    answer(mayor, {mayor.invitations[0].id: "TENTATIVE"}, now=clock.now)
    db.commit()
    text = words(browser.get(path_of(mayor)))
    assert "Now Tentative Page, 22 Nov" in text
    assert "Monday 31 May to Wednesday 2 June 2027 Tentative Page, 22 Nov –" in text
    assert "Carried out Will not come." in text
    assert f"Waits for a decision {inbound.WHY}" in text
    assert f"/replies/{held.id}" in browser.get(path_of(mayor))


def test_a_letter_that_came_back_and_an_address_that_was_refused(
    browser: Browser, db: Session, clock: TestClock, mayor: Member
) -> None:
    mail = sent(first_letter(db, mayor), clock)
    assert "Came back" not in browser.get(path_of(mayor))
    mail.bounced_at, mail.bounce = clock.now, "The other server said: 5.1.1 nobody"
    db.commit()
    text = words(browser.get(path_of(mayor)))
    assert "The last letter to this address came back on Sunday 22 November 2026, 13:00." in text
    assert "Ask office@newark.example.org for another address" in text
    assert "“The other server said: 5.1.1 nobody”" in text
    assert "Write to this address again" not in text
    db.add(SuppressedAddress(address=mayor.address, since=clock.now, answer="550 no"))
    db.commit()
    assert "since a mail server refused it" in browser.get(path_of(mayor))


def test_an_address_that_was_refused_is_tried_again(
    browser: Browser, db: Session, clock: TestClock, mayor: Member
) -> None:
    """Control: another address stays refused."""
    mayor.address = "Mayor@Newark.example.org"
    for address in ("mayor@newark.example.org", "office@newark.example.org"):
        db.add(SuppressedAddress(address=address, since=clock.now, answer="550 no"))
    db.commit()
    assert "Write to this address again" in browser.get(path_of(mayor))
    done = browser.post(f"{path_of(mayor)}/address", at=path_of(mayor))
    assert (done.status, done.location) == (303, path_of(mayor))
    page = browser.get(path_of(mayor))
    assert "Letters to Mayor@Newark.example.org are sent again from now on." in page
    assert "refused it" not in page and "Write to this address again" not in page
    refused = [one.address for one in db.query(SuppressedAddress)]
    assert refused == ["office@newark.example.org"]
    browser.post(f"{path_of(mayor)}/address", at=path_of(mayor))
    assert "Letters go to this address already." in browser.get(path_of(mayor))


def test_entries_of_sessions_are_named_and_counted(
    browser: Browser, db: Session, settings: Settings, clock: TestClock, event: Event
) -> None:
    event.calendar_style = "each_session"
    [one] = office.people_of(office.registered(db, settings, clock, event, "Dijon", "Mayor"))
    one.invitations[0].partstat, one.invitations[0].answered_by = "ACCEPTED", "page"
    one.invitations[0].answered_at = clock.now
    one.invitations[0].reply_comment = "Gladly."
    db.commit()
    text = words(browser.get(path_of(one)))
    assert "2 of 3 sessions: No answer 1 of 3 sessions: Accepted" in text
    assert "Working day 1 Monday 31 May 2027 Accepted Page, 22 Nov" in text
    assert "First invitation Working day 3, Wednesday 2 June 2027" in text
    board = words(browser.get(f"/organise/events/{event.id}"))
    assert "1 of 3 sessions: Accepted" in board and "31 May: “Gladly.”" in board
    assert "31 May: Accepted" not in board


def test_a_letter_is_read_without_what_its_links_open(
    browser: Browser, db: Session, mayor: Member, sign_in_as: SignInAs
) -> None:
    """Control: in the mailbox of staff the links are there."""
    mail = first_letter(db, mayor)
    path = f"{path_of(mayor)}/letters/{mail.id}"
    page, frame = browser.get(path), browser.get(f"{path}/html")
    for text in (page, frame):
        assert "http://localhost/a/…" in text and "zzlink" not in text
    assert "rsvp+…@" in page and "/raw" not in page
    assert 'sandbox=""' in page and "Puts this into the calendar" in page
    browser.get(f"/staff/mailbox/{mail.id}/raw", 404)
    sign_in_as("staff")
    assert f"/staff/mailbox/{mail.id}/raw" in browser.get(path)
    raw = browser.client.get(f"/staff/mailbox/{mail.id}/raw").data
    assert hashlib.sha256(raw).hexdigest() in browser.get(path)
    assert "http://localhost/a/…" not in browser.get(f"/staff/mailbox/{mail.id}/html")


def test_people_and_letters_of_others_are_not_found(
    browser: Browser,
    db: Session,
    settings: Settings,
    clock: TestClock,
    event: Event,
    mayor: Member,
) -> None:
    """Also under the number of one's own workshop, or of another person of it."""
    boise = office.registered(db, settings, clock, event, "Boise", "Mayor")
    [other] = office.people_of(boise)
    elsewhere = cast.event(db, host="Bratislava")
    db.commit()
    mail = first_letter(db, mayor)
    browser.get(f"/organise/events/{elsewhere.id}/people/{mayor.id}", 404)
    for end in ("", "/html"):
        browser.get(f"{path_of(other)}/letters/{mail.id}{end}", 404)
        browser.get(
            f"/organise/events/{elsewhere.id}/people/{mayor.id}/letters/{mail.id}{end}", 404
        )
