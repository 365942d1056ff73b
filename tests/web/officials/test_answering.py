"""A person's answer page that was opened before the workshop moved."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.scheduling.changes import carry_out
from events_service.domain.scheduling.event_change import Move, as_it_stands
from events_service.model import Event, Invitation
from events_service.tokens import token_for
from tests import cast, office
from tests.conftest import SECRET, Browser, TestClock

WEEK = timedelta(days=7)
Moves = Callable[..., None]


@pytest.fixture
def event(db: Session) -> Event:
    return cast.event(db)


@pytest.fixture
def invitation(db: Session, settings: Settings, clock: TestClock, event: Event) -> Invitation:
    newark = office.registered(db, settings, clock, event, "Newark", "Mayor")
    db.commit()
    return office.people_of(newark)[0].invitations[0]


@pytest.fixture
def person(invitation: Invitation) -> str:
    return f"/a/{token_for(SECRET, 'answ', invitation.member_id)}"


@pytest.fixture
def moves(db: Session, settings: Settings, clock: TestClock, event: Event) -> Moves:
    def move(change: Callable[[Move], Move]) -> None:
        carry_out(db, settings, event, change(as_it_stands(event)), now=clock.now)
        db.commit()

    return move


def a_week_later(move: Move) -> Move:
    sessions = tuple(one.moved(WEEK) for one in move.sessions)
    return replace(move, starts_on=move.starts_on + WEEK, sessions=sessions)


def accepts(page: str, invitation: Invitation) -> dict[str, object]:
    """The form of that page, filled in."""
    version = re.search(rf'name="version-{invitation.id}" value="(\d+)"', page)
    assert version is not None
    return {f"version-{invitation.id}": version[1], f"answer-{invitation.id}": "ACCEPTED"}


def stands(db: Session, invitation: Invitation) -> tuple[str, int | None]:
    db.refresh(invitation)
    return invitation.partstat, invitation.reply_sequence


def test_an_answer_to_the_old_time_is_refused_and_the_new_one_shown(
    browser: Browser, person: str, invitation: Invitation, moves: Moves, db: Session
) -> None:
    opened = browser.get(person)
    moves(a_week_later)
    answer = browser.post(person, accepts(opened, invitation))
    assert answer.status == 409
    assert "The times have changed since you opened this page: look again." in answer.text
    legend = re.search(r"<legend[^>]*>\s*([^<]+?)\s*<", answer.text)
    assert legend is not None
    assert legend[1].replace("\u00a0", " ") == "Monday 7 to Wednesday 9 June 2027"
    assert stands(db, invitation) == ("NEEDS-ACTION", None)
    assert browser.post(person, accepts(answer.text, invitation)).status == 303
    assert stands(db, invitation) == ("ACCEPTED", 1)


def test_an_answer_from_before_a_new_place_counts(
    browser: Browser, person: str, invitation: Invitation, moves: Moves, db: Session
) -> None:
    """The control: what was answered is still asked, at another place."""
    opened = browser.get(person)
    moves(lambda move: replace(move, venue="Elsewhere"))
    assert browser.post(person, accepts(opened, invitation)).status == 303
    assert stands(db, invitation) == ("ACCEPTED", 1)


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 40])
def test_a_version_that_is_none_is_the_first(
    browser: Browser, person: str, invitation: Invitation, moves: Moves, version: str
) -> None:
    form: dict[str, object] = {
        f"version-{invitation.id}": version,
        f"answer-{invitation.id}": "ACCEPTED",
    }
    assert browser.post(person, form).status == 303
    moves(a_week_later)
    assert browser.post(person, form).status == 409
