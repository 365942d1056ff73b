"""Answers of calendar programs against the database: who is believed, and what is written down."""

from datetime import date, datetime, timedelta

import pytest

from events_service.model import InboundMail
from tests.domain.inbox import written
from tests.domain.inbox.conftest import TRUSTED, Inbox

PASSED = {
    "Authentication_Results": f"{TRUSTED}; dmarc=pass header.from=newark.example.org",
}


def seen(mail: InboundMail) -> tuple[str | None, str, str | None]:
    return mail.outcome, mail.reason, mail.partstat


def test_accept_is_written_down_and_the_mail_points_to_it(inbox: Inbox) -> None:
    mail = inbox.answers("ACCEPTED", COMMENT=":With pleasure")
    one = inbox.invitation
    assert seen(mail) == ("applied", "Will come.", "ACCEPTED")
    assert (mail.event_id, mail.invitation_id) == (one.member.delegation.event_id, one.id)
    assert (mail.sender, mail.subject) == ("mayor@newark.example.org", "An answer")
    assert mail.claims == {
        "method": "REPLY",
        "uid": one.uid,
        "attendee": "mayor@newark.example.org",
        "said": "ACCEPTED",
        "day": None,
        "recurrence_id": None,
        "sequence": 0,
        "dtstamp": inbox.now.isoformat(),
        "comment": "With pleasure",
        "delegated_to": None,
        "sent_by": None,
        "starts": None,
        "ends": None,
    }
    assert inbox.stands() == ("ACCEPTED", "mail", 0)
    assert (one.answered_at, one.reply_dtstamp, one.reply_message_id, one.reply_comment) == (
        inbox.now,
        inbox.now,
        "<answer-1@city.example.org>",
        "With pleasure",
    )


def test_a_forged_decline_is_ignored(inbox: Inbox) -> None:
    """RFC 6047 §2.2.1. The control: the same bytes to the address with the token are believed."""
    inbox.answers("ACCEPTED")
    inbox.later()
    forged = written.answer(inbox.invitation, "DECLINED", at=inbox.now)
    mail = inbox.takes(forged, "rsvp@events.example.org")
    assert seen(mail) == (
        "review",
        "Nothing proves that it comes from mayor@newark.example.org: anybody can write that name "
        "on a letter.",
        "ACCEPTED",
    )
    assert inbox.stands() == ("ACCEPTED", "mail", 0)
    assert seen(inbox.takes(forged, written.rsvp(inbox.invitation))) == (
        "applied",
        "Will not come.",
        "DECLINED",
    )
    assert inbox.stands() == ("DECLINED", "mail", 0)


@pytest.mark.parametrize(
    ("address", "outcome"),
    [
        ("{right}", "applied"),
        ("<{RIGHT}>", "applied"),
        ("{wrong}", "review"),
        ("rsvp+aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@events.example.org", "review"),
        ("{elsewhere}", "review"),
    ],
)
def test_only_the_right_token_at_our_domain_counts(
    inbox: Inbox, address: str, outcome: str
) -> None:
    right = written.rsvp(inbox.invitation)
    wrong = right[:-25] + ("b" if right[-25] != "b" else "c") + right[-24:]
    elsewhere = right.replace("events.example.org", "evil.example.org")
    to = address.format(right=right, RIGHT=right.upper(), wrong=wrong, elsewhere=elsewhere)
    raw = written.answer(inbox.invitation, "ACCEPTED", at=inbox.now)
    assert inbox.takes(raw, to).outcome == outcome


def test_without_an_envelope_the_delivering_servers_note_counts(inbox: Inbox) -> None:
    right = written.rsvp(inbox.invitation)
    raw = written.answer(
        inbox.invitation, "ACCEPTED", at=inbox.now, headers={"Delivered_To": right}
    )
    assert inbox.takes(raw, "rsvp@events.example.org").outcome == "review"
    assert inbox.takes(raw + b" ").outcome == "applied"


