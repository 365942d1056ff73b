"""Where a city stands: one word, whatever has happened before."""

from datetime import datetime, timedelta

import pytest

from events_service.model import CityInvitation, Delegation
from events_service.queries.city_state import CityStanding, city_standing
from tests import cast

ASKED = cast.LONG_AGO
OPENED, STARTED, CONFIRMED, WAITED, WITHDRAWN, DECLINED, REVOKED = (
    ASKED + timedelta(days=n) for n in range(1, 8)
)


def draft(**other: object) -> Delegation:
    return Delegation(**{"state": "draft", "started_at": STARTED, **other})


def confirmed() -> Delegation:
    return draft(state="confirmed", confirmed_at=CONFIRMED)


def waiting() -> Delegation:
    return draft(state="waitlisted", waitlisted_at=WAITED)


def withdrawn() -> Delegation:
    return draft(state="withdrawn", confirmed_at=CONFIRMED, withdrawn_at=WITHDRAWN)


@pytest.mark.parametrize(
    ("delegation", "happened", "state", "since"),
    [
        (None, {}, "invited", ASKED),
        (None, {"sent_again_at": OPENED}, "invited", ASKED),
        (None, {"opened_at": OPENED}, "opened", OPENED),
        (draft, {}, "started", STARTED),
        (draft, {"opened_at": OPENED}, "started", STARTED),
        (confirmed, {"opened_at": OPENED}, "registered", CONFIRMED),
        (waiting, {"opened_at": OPENED}, "waitlisted", WAITED),
        (withdrawn, {"opened_at": OPENED}, "withdrawn", WITHDRAWN),
        (None, {"opened_at": OPENED, "declined_at": DECLINED}, "declined", DECLINED),
        (draft, {"declined_at": DECLINED}, "declined", DECLINED),
        (withdrawn, {"declined_at": DECLINED}, "declined", DECLINED),
        (confirmed, {"declined_at": DECLINED}, "registered", CONFIRMED),
        (None, {"revoked_at": REVOKED}, "link_ended", REVOKED),
        (None, {"opened_at": OPENED, "revoked_at": REVOKED}, "link_ended", REVOKED),
        (draft, {"revoked_at": REVOKED}, "link_ended", REVOKED),
        (confirmed, {"revoked_at": REVOKED}, "registered", CONFIRMED),
        (waiting, {"revoked_at": REVOKED}, "waitlisted", WAITED),
        (withdrawn, {"revoked_at": REVOKED}, "withdrawn", WITHDRAWN),
        (None, {"declined_at": DECLINED, "revoked_at": REVOKED}, "declined", DECLINED),
    ],
)
def test_a_city_that_was_asked(delegation, happened, state: str, since: datetime) -> None:
    one = CityInvitation(invited_at=ASKED, **happened)
    one.delegation = delegation() if delegation else None
    assert city_standing(one) == CityStanding(state, since)  # type: ignore[arg-type]


def test_a_city_that_was_not_asked() -> None:
    assert city_standing(None) == CityStanding("not_invited", None)
