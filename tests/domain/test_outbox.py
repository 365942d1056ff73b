"""Promising a mail."""

from datetime import timedelta

from sqlalchemy import select

from events_service.domain.outbox import BULK, Recipient, promise
from events_service.model import OutboxMail
from events_service.trace import trace_id


def promised(db, clock, key: str = "cause:1", **given: object) -> None:
    promise(
        db,
        "registration_unknown",
        Recipient("mayor@city.example.org", "Mayor", "office@city.example.org"),
        key=key,
        facts={"event": {}},
        now=clock.now,
        mail_domain="events.example.org",
        **given,
    )


def test_a_promise_fixes_what_every_try_repeats(db, clock):
    token = trace_id.set("request-1")
    promised(db, clock, priority=BULK, on_unknown="hold")
    trace_id.reset(token)
    mail = db.scalars(select(OutboxMail)).one()
    assert (mail.letter, mail.facts, mail.state) == (
        "registration_unknown",
        {"event": {}},
        "queued",
    )
    assert (mail.to_address, mail.to_name) == ("mayor@city.example.org", "Mayor")
    assert (mail.cc_address, mail.trace_id) == ("office@city.example.org", "request-1")
    assert (mail.created_at, mail.due_at) == (clock.now, clock.now)
    assert (mail.priority, mail.on_unknown) == (2, "hold")
    assert mail.message_id.endswith("@events.example.org>")


def test_a_second_promise_under_the_same_key_changes_nothing(db, clock):
    promised(db, clock)
    first = db.scalars(select(OutboxMail.message_id)).one()
    clock.advance(timedelta(hours=1))
    promised(db, clock, priority=BULK)
    mail = db.scalars(select(OutboxMail)).one()
    assert (mail.message_id, mail.priority) == (first, 1)
    assert mail.created_at == clock.now - timedelta(hours=1)


def test_a_letter_for_approval_waits(db, clock):
    promised(db, clock, for_approval=True)
    assert db.scalars(select(OutboxMail.state)).one() == "drafted"


def test_a_promise_goes_when_its_cause_is_rolled_back(db, clock):
    with db.begin_nested() as cause:
        promised(db, clock)
        cause.rollback()
    assert db.scalars(select(OutboxMail)).all() == []
