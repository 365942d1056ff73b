import hashlib
import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.followup.spotlight_letters import draft_due_letters
from events_service.domain.followup.spotlights import start_partnership
from events_service.model import OutboxMail
from events_service.queries.letters import LettersNeedingDecision, letters_needing_decision
from tests.conftest import Browser, SignInAs, TestClock
from tests.follow_up import colleague, practice, written


@pytest.fixture
def letter(db: Session, settings: Settings, clock: TestClock) -> OutboxMail:
    """An invitation to Newark that was drafted and rendered and waits for approval."""
    clock.advance(timedelta(days=1))
    start_partnership(db, practice(db).id, colleague(db), clock.now.date(), now=clock.now)
    draft_due_letters(db, settings, now=clock.now)
    return written(db, settings, db.query(OutboxMail).one())


def digest(mail: OutboxMail) -> str:
    assert mail.rendered is not None
    return hashlib.sha256(mail.rendered).hexdigest()


def test_a_letter_is_read_then_approved(
    browser: Browser, sign_in_as: SignInAs, db: Session, clock: TestClock, letter: OutboxMail
) -> None:
    me = sign_in_as("staff")
    assert letter.subject in browser.get("/staff/letters")
    path = f"/staff/letters/{letter.id}"
    page = browser.get(path)
    assert "newark@cities.example.org" in page
    assert f'src="/staff/mailbox/{letter.id}/html"' in page
    assert f'name="read" value="{digest(letter)}"' in page
    answer = browser.post(f"{path}/approve", {"read": digest(letter)}, at=path)
    assert (answer.status, answer.location) == (303, "/staff/letters")
    db.refresh(letter)
    assert (letter.state, letter.approved_by_id, letter.approved_at, letter.approved_hash) == (
        "queued",
        me.id,
        clock.now,
        digest(letter),
    )
    assert "No letter waits" in browser.get("/staff/letters")


def test_bytes_that_changed_since_they_were_read_are_not_approved(
    browser: Browser, sign_in_as: SignInAs, db: Session, letter: OutboxMail
) -> None:
    """The control is the test above: the same digest approves while the bytes stand."""
    sign_in_as("staff")
    path = f"/staff/letters/{letter.id}"
    read = digest(letter)
    assert letter.rendered is not None
    letter.rendered = letter.rendered.replace(b"Newark", b"Nework")
    db.commit()
    answer = browser.post(f"{path}/approve", {"read": read}, at=path)
    assert (answer.status, "has changed since you read it" in answer.text) == (409, True)
    db.refresh(letter)
    assert (letter.state, letter.approved_at) == ("drafted", None)


def test_an_approval_without_what_was_read_does_nothing(
    browser: Browser, sign_in_as: SignInAs, db: Session, letter: OutboxMail
) -> None:
    sign_in_as("staff")
    path = f"/staff/letters/{letter.id}"
    assert browser.post(f"{path}/approve", {}, at=path).status == 422
    db.refresh(letter)
    assert letter.state == "drafted"


def test_own_words_are_rendered_into_the_letter_and_have_to_be_read(
    browser: Browser,
    sign_in_as: SignInAs,
    db: Session,
    settings: Settings,
    letter: OutboxMail,
) -> None:
    sign_in_as("staff")
    path = f"/staff/letters/{letter.id}"
    before = digest(letter)
    answer = browser.post(path, {"read": before, "words": "We met by the river.\n\nThank you."})
    assert (answer.status, answer.location) == (303, path)
    db.refresh(letter)
    assert letter.rendered is None
    page = browser.get(path)
    assert "is being written" in page
    assert 'hx-trigger="every 2s"' in page
    written(db, settings, letter)
    html = browser.get(f"/staff/mailbox/{letter.id}/html")
    assert "We met by the river." in html
    assert "We met by the river." in browser.get(path)
    assert browser.post(f"{path}/approve", {"read": before}, at=path).status == 409


def test_words_beyond_measure_are_refused_and_kept_on_the_page(
    browser: Browser, sign_in_as: SignInAs, db: Session, letter: OutboxMail
) -> None:
    sign_in_as("staff")
    path = f"/staff/letters/{letter.id}"
    answer = browser.post(path, {"read": digest(letter), "words": "so " * 2000})
    assert (answer.status, "Shorten your words" in answer.text) == (422, True)
    assert "so so so" in answer.text
    db.refresh(letter)
    assert letter.rendered is not None


def test_two_people_do_not_undo_each_other_unseen(
    browser: Browser, sign_in_as: SignInAs, db: Session, settings: Settings, letter: OutboxMail
) -> None:
    sign_in_as("staff")
    path = f"/staff/letters/{letter.id}"
    before = digest(letter)
    browser.post(path, {"read": before, "words": "First."})
    db.refresh(letter)
    written(db, settings, letter)
    answer = browser.post(path, {"read": before, "words": "Second."})
    assert (answer.status, "Somebody else changed this letter" in answer.text) == (409, True)
    db.refresh(letter)
    assert letter.facts["words"] == "First."


def test_a_letter_is_put_aside_and_taken_up_again(
    browser: Browser, sign_in_as: SignInAs, db: Session, letter: OutboxMail
) -> None:
    sign_in_as("staff")
    path = f"/staff/letters/{letter.id}"
    browser.post(f"{path}/discard", at=path)
    db.refresh(letter)
    assert letter.state == "discarded"
    assert "This letter won’t be sent." in browser.get(path)
    browser.post(f"{path}/restore", at=path)
    db.refresh(letter)
    assert letter.state == "drafted"


@pytest.mark.parametrize(
    ("verb", "state", "left"), [("again", "queued", False), ("leave", "dead", True)]
)
def test_a_refused_letter_is_sent_again_or_left(
    browser: Browser,
    sign_in_as: SignInAs,
    db: Session,
    letter: OutboxMail,
    verb: str,
    state: str,
    left: bool,
) -> None:
    sign_in_as("staff")
    letter.state, letter.last_answer = "dead", "550 5.1.1 no such mailbox <here>"
    db.commit()
    message_id, path = letter.message_id, f"/staff/letters/{letter.id}"
    assert "550 5.1.1 no such mailbox &lt;here&gt;" in browser.get("/staff/letters")
    assert browser.post(f"{path}/{verb}", at=path).location == "/staff/letters"
    db.refresh(letter)
    assert (letter.state, letter.left_at is not None, letter.message_id) == (
        state,
        left,
        message_id,
    )
    assert "No letter waits" in browser.get("/staff/letters")


def test_what_waits_is_counted(db: Session, clock: TestClock, letter: OutboxMail) -> None:
    assert letters_needing_decision(db) == LettersNeedingDecision(1, 0, 0)
    letter.state = "dead"
    db.flush()
    assert letters_needing_decision(db) == LettersNeedingDecision(0, 1, 0)
    letter.state = "unknown"
    db.flush()
    assert letters_needing_decision(db) == LettersNeedingDecision(0, 0, 1)
    letter.left_at = clock.now
    db.flush()
    assert letters_needing_decision(db).all == 0


def test_a_letter_of_another_kind_has_no_own_words(
    client: FlaskClient, sign_in_as: SignInAs, db: Session, letter: OutboxMail
) -> None:
    sign_in_as("staff")
    letter.facts = {key: value for key, value in letter.facts.items() if key != "words"}
    db.commit()
    page = client.get(f"/staff/letters/{letter.id}").text
    assert re.search(r"<textarea", page) is None
    assert "Approve and send" in page
