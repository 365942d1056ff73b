"""A reminder all the way: drafted by the worker, written, read, released, sent to silent cities."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service.db import transaction
from events_service.domain.delivery.batch import UNDO, release_event
from events_service.model import CityInvitation, Event, OutboxMail
from tests import cast
from tests.follow_up import colleague
from tests.workers.mail_server import MailServer
from workers.deliver import send_due_mail
from workers.process import now
from workers.reminders import draft_reminders
from workers.render import render_due_letters

pytestmark = pytest.mark.usefixtures("jobs")


def closing_soon(db: Session, closes_at: datetime) -> Event:
    event = cast.event(db, starts_on=(closes_at + timedelta(days=30)).date())
    event.registration_closes_at = closes_at
    for name in ("Newark", "Boise"):
        cast.invited(db, event, name)
    return event


def test_a_reminder_leaves_once_it_was_read_and_to_no_city_that_has_answered(
    server: MailServer,
) -> None:
    with transaction() as db:
        closing_soon(db, now() + timedelta(days=10))
    draft_reminders()
    draft_reminders()
    render_due_letters()
    send_due_mail()
    assert server.taken == []
    with transaction() as db:
        mails = db.scalars(select(OutboxMail)).all()
        assert [mail.state for mail in mails] == ["drafted", "drafted"]
        event = db.scalars(select(Event)).one()
        release_event(db, event, colleague(db), now=now() - UNDO)
        newark = db.scalars(
            select(CityInvitation).where(CityInvitation.address.startswith("newark"))
        ).one()
        newark.declined_at = now()
    send_due_mail()
    assert [taken.recipients for taken in server.taken] == [["boise@cities.example.org"]]
    with transaction() as db:
        states = db.scalars(select(OutboxMail.state).order_by(OutboxMail.id)).all()
        assert sorted(states) == ["discarded", "sent"]
