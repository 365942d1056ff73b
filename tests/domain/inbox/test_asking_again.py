"""A calendar program asks for the invitation once more (REFRESH, RFC 5546 §3.2.6)."""

import pytest
from sqlalchemy import select, update

from events_service.domain.registration.draft import PersonDraft
from events_service.domain.registration.substituting import substitute
from events_service.model import OutboxMail
from tests.domain.inbox import written
from tests.domain.inbox.conftest import Inbox


def test_a_refresh_sends_the_same_again_at_most_three_times_a_day(inbox: Inbox) -> None:
    inbox.later()
    results = []
    for _ in range(4):
        inbox.later()
        raw = written.answer(inbox.invitation, None, at=inbox.now, method="REFRESH")
        results.append(inbox.takes(raw, written.rsvp(inbox.invitation)))
    again = [("member_invited", "mayor@newark.example.org")] * 4
    assert [one for one in inbox.letters("member_invited") if one[1].startswith("mayor")] == again
    assert [(one.outcome, one.reason) for one in results] == [
        ("applied", "Asked for the invitation, which was sent again.")
    ] * 3 + [("unchanged", "Asked for the invitation, which was sent again 3 times today already.")]


def test_a_refresh_of_what_was_never_sent_is_for_a_person(inbox: Inbox) -> None:
    inbox.letters()  # takes every letter out of the outbox
    raw = written.answer(inbox.invitation, None, at=inbox.now, method="REFRESH")
    mail = inbox.takes(raw, written.rsvp(inbox.invitation))
    assert (mail.outcome, mail.reason) == (
        "review",
        "This invitation was never sent, so it can’t be sent again.",
    )


@pytest.mark.parametrize("released", [False, True])
def test_a_refresh_tells_no_change_before_its_letter_is_released(
    inbox: Inbox, released: bool
) -> None:
    """Somebody comes in the mayor's place, by letters that an organiser reads first."""
    inbox.later()
    chief = PersonDraft("Chief", "Chief", "chief@newark.example.org")
    substitute(inbox.db, inbox.settings, inbox.mayor, chief, now=inbox.now, for_approval=True)
    if released:
        inbox.db.execute(update(OutboxMail).values(state="sent"))
    else:
        inbox.db.execute(
            update(OutboxMail).where(OutboxMail.state != "drafted").values(state="sent")
        )
    raw = written.answer(inbox.invitation, None, at=inbox.now, method="REFRESH")
    mail = inbox.takes(raw, written.rsvp(inbox.invitation))
    queued = inbox.db.scalars(select(OutboxMail).where(OutboxMail.state == "queued"))
    told = [(one.letter, one.to_address) for one in queued]
    if released:
        assert told == [("member_cancelled", "mayor@newark.example.org")]
    else:
        assert told == []
        assert (mail.outcome, mail.reason) == (
            "review",
            "Asked for the invitation, which has changed since it was sent. Release the letter "
            "that says so, which waits in the outbox.",
        )