def test_dmarc_counts_when_our_own_server_says_so(inbox: Inbox) -> None:
    for said, outcome in ((PASSED, "applied"), ({}, "review")):
        raw = written.answer(inbox.invitation, "ACCEPTED", at=inbox.now, headers=said)
        assert inbox.takes(raw).outcome == outcome
    foreign = {"Authentication_Results": "mx.evil.test; dmarc=pass header.from=newark.example.org"}
    raw = written.answer(inbox.invitation, "DECLINED", at=inbox.now, headers=foreign)
    assert inbox.takes(raw).outcome == "review"
    assert inbox.stands() == ("ACCEPTED", "mail", 0)


def test_a_sender_who_is_somebody_else_is_held_unless_the_token_decides(inbox: Inbox) -> None:
    shared = "office@newark.example.org"
    raw = written.answer(inbox.invitation, "ACCEPTED", at=inbox.now, sender=shared, headers=PASSED)
    assert seen(inbox.takes(raw)) == (
        "review",
        "office@newark.example.org sent it, and not to the address in the invitation that only "
        "they know.",
        "NEEDS-ACTION",
    )
    assert inbox.takes(raw, written.rsvp(inbox.invitation)).outcome == "applied"


def test_whoever_answers_for_somebody_is_held_though_the_token_is_right(inbox: Inbox) -> None:
    """SENT-BY (itip.md). The control: the person's own SENT-BY is the person."""
    for sent_by, outcome in (("office", "review"), ("MAYOR", "applied")):
        attendee = f';PARTSTAT=DECLINED;SENT-BY="mailto:{sent_by}@newark.example.org"'
        raw = written.answer(
            inbox.invitation,
            None,
            at=inbox.now,
            ATTENDEE=f"{attendee}:mailto:mayor@newark.example.org",
        )
        assert inbox.takes(raw, written.rsvp(inbox.invitation)).outcome == outcome
    assert inbox.stands() == ("DECLINED", "mail", 0)


def test_a_party_crasher_is_held_whatever_token_they_have(inbox: Inbox) -> None:
    mail = inbox.answers("ACCEPTED", attendee="stranger@elsewhere.example")
    assert seen(mail) == (
        "review",
        "stranger@elsewhere.example answers, and was not invited: Mayor, Newark "
        "(mayor@newark.example.org) was.",
        "NEEDS-ACTION",
    )
    assert len(inbox.mayor.delegation.members) == 2


def test_the_token_of_another_invitation_is_ambiguous(inbox: Inbox) -> None:
    raw = written.answer(inbox.invitation, "ACCEPTED", at=inbox.now, headers=PASSED)
    mail = inbox.takes(raw, written.rsvp(inbox.adviser.invitations[0]))
    assert seen(mail) == (
        "review",
        "It came to the answer address of another invitation, so it is unclear whose it is.",
        "NEEDS-ACTION",
    )


def test_an_unknown_uid_is_kept_for_a_person(inbox: Inbox) -> None:
    raw = written.answer(inbox.invitation, "ACCEPTED", at=inbox.now, UID=":no-such@example.org")
    mail = inbox.takes(raw)
    assert seen(mail) == ("quarantined", "It answers an invitation that is not known here.", None)
    assert (mail.event_id, mail.invitation_id) == (None, None)
    again = inbox.takes(raw, written.rsvp(inbox.invitation))
    assert (again.id, again.event_id, again.invitation_id) == (
        mail.id,
        inbox.mayor.delegation.event_id,
        inbox.invitation.id,
    )


def test_what_is_known_old_or_cancelled_changes_nothing(inbox: Inbox) -> None:
    earlier = inbox.now - timedelta(hours=1)
    assert inbox.answers("ACCEPTED").outcome == "applied"
    assert inbox.answers("ACCEPTED", X_COPY=":1").outcome == "unchanged"
    assert inbox.answers("DECLINED", at=earlier).outcome == "stale"
    inbox.invitation.cancelled_at = inbox.now
    inbox.later()
    assert seen(inbox.answers("DECLINED"))[::2] == ("stale", "ACCEPTED")
    assert inbox.stands() == ("ACCEPTED", "mail", 0)


