"""When the door is open, and what a device's clock is believed."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.orm import Session

from events_service.domain.door.opening import came_within, door_phase, has_ended, refuse_day
from events_service.domain.refusals import Conflict
from tests import cast

FIRST, LAST = date(2027, 5, 31), date(2027, 6, 2)
STOCKHOLM = ZoneInfo("Europe/Stockholm")


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=STOCKHOLM).astimezone(UTC)  # type: ignore[misc]


@pytest.mark.parametrize(
    ("now", "phase"),
    [
        (at(2027, 5, 29, 23, 59), "early"),
        (at(2027, 5, 30, 0, 0), "rehearsal"),
        (at(2027, 5, 30, 23, 59), "rehearsal"),
        (at(2027, 5, 31, 0, 0), "open"),
        (at(2027, 6, 2, 23, 59), "open"),
        (at(2027, 6, 3, 0, 0), "over"),
    ],
)
def test_the_door_opens_on_the_calendars_of_the_host_city(
    db: Session, now: datetime, phase: str
) -> None:
    assert door_phase(cast.event(db), now) == phase


def test_late_devices_are_waited_for_a_week(db: Session) -> None:
    event = cast.event(db)
    assert not has_ended(event, at(2027, 6, 9, 23, 59))
    assert has_ended(event, at(2027, 6, 10, 0, 0))


@pytest.mark.parametrize(
    ("day", "now", "said"),
    [
        (date(2027, 5, 30), at(2027, 5, 31, 9), "30 May 2027 is no day of this workshop"),
        (date(2027, 6, 3), at(2027, 6, 3, 9), "which is on 31 May – 2 June 2027"),
        (FIRST, at(2027, 5, 30, 23), "It is not yet 31 May 2027 in Stockholm"),
        (LAST, at(2027, 6, 1, 9), "It is not yet 2 June 2027"),
    ],
)
def test_days_that_are_refused(db: Session, day: date, now: datetime, said: str) -> None:
    with pytest.raises(Conflict) as refused:
        refuse_day(cast.event(db), day, now)
    assert said in str(refused.value).replace("\u00a0", " ")


def test_days_that_are_taken_also_afterwards(db: Session) -> None:
    event = cast.event(db)
    refuse_day(event, FIRST, at(2027, 5, 31, 0, 0))
    refuse_day(event, FIRST, at(2027, 6, 5, 9))


NOON = at(2027, 5, 31, 12)


@pytest.mark.parametrize(
    ("came", "now", "believed"),
    [
        (at(2027, 5, 31, 9, 12), NOON, at(2027, 5, 31, 9, 12)),
        (at(2027, 5, 31, 13), NOON, NOON),  # the future
        (at(2031, 1, 1), at(2027, 6, 5), at(2027, 5, 31, 23, 59, 59)),
        (at(1970, 1, 1), NOON, at(2027, 5, 31, 0, 0)),
        (at(2027, 6, 1, 8), at(2027, 6, 1, 9), at(2027, 5, 31, 23, 59, 59)),
    ],
)
def test_a_wrong_clock_moves_nobody_to_another_day(
    came: datetime, now: datetime, believed: datetime
) -> None:
    assert came_within(came, FIRST, STOCKHOLM, now) == believed
