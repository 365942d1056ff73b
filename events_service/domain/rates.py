"""How often something may be asked for, counted in the database so that every process agrees."""

from datetime import UTC, datetime, timedelta

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from events_service.model import RateWindow


def within_rate(session: Session, key: str, *, limit: int, per: timedelta, now: datetime) -> bool:
    """Count one use of `key`; whether it is among the first `limit` of the present window."""
    seconds = int(per.total_seconds())
    window = datetime.fromtimestamp(now.timestamp() // seconds * seconds, tz=UTC)
    statement = insert(RateWindow).values(key=key, window_starts_at=window, count=1)
    count = session.execute(
        statement.on_conflict_do_update(
            index_elements=[RateWindow.key, RateWindow.window_starts_at],
            set_={"count": RateWindow.count + 1},
        ).returning(RateWindow.count)
    ).scalar_one()
    return count <= limit
