"""How a row of the outbox is claimed, fenced and settled."""

from datetime import timedelta

import pytest
from sqlalchemy import text, update

from events_service.domain.delivery.claim import CLAIM, claim, mark_sending
from events_service.domain.delivery.mail_decisions import send_again
from events_service.domain.delivery.settle import Settled, put_off, release, settle
from events_service.domain.delivery.verdict import Answer, Verdict
from events_service.domain.outbox import Recipient, promise
from events_service.model import OutboxMail

MINUTE = timedelta(minutes=1)
SENT = Verdict("sent"), Answer(250, "2.0.0 queued as 1A", handed_over=True)


@pytest.fixture
def post(db, clock):
    """Writes a rendered mail into the outbox; gives its number."""

    def write(key: str = "a", domain: str = "city.example.org", **changed: object) -> int:
        promise(
            db,
            "sign_in",
            Recipient(f"{key}@{domain}"),
            key=key,
            facts={},
            now=clock.now,
            mail_domain="events.example.org",
        )
        values = {"rendered": b"bytes", **changed}
        row = update(OutboxMail).where(OutboxMail.dedupe_key == key).values(values)
        return db.execute(row.returning(OutboxMail.id)).scalar_one()

    return write


@pytest.fixture
def claims(db, clock):
    def make(**given: object):
        return claim(db.connection(), now=clock.now, **given)

    return make


def row(db, mail_id: int) -> OutboxMail:
    return db.get(OutboxMail, mail_id, populate_existing=True)


def end_leases(db) -> None:
    db.execute(text("update outbox_mail set lease_until = clock_timestamp() - interval '1 second'"))


def test_urgent_mail_goes_first_then_the_oldest(post, claims, clock):
    bulk = post("bulk", priority=2)
    young = post("young")
    old = post("old", due_at=clock.now - MINUTE)
    urgent = post("urgent", priority=0)
    assert [mail.id for mail in claims(size=3).mails] == [urgent, old, young]
    assert [mail.id for mail in claims().mails] == [bulk]
    assert not claims()


@pytest.mark.parametrize(
    "changed",
    [
        {"rendered": None},
        {"state": "drafted"},
        {"state": "discarded"},
        {"state": "sent"},
        {"state": "dead"},
        {"state": "unknown"},
    ],
)
def test_what_is_not_to_be_sent_is_not_claimed(post, claims, changed):
    post(**changed)
    assert not claims()


def test_mail_is_claimed_when_it_is_due_by_the_clock_that_is_passed_in(post, claims, clock):
    post(state="retry", due_at=clock.now + MINUTE)
    assert not claims()
    clock.advance(MINUTE)
    assert len(claims().mails) == 1


def test_a_claim_holds_until_its_lease_ends(db, post, claims):
    number = post()
    (first,) = claims().mails
    assert (first.fence, first.tries, row(db, number).state) == (1, 1, "claimed")
    assert not claims()
    end_leases(db)
    (second,) = claims().mails
    assert (second.id, second.fence, second.tries) == (number, 2, 1)


def test_a_lease_is_measured_by_the_database(db, post, claims, clock):
    post()
    claims()
    clock.advance(timedelta(days=1))
    assert not claims(), "a clock that runs ahead steals no lease"
    left = db.scalar(text("select lease_until - clock_timestamp() from outbox_mail"))
    assert timedelta(seconds=100) < left <= timedelta(seconds=120)


def test_whoever_lost_the_lease_neither_sends_nor_settles(db, post, claims, clock):
    number = post()
    (slow,) = claims().mails
    end_leases(db)
    (quick,) = claims().mails
    assert not mark_sending(db.connection(), slow)
    assert mark_sending(db.connection(), quick)
    assert not settle(db.connection(), slow, *SENT, via="smtp", now=clock.now).mail
    release(db.connection(), [slow])
    assert (row(db, number).state, row(db, number).fence) == ("sending", 2)
    assert settle(db.connection(), quick, *SENT, via="smtp", now=clock.now).mail
    assert row(db, number).state == "sent"


def test_sending_is_marked_once_and_renews_the_lease(db, post, claims):
    post()
    (mail,) = claims(lease=timedelta(seconds=5)).mails
    assert mark_sending(db.connection(), mail)
    assert not mark_sending(db.connection(), mail)
    left = db.scalar(text("select lease_until - clock_timestamp() from outbox_mail"))
    assert left > timedelta(seconds=100)


@pytest.mark.parametrize(
    ("on_unknown", "attempts", "state"),
    [("resend", 0, "claimed"), ("resend", 7, "dead"), ("hold", 0, "unknown")],
)
def test_sending_that_broke_off_follows_the_letters_policy(
    db, post, claims, on_unknown, attempts, state
):
    number = post(on_unknown=on_unknown, attempts=attempts)
    (mail,) = claims().mails
    mark_sending(db.connection(), mail)
    end_leases(db)
    swept = claims()
    assert (row(db, number).state, row(db, number).attempts) == (state, attempts + 1)
    assert (len(swept.mails), swept.put_aside) == ((1, 0) if state == "claimed" else (0, 1))


