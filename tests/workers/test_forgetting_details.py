"""What people told goes by itself, each answer in its time."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.particulars.forgetting import forget_old_details
from events_service.model import CityInvitation, Detail, Member, Particulars
from tests.conftest import TestClock
from tests.domain.particulars.forms import delegation, form, tells

# The workshop in Stockholm ends on 2 June 2027; its day begins at 22:00 UTC.
MIDNIGHT = datetime(2027, 6, 2, 22, tzinfo=UTC)


@pytest.fixture
def newark(db: Session, settings: Settings, clock: TestClock) -> CityInvitation:
    invitation = delegation(db, settings, clock)
    mayor = form(db, clock, invitation)
    tells(db, clock, mayor, title="Mayor", dietary="Vegan", visa_letter=True, emergency_contact="1")
    return invitation


@pytest.mark.usefixtures("newark")
@pytest.mark.parametrize(
    ("days", "left"),
    [
        (7, ["1", "Mayor", "Vegan", True]),
        (8, ["Mayor", "Vegan", True]),
        (30, ["Mayor", "Vegan", True]),
        (31, ["Mayor", True]),
        (61, ["Mayor"]),
        (730, ["Mayor"]),
        (731, []),
    ],
)
def test_each_answer_is_kept_as_long_as_was_said(
    db: Session, days: int, left: list[object]
) -> None:
    """A week means seven whole days after the last one."""
    begins = MIDNIGHT + timedelta(days=days - 1)
    forget_old_details(db, now=begins)
    assert sorted((one.value for one in db.query(Detail)), key=str) == sorted(left, key=str)
    assert db.query(Particulars).count() == 1


@pytest.mark.usefixtures("newark")
def test_forms_of_people_who_never_came_into_a_delegation_go_when_it_is_over(db: Session) -> None:
    form = db.query(Particulars).one()
    form.member_id = None
    forget_old_details(db, now=MIDNIGHT - timedelta(seconds=1))
    assert db.query(Particulars).count() == 1
    forget_old_details(db, now=MIDNIGHT)
    assert (db.query(Particulars).count(), db.query(Detail).count()) == (0, 0)
    assert db.query(Member).count() == 2
