"""Two devices check the same person in at once, with threads on a real database."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import Engine, create_engine, func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.door import check_in as module
from events_service.domain.door.entries import CameIn, carry_out
from events_service.model import Attendance, CheckIn, Event, Member
from tests.conftest import SECRET, Databases, TestClock, alchemy
from tests.door import FIRST, MORNING, key, workshop


@pytest.fixture
def engine(databases: Databases) -> Iterator[Engine]:
    made = create_engine(alchemy(databases.fresh()), pool_size=8)
    yield made
    made.dispose()


@pytest.fixture
def event_id(engine: Engine) -> int:
    url = engine.url.render_as_string(hide_password=False)
    settings = Settings(
        database_url=url, redis_url="redis://:none@127.0.0.1:1/0", secret_key=SECRET
    )
    with Session(engine) as db:
        made = workshop(db, settings, TestClock())
        return made.id


def devices(engine: Engine, event_id: int, count: int = 8) -> list[str]:
    """Each sends everybody, in an order of its own, in one transaction. What they were told."""
    together = Barrier(count)

    def device(number: int) -> list[str]:
        with Session(engine) as db, db.begin():
            event = db.get_one(Event, event_id)
            people = db.scalars(select(Member.id).order_by(Member.id)).all()
            order = people if number % 2 else people[::-1]
            sent = [CameIn(key(), f"member:{one}", FIRST, MORNING) for one in order]
            together.wait()
            by = f"door {number}"
            return [carry_out(db, event, one, recorded_by=by, now=MORNING).outcome for one in sent]

    with ThreadPoolExecutor(count) as pool:
        told = list(pool.map(device, range(count)))
    return sorted(outcome for outcomes in told for outcome in outcomes)


def rows(engine: Engine) -> tuple[int, int]:
    with Session(engine) as db:
        count = [db.scalar(select(func.count()).select_from(one)) for one in (CheckIn, Attendance)]
        return count[0] or 0, count[1] or 0


def test_each_person_came_in_once(engine: Engine, event_id: int) -> None:
    assert devices(engine, event_id) == ["already"] * 21 + ["in"] * 3
    assert rows(engine) == (3, 3)


def test_control_without_the_lock_they_trip_over_each_other(
    engine: Engine, event_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "hold_the_door", lambda *_: None)
    with pytest.raises(DBAPIError):
        devices(engine, event_id)