def test_what_settling_writes_down(db, post, claims, clock):
    number = post()
    (mail,) = claims().mails
    refused = Answer(450, "4.2.1 later\x00")
    settle(db.connection(), mail, Verdict("retry", MINUTE), refused, via="smtp", now=clock.now)
    put_off_row = row(db, number)
    assert (put_off_row.state, put_off_row.attempts, put_off_row.due_at) == (
        "retry",
        1,
        clock.now + MINUTE,
    )
    assert (put_off_row.last_answer, put_off_row.sent_at) == ("450 4.2.1 later", None)
    clock.advance(MINUTE)
    (again,) = claims().mails
    mark_sending(db.connection(), again)
    settle(db.connection(), again, *SENT, via="smtp", now=clock.now)
    sent = row(db, number)
    assert (sent.state, sent.attempts, sent.sent_at) == ("sent", 2, clock.now)
    assert (sent.sent_via, sent.last_answer) == ("smtp", "250 2.0.0 queued as 1A")
    assert sent.lease_until is None


@pytest.mark.parametrize(("policy", "state"), [("resend", "sending"), ("hold", "claimed")])
def test_the_next_mail_is_marked_with_the_settled_one_if_it_would_be_sent_again_anyway(
    db, post, claims, clock, policy, state
):
    post("a")
    number = post("b", on_unknown=policy)
    first, second = claims().mails
    settled = settle(db.connection(), first, *SENT, via="smtp", now=clock.now, ahead=second)
    assert settled == Settled(mail=True, ahead=policy == "resend")
    assert (row(db, first.id).state, row(db, number).state) == ("sent", state)


def test_a_next_mail_that_was_taken_over_is_not_marked(db, post, claims, clock):
    post("a")
    post("b")
    first, second = claims().mails
    end_leases(db)
    claims()
    settled = settle(db.connection(), first, *SENT, via="smtp", now=clock.now, ahead=second)
    assert settled == Settled(mail=False, ahead=False)


def test_mail_that_was_not_tried_is_given_back_untouched(db, post, claims, clock):
    number = post()
    release(db.connection(), claims().mails)
    assert (row(db, number).state, row(db, number).attempts) == ("queued", 0)
    release(db.connection(), claims().mails, due_at=clock.now + MINUTE)
    assert not claims()
    assert row(db, number).due_at == clock.now + MINUTE


def test_a_domain_that_asks_for_patience_gets_it_and_urgent_mail_does_not_wait(
    db, post, claims, clock
):
    slow = post("a", "slow.example.org")
    urgent = post("b", "slow.example.org", priority=0)
    other = post("c", "quick.example.org")
    put_off(db.connection(), clock.now + MINUTE, domain="slow.example.org")
    assert [mail.id for mail in claims().mails] == [urgent, other]
    assert row(db, slow).due_at == clock.now + MINUTE
    put_off(db.connection(), clock.now + 2 * MINUTE)
    assert row(db, slow).due_at == clock.now + 2 * MINUTE


def test_the_claim_can_use_the_index_of_what_is_open(db, clock):
    db.execute(text("set local enable_seqscan = off"))
    plan = db.execute(
        text("explain " + CLAIM.text), {"now": clock.now, "size": 50, "lease": MINUTE}
    )
    assert "ix_outbox_mail_due" in "\n".join(plan.scalars())


def refuse(db, mail, clock, answer: Answer) -> None:
    settle(db.connection(), mail, Verdict("dead"), answer, via="smtp", now=clock.now)


def test_nothing_more_is_sent_to_an_address_that_was_refused(db, post, claims, clock):
    post("gone")
    refuse(db, claims().mails[0], clock, Answer(550, "5.1.1 no such mailbox"))
    later = post("later", to_address="GONE@city.example.org")
    assert claims().mails == []
    assert (row(db, later).state, row(db, later).last_answer) == (
        "dead",
        "Not tried: this address was refused before",
    )


def test_control_an_answer_about_the_text_keeps_no_letter_from_anybody(db, post, claims, clock):
    post("gone")
    refuse(db, claims().mails[0], clock, Answer(554, "too large", handed_over=True))
    later = post("later", to_address="gone@city.example.org")
    assert [mail.id for mail in claims().mails] == [later]


def test_a_person_can_give_the_address_another_chance(db, post, claims, clock):
    first = post("gone", letter="city_invited")
    refuse(db, claims().mails[0], clock, Answer(550, "5.1.1 no such mailbox"))
    send_again(db, first, now=clock.now)
    later = post("later", to_address="gone@city.example.org")
    assert [mail.id for mail in claims().mails] == [first, later]
