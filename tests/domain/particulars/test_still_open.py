"""The receipt of a city says whose details are still open."""

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.particulars.questions import ensure_questions
from events_service.domain.particulars.still_open import details_open
from events_service.model import CityInvitation, OutboxMail, Question
from tests import office
from tests.conftest import TestClock
from tests.domain.particulars.forms import delegation, form


@pytest.fixture
def newark(db: Session, settings: Settings, clock: TestClock) -> CityInvitation:
    return delegation(db, settings, clock)


def test_the_receipt_counts_who_has_told_nothing_yet(db: Session, newark: CityInvitation) -> None:
    del newark
    receipt = db.query(OutboxMail).filter_by(letter="delegation_confirmed").one()
    assert receipt.facts["details_open"] == 2


def test_who_has_told_or_was_told_for_is_not_counted(
    db: Session, clock: TestClock, newark: CityInvitation
) -> None:
    form(db, clock, newark).completed_at = clock.now
    form(db, clock, newark, 2).opened_at = clock.now
    db.flush()
    assert details_open(db, newark.event, office.people_of(newark)) == 1


def test_nothing_is_open_where_nothing_is_asked(
    db: Session, clock: TestClock, newark: CityInvitation
) -> None:
    ensure_questions(db, newark.event)
    db.query(Question).update({"removed_at": clock.now})
    assert details_open(db, newark.event, office.people_of(newark)) == 0
