"""The mailbox as data."""

import pytest
from sqlalchemy import select

from events_service.domain.outbox import Recipient, promise
from events_service.model import OutboxMail
from events_service.queries.mailbox import MailListed, mails, raw
from events_service.tokens import placeholder, token_for
from tests import cast
from tests.conftest import SECRET

STORED = (
    b"Subject: Your link\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=UTF-8\r\n"
    b"Content-Transfer-Encoding: 8bit\r\n\r\n" + placeholder("sign", 7).encode() + b"\r\n"
)


@pytest.fixture
def two(db, clock) -> list[OutboxMail]:
    event = cast.event(db)
    for key, about in (("first", event.id), ("second", None)):
        promise(
            db,
            "member_invited",
            Recipient(f"{key}@city.example.org", cc_address="office@city.example.org"),
            key=key,
            facts={},
            now=clock.now,
            mail_domain="events.example.org",
            event_id=about,
        )
    first, second = db.scalars(select(OutboxMail).order_by(OutboxMail.id))
    first.rendered, first.subject, first.calendar_method = STORED, "Your link", "REQUEST"
    first.state, first.sent_at, first.sent_via = "sent", clock.now, "mailbox"
    db.flush()
    return [first, second]


def test_all_mail_oldest_first(db, clock, two):
    first, second = two
    assert mails(db) == [
        MailListed(
            id=first.id,
            to="first@city.example.org",
            cc="office@city.example.org",
            letter="member_invited",
            subject="Your link",
            has_calendar=True,
            method="REQUEST",
            state="sent",
            event="stockholm-2027",
            message_id=first.message_id,
            created_at=clock.now,
            sent_at=clock.now,
            sent_via="mailbox",
            last_answer=None,
        ),
        MailListed(
            id=second.id,
            to="second@city.example.org",
            cc="office@city.example.org",
            letter="member_invited",
            subject=None,
            has_calendar=False,
            method=None,
            state="queued",
            event=None,
            message_id=second.message_id,
            created_at=clock.now,
            sent_at=None,
            sent_via=None,
            last_answer=None,
        ),
    ]


def test_raw_bytes_have_working_links(db, settings, two):
    sent = raw(db, settings, two[0].id)
    assert token_for(SECRET, "sign", 7).encode() in sent
    assert placeholder("sign", 7).encode() not in sent


def test_there_is_nothing_to_read_yet_or_at_all(db, settings, two):
    assert raw(db, settings, two[1].id) is None
    assert raw(db, settings, 999) is None
