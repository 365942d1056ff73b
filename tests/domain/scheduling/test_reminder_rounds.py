"""When silent cities are reminded, as the clocks of the host show it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from events_service.domain.scheduling.reminder_rounds import Round, due_round

STOCKHOLM, BRATISLAVA = ZoneInfo("Europe/Stockholm"), ZoneInfo("Europe/Bratislava")
CLOSES = datetime(2027, 5, 1, 22, tzinfo=UTC)  # midnight in Stockholm: on 2 May
FIRST = Round(14, datetime(2027, 4, 18, 7, tzinfo=UTC))
LAST = Round(3, datetime(2027, 4, 29, 7, tzinfo=UTC))
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (FIRST.due_at - SECOND, None),
        (FIRST.due_at, FIRST),
        (LAST.due_at - SECOND, FIRST),
        (LAST.due_at, LAST),
        (CLOSES - SECOND, LAST),
        (CLOSES, None),
    ],
)
def test_a_round_is_due_at_nine_where_the_event_is_held(now: datetime, due: Round | None) -> None:
    assert due_round(CLOSES, STOCKHOLM, now) == due


@pytest.mark.parametrize(
    ("closes_at", "before", "after"),
    [  # the clocks change between the rounds and the deadline
        (
            datetime(2027, 3, 31, 16, tzinfo=UTC),
            Round(14, datetime(2027, 3, 17, 8, tzinfo=UTC)),
            Round(3, datetime(2027, 3, 28, 7, tzinfo=UTC)),
        ),
        (
            datetime(2027, 11, 3, 17, tzinfo=UTC),
            Round(14, datetime(2027, 10, 20, 7, tzinfo=UTC)),
            Round(3, datetime(2027, 10, 31, 8, tzinfo=UTC)),
        ),
    ],
)
def test_nine_stays_nine_when_the_clocks_change(
    closes_at: datetime, before: Round, after: Round
) -> None:
    for one in (before, after):
        assert due_round(closes_at, BRATISLAVA, one.due_at) == one
        assert due_round(closes_at, BRATISLAVA, one.due_at - SECOND) != one
