from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.orm import Session

from events_service.domain.refusals import Conflict
from events_service.domain.scheduling.next_edition import (
    EditionRefused,
    next_edition,
    planned_edition,
    shift_of,
)
from events_service.model import Event, Lineage, Series, SeriesGrant, Theme
from tests import cast
from tests.conftest import TestClock
from tests.follow_up import colleague

YEARS = timedelta(days=1092)


def edition(db: Session) -> Series:
    """Two workshops of 2024 and one that was called off."""
    series = cast.series(db, "workshops-2024")
    series.title = "Workshops 2024"
    first = cast.event(db, host="Bratislava", starts_on=date(2024, 4, 9), in_series=series)
    second = cast.event(db, host="Stockholm", starts_on=date(2024, 6, 3), in_series=series)
    gone = cast.event(db, host="Boise", starts_on=date(2024, 1, 9), in_series=series)
    gone.cancelled_at = cast.LONG_AGO
    for event in (first, second):
        event.registration_closes_at = datetime(2024, 3, 1, 22, 59, tzinfo=UTC)
        event.themes = [Theme(name="Trust")]
    db.add(Lineage(from_event_id=first.id, to_event_id=second.id))
    db.flush()
    db.refresh(series)
    return series


@pytest.mark.parametrize(
    ("now", "times"),
    [
        (datetime(2024, 1, 1, tzinfo=UTC), 1),  # an edition never repeats on its own days
        (datetime(2026, 11, 22, 12, tzinfo=UTC), 1),
        (datetime(2027, 3, 9, 12, tzinfo=UTC), 1),  # 28 days before 6 April 2027
        (datetime(2027, 3, 10, 12, tzinfo=UTC), 2),
        (datetime(2030, 2, 1, tzinfo=UTC), 2),
        (datetime(2030, 6, 1, tzinfo=UTC), 3),
    ],
)
def test_the_first_event_lies_four_weeks_ahead(db: Session, now: datetime, times: int) -> None:
    assert shift_of(edition(db), now) == times * YEARS


def test_weekdays_and_local_times_are_kept(db: Session, clock: TestClock) -> None:
    series = edition(db)
    made = next_edition(db, series, now=clock.now)
    db.refresh(made)
    assert (made.slug, made.title, made.previous_edition_id) == (
        "workshops-2027",
        "Workshops 2027",
        series.id,
    )
    bratislava, stockholm = made.events
    assert [(one.slug, one.starts_on, one.ends_on) for one in made.events] == [
        ("bratislava-2027", date(2027, 4, 6), date(2027, 4, 8)),
        ("stockholm-2027", date(2027, 5, 31), date(2027, 6, 2)),
    ]
    assert [one.starts_on.weekday() for one in made.events] == [1, 0]
    assert [(one.held_on, one.starts, one.title) for one in bratislava.sessions] == [
        (date(2027, 4, 6), time(9), "Working day 1"),
        (date(2027, 4, 7), time(9), "Working day 2"),
        (date(2027, 4, 8), time(9), "Working day 3"),
    ]
    closes = stockholm.registration_closes_at.astimezone(ZoneInfo("Europe/Stockholm"))
    assert (closes.date(), closes.time()) == (date(2027, 2, 26), time(23, 59))
    assert (stockholm.published_at, stockholm.seats_taken, stockholm.capacity) == (clock.now, 0, 60)
    assert stockholm.previous_edition_id == series.events[2].id
    assert [one.name for one in stockholm.themes] == ["Trust"]
    lineage = db.query(Lineage).filter_by(to_event_id=stockholm.id).one()
    assert lineage.from_event_id == bratislava.id


def test_a_draft_stays_a_draft_and_its_organisers_go_along(db: Session, clock: TestClock) -> None:
    series = cast.series(db, "drafts")
    cast.event(db, starts_on=date(2024, 6, 3), published=False, in_series=series)
    organiser = colleague(db, "Organiser", "organiser")
    db.add(SeriesGrant(account_id=organiser.id, series_id=series.id))
    db.flush()
    db.refresh(series)
    made = next_edition(db, series, now=clock.now)
    db.refresh(made)
    granted = db.query(SeriesGrant).filter_by(series_id=made.id).one()
    assert (made.events[0].published_at, granted.account_id) == (None, organiser.id)


def test_an_edition_is_made_once(db: Session, clock: TestClock) -> None:
    series = edition(db)
    next_edition(db, series, now=clock.now)
    with pytest.raises(Conflict, match="exists already"):
        next_edition(db, series, now=clock.now)
    assert db.query(Event).count() == 5


def test_times_that_do_not_exist_are_refused_by_name(db: Session, clock: TestClock) -> None:
    series = cast.series(db, "nights")
    event = cast.event(db, starts_on=date(2024, 3, 31), days=1, in_series=series)
    event.starts_on = event.ends_on = date(2024, 3, 31)
    event.sessions[0].held_on, event.sessions[0].starts = date(2024, 3, 31), time(3, 30)
    event.registration_closes_at = datetime(2024, 3, 1, tzinfo=UTC)
    db.refresh(series)
    assert next_edition(db, series, now=clock.now).id

    other = cast.series(db, "more-nights")
    event = cast.event(db, starts_on=date(2024, 3, 31), days=1, in_series=other, slug="night")
    event.sessions[0].starts = time(2, 30)
    event.registration_closes_at = datetime(2024, 3, 1, tzinfo=UTC)
    db.refresh(other)
    with pytest.raises(EditionRefused) as refused:
        next_edition(db, other, now=clock.now)
    assert str(refused.value) == (
        "Stockholm, 28\u00a0March 2027, “Working day 1”: 02:30 on 28\u00a0March 2027 does not "
        "exist in Europe/Stockholm: clocks go forward over it. Choose 01:30 or 03:30. "
        "Change these times first."
    )
    assert db.query(Series).filter_by(previous_edition_id=other.id).count() == 0


def test_feasts_on_the_new_days_are_pointed_out(db: Session, clock: TestClock) -> None:
    series = cast.series(db, "may")
    cast.event(db, host="Dijon", starts_on=date(2024, 5, 20), in_series=series)
    db.refresh(series)
    [one] = planned_edition(series, now=clock.now)
    assert [(feast.day, feast.name) for feast in one.feasts] == [
        (date(2027, 5, 17), "Pentecost Monday"),
        (date(2027, 5, 17), "Eid al-Adha, second day"),
    ]


def test_a_series_without_events_has_nothing_to_repeat(db: Session, clock: TestClock) -> None:
    with pytest.raises(Conflict, match="nothing to repeat"):
        planned_edition(cast.series(db, "empty"), now=clock.now)