@pytest.mark.parametrize(
    "written_as", ["MAYOR@žilina.example.org", "mayor@XN--ILINA-TIB.Example.org"]
)
def test_addresses_compare_without_case_and_by_idna(inbox: Inbox, written_as: str) -> None:
    inbox.mayor.address = "Mayor@xn--ilina-tib.example.org"
    assert inbox.answers("ACCEPTED", attendee=written_as).outcome == "applied"


def test_several_answers_in_one_mail_are_settled_together(inbox: Inbox) -> None:
    """All days accepted, and the last declined: as calendars send a series with an exception."""
    body = written.calendar(
        "REPLY",
        written.vevent(inbox.invitation, "ACCEPTED", at=inbox.now),
        written.vevent(
            inbox.invitation, "DECLINED", at=inbox.now, RECURRENCE_ID=":20270602T070000Z"
        ),
    )
    raw = written.mail(inbox.mayor.address, body, "text/calendar; method=REPLY")
    mail = inbox.takes(raw, written.rsvp(inbox.invitation))
    assert seen(mail) == ("applied", "Will come. The mail holds 1 more answer.", "ACCEPTED")
    assert [(one.day, one.partstat) for one in inbox.invitation.day_answers] == [
        (date(2027, 6, 2), "DECLINED")
    ]


def test_a_delegate_waits_for_a_person(inbox: Inbox) -> None:
    to = ';PARTSTAT=DELEGATED;DELEGATED-TO="mailto:Deputy@newark.example.org"'
    mail = inbox.answers("DELEGATED", ATTENDEE=f"{to}:mailto:{inbox.mayor.address}")
    assert seen(mail) == (
        "review",
        "Wants deputy@newark.example.org to come instead. Nobody is added until you decide.",
        "NEEDS-ACTION",
    )
    assert mail.claims is not None
    assert mail.claims["delegated_to"] == "deputy@newark.example.org"


def test_a_letter_in_words_is_for_the_organiser_to_read(inbox: Inbox) -> None:
    mail = inbox.takes(written.words(inbox.mayor.address), written.rsvp(inbox.invitation))
    assert seen(mail)[:2] == ("review", "A letter in words: read it.")
    assert (mail.event_id, mail.invitation_id) == (
        inbox.mayor.delegation.event_id,
        inbox.invitation.id,
    )
    lost = inbox.takes(written.words("stranger@example.net"), "rsvp@events.example.org")
    assert (lost.outcome, lost.event_id) == ("quarantined", None)


def test_an_automatic_answer_changes_nothing_even_with_a_calendar(inbox: Inbox) -> None:
    mail = inbox.answers("DECLINED", headers={"Auto_Submitted": "auto-replied"})
    assert seen(mail)[0] == "auto-reply"
    assert mail.invitation_id == inbox.invitation.id
    assert inbox.stands() == ("NEEDS-ACTION", None, None)


def test_a_calendar_that_cannot_be_read_holds_the_whole_mail(inbox: Inbox) -> None:
    body = "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    raw = written.mail(inbox.mayor.address, body, "text/calendar; method=REPLY")
    mail = inbox.takes(raw, written.rsvp(inbox.invitation))
    assert (mail.outcome, mail.event_id) == ("quarantined", inbox.mayor.delegation.event_id)
    assert inbox.stands() == ("NEEDS-ACTION", None, None)


def test_a_stamp_in_the_future_is_taken_as_now(inbox: Inbox) -> None:
    future: datetime = inbox.now + timedelta(days=30)
    assert inbox.answers("ACCEPTED", at=future).outcome == "applied"
    assert inbox.invitation.reply_dtstamp == inbox.now
    inbox.later()
    assert inbox.answers("DECLINED").outcome == "applied"
