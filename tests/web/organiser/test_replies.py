"""Mail that is held for an organiser: read, applied, put aside and taken up again."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.model import Event, InboundMail, Member, OutboxMail
from events_service.queries.inbox import ON_A_PAGE
from events_service.web.staff.reading import STRANGERS_CSP
from tests import cast, inbound, office
from tests.conftest import Browser, SignInAs, TestClock
from tests.web.organiser.test_participation import words


@pytest.fixture
def event(db: Session, sign_in_as: SignInAs) -> Event:
    made = cast.event(db)
    sign_in_as("organiser", made.series_id)
    return made


@pytest.fixture
def people(db: Session, settings: Settings, clock: TestClock, event: Event) -> list[Member]:
    newark = office.registered(db, settings, clock, event, "Newark", "Deputy mayor", "Adviser")
    office.letters(db)
    clock.advance(timedelta(hours=1))
    db.commit()
    return office.people_of(newark)


def path_of(mail: InboundMail) -> str:
    return f"/organise/events/{mail.event_id}/replies/{mail.id}"


def letters(db: Session) -> list[tuple[str, str]]:
    found = db.query(OutboxMail).order_by(OutboxMail.id)
    return [(mail.letter, mail.to_address) for mail in found]


def test_nothing_is_held(browser: Browser, db: Session, event: Event) -> None:
    db.commit()
    page = browser.get(f"/organise/events/{event.id}/replies")
    assert "No reply waits for you" in page and "Put aside" not in page


def test_a_held_answer_says_what_it_claims_and_why_it_is_held(
    browser: Browser, db: Session, event: Event, people: list[Member], clock: TestClock
) -> None:
    mail = inbound.came(db, clock, people[0], day="2027-06-01")
    db.commit()
    text = words(browser.get(f"/organise/events/{event.id}/replies"))
    claim = (
        "deputy.mayor@newark.example.org declines for Deputy mayor, Newark, on 1 June 2027 "
        "Sent by deputy@elsewhere.example.net"
    )
    assert "One mail is held for you" in text
    assert f"{claim} {inbound.WHY} 22 Nov" in text
    page = words(browser.get(path_of(mail)))
    assert "From deputy@elsewhere.example.net Subject Re: Invitation" in page
    assert "I can’t come." in page and inbound.WHY in page


def test_apply_does_what_the_mail_says(
    browser: Browser, db: Session, event: Event, people: list[Member], clock: TestClock
) -> None:
    mail = inbound.came(db, clock, people[0])
    db.commit()
    listed = f"/organise/events/{event.id}/replies"
    done = browser.post(f"{path_of(mail)}/apply", at=listed)
    assert (done.status, done.location) == (303, listed)
    assert "What the mail says is carried out." in browser.get(listed)
    db.expire_all()
    [invitation] = people[0].invitations
    assert (invitation.partstat, invitation.answered_by) == ("DECLINED", "mail")
    assert (mail.decision, mail.decided_at) == ("applied", clock.now)
    board = words(browser.get(f"/organise/events/{event.id}"))
    assert "Deputy mayor Declined Mail, 22 Nov" in board
    again = browser.post(f"{path_of(mail)}/apply", at="/organise")
    assert (again.status, again.location) == (303, listed)
    assert "This mail was decided about already." in browser.get(listed)


def test_what_can_not_be_applied_is_refused_in_words(
    browser: Browser, db: Session, event: Event, people: list[Member], clock: TestClock
) -> None:
    mail = inbound.came(
        db, clock, people[0], said="", outcome="quarantined", reason="It is garbled."
    )
    db.commit()
    assert "/apply" not in browser.get(f"/organise/events/{event.id}/replies")
    refused = browser.post(f"{path_of(mail)}/apply", at=path_of(mail))
    assert refused.status == 303
    assert "This can’t be carried out. It is garbled." in browser.get(refused.location)
    db.refresh(mail)
    assert mail.decided_at is None


def test_what_would_be_refused_is_not_offered_and_the_page_says_what_to_do(
    browser: Browser, db: Session, event: Event, people: list[Member], clock: TestClock
) -> None:
    """Control: an answer of who was invited is offered on both pages."""
    fits = inbound.came(db, clock, people[0])
    stranger = inbound.came(db, clock, people[0], attendee=inbound.STRANGER, text="Me too.")
    db.commit()
    listed = browser.get(f"/organise/events/{event.id}/replies")
    instead = "If deputy@elsewhere.example.net is to come, ask the city to name them."
    assert f"{path_of(fits)}/apply" in listed and f"{path_of(fits)}/apply" in browser.get(
        path_of(fits)
    )
    for page in (listed, browser.get(path_of(stranger))):
        assert instead in page and f"{path_of(stranger)}/apply" not in page
        assert f"{path_of(stranger)}/aside" in page


def test_a_substitution_that_can_not_be_is_told_on_the_replies(
    browser: Browser, db: Session, event: Event, people: list[Member], clock: TestClock
) -> None:
    mail = inbound.came(db, clock, people[0], said="DELEGATED", delegated_to=people[1].address)
    db.commit()
    answer = browser.client.get(f"{path_of(mail)}/substitute")
    listed = f"/organise/events/{event.id}/replies"
    assert (answer.status_code, answer.location) == (303, listed)
    assert "is part of the delegation already." in browser.get(listed)


def test_a_letter_in_words_is_read_and_nothing_follows(
    browser: Browser, db: Session, people: list[Member], clock: TestClock
) -> None:
    mail = inbound.came(db, clock, people[0], said="", text="May I bring my interpreter?")
    db.commit()
    page = browser.get(path_of(mail))
    assert "May I bring my interpreter?" in page and "Mark as read" in page
    done = browser.post(f"{path_of(mail)}/apply", at=path_of(mail))
    assert "Done. The mail is read." in browser.get(done.location)
    db.refresh(people[0].invitations[0])
    assert people[0].invitations[0].partstat == "NEEDS-ACTION"


def test_putting_aside_changes_nothing_and_can_be_undone(
    browser: Browser, db: Session, event: Event, people: list[Member], clock: TestClock
) -> None:
    mail = inbound.came(db, clock, people[0])
    db.commit()
    listed = f"/organise/events/{event.id}/replies"
    browser.post(f"{path_of(mail)}/aside", at=listed)
    page = browser.get(listed)
    assert "No reply waits for you" in page and "Put aside lately" in page
    assert "This mail changed nothing." in browser.get(path_of(mail))
    browser.post(f"{path_of(mail)}/back", at=listed)
    page = browser.get(listed)
    assert "One mail is held for you" in page and "Put aside lately" not in page
    db.expire_all()
    assert people[0].invitations[0].partstat == "NEEDS-ACTION"
    browser.post(f"{path_of(mail)}/back", at=listed)
    assert "so there is nothing to bring back." in browser.get(listed)


def test_a_substitution_shows_first_who_will_be_written_to(
    browser: Browser, db: Session, event: Event, people: list[Member], clock: TestClock
) -> None:
    mail = inbound.came(
        db, clock, people[0], said="DELEGATED", delegated_to="head.of.safety@newark.example.org"
    )
    db.commit()
    listed = browser.get(f"/organise/events/{event.id}/replies")
    assert "suggests head.of.safety@newark.example.org in place of Deputy mayor" in listed
    page = browser.get(f"{path_of(mail)}/substitute")
    assert "3 people will be written to" in page
    text = words(page)
    assert (
        "Deputy mayor, Newark deputy.mayor@newark.example.org The calendar entry is taken" in text
    )
    assert "head.of.safety@newark.example.org Is invited, with a calendar entry" in text
    db.expire_all()
    assert (letters(db), people[0].removed_at, mail.decided_at) == ([], None, None)
    done = browser.post(f"{path_of(mail)}/apply", at=f"{path_of(mail)}/substitute")
    assert done.status == 303
    assert "Nobody has been written to: the letters wait in the outbox." in browser.get(
        done.location
    )
    db.expire_all()
    assert people[0].removed_at == clock.now
    assert {one.state for one in db.query(OutboxMail)} == {"drafted"}
    assert sorted(letters(db)) == [
        ("delegation_confirmed", "office@newark.example.org"),
        ("member_cancelled", "deputy.mayor@newark.example.org"),
        ("member_invited", "head.of.safety@newark.example.org"),
    ]


def test_a_strangers_mail_is_inert(
    browser: Browser, db: Session, people: list[Member], clock: TestClock
) -> None:
    """Its markup is shown in a frame alone, in which nothing runs, nothing is fetched and no link
    opens; its text is words; the ends of links that it quotes are hidden."""
    secret = "abcdefghijklmnopqrstuvwxyz234567"
    mail = inbound.came(
        db,
        clock,
        people[0],
        text=f"<script>alert(1)</script> http://localhost/a/{secret} \u202eevil",
        html=f'<img src="http://evil.example/x"><a href="http://localhost/a/{secret}">x</a>',
    )
    db.commit()
    page = browser.get(path_of(mail))
    assert "<script>alert" not in page and "&lt;script&gt;alert(1)" in page
    assert "http://localhost/a/…" in page and secret not in page
    assert "\u202e" not in page and "evil.example" not in page
    frame = browser.client.get(f"{path_of(mail)}/html")
    assert (frame.status_code, secret in frame.text) == (200, False)
    assert frame.headers["Content-Security-Policy"] == STRANGERS_CSP
    assert STRANGERS_CSP.startswith("sandbox; default-src 'none'")


def test_a_mail_of_another_workshop_is_not_found(
    browser: Browser, db: Session, people: list[Member], clock: TestClock
) -> None:
    """Also under the number of one's own. Control: it is found at its own."""
    mail = inbound.came(db, clock, people[0])
    other = cast.event(db, host="Bratislava")
    db.commit()
    assert browser.get(path_of(mail))
    for end in ("", "/html", "/substitute"):
        browser.get(f"/organise/events/{other.id}/replies/{mail.id}{end}", 404)
    for end in ("apply", "aside", "back"):
        theirs = f"/organise/events/{other.id}/replies/{mail.id}/{end}"
        assert browser.post(theirs, at="/organise").status == 404


def test_the_oldest_are_listed_and_the_others_counted(
    browser: Browser, db: Session, event: Event, people: list[Member], clock: TestClock
) -> None:
    """Control: a hundred are all listed."""
    path = f"/organise/events/{event.id}/replies"
    for number in range(ON_A_PAGE):
        inbound.came(db, clock, people[0], reason=f"Reason {number}.")
    db.commit()
    page = browser.get(path)
    assert "100 mails are held for you" in page and " more, which came later" not in page
    inbound.came(db, clock, people[0], reason="Reason 100.")
    db.commit()
    page = browser.get(path)
    assert "101 mails are held for you" in page and "And 1 more, which came later" in page
    assert "Reason 0." in page and "Reason 100." not in page
