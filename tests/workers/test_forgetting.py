"""Uploaded lists go by themselves after a day."""

from datetime import timedelta

import pytest

from events_service.db import transaction
from events_service.domain.importing.cities import KEPT, keep_list
from events_service.domain.importing.lines import CityLines
from events_service.model import CityImport
from tests.domain.importing.lists import NEW, line
from tests.follow_up import colleague
from workers.forgetting import forget_old_data
from workers.process import now


@pytest.mark.usefixtures("jobs")
def test_lists_are_forgotten_after_a_day() -> None:
    with transaction() as session:
        read, who = CityLines((line(2, **NEW),), ()), colleague(session)
        for age in (KEPT + timedelta(minutes=1), KEPT - timedelta(minutes=1)):
            session.add(keep_list(session, read, f"{age}", who, now=now()))
            session.flush()
        old = session.query(CityImport).order_by(CityImport.id).first()
        assert old is not None
        old.expires_at = now() - timedelta(minutes=1)
    forget_old_data()
    with transaction() as session:
        assert [one.filename for one in session.query(CityImport)] == ["23:59:00"]
