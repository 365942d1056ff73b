"""One click on a mail that was held: carried out, dismissed, brought back."""

from collections.abc import Callable

import pytest

from events_service.domain.inbox.deciding import apply_held, bring_back, dismiss_held
from events_service.domain.refusals import Conflict
from events_service.domain.registration.draft import DelegationDraft
from events_service.domain.registration.form import draft_from, members_of
from events_service.model import Account, InboundMail, Invitation, OutboxMail, TimeProposal
from events_service.queries.inbox import held_mails, unmatched_mails
from tests.domain.inbox import written
from tests.domain.inbox.conftest import Inbox

Decide = Callable[[InboundMail], None]


@pytest.fixture
def apply(inbox: Inbox, organiser: Account) -> Decide:
    def carry_out(mail: InboundMail) -> None:
        apply_held(inbox.db, inbox.settings, mail, organiser, now=inbox.now)

    return carry_out


def untrusted(inbox: Inbox, said: str = "ACCEPTED", **given: str) -> InboundMail:
    return inbox.takes(written.answer(inbox.invitation, said, at=inbox.now, **given))


def delegates(inbox: Inbox, to: str = "deputy@newark.example.org") -> InboundMail:
    told = f';PARTSTAT=DELEGATED;DELEGATED-TO="mailto:{to}":mailto:{inbox.mayor.address}'
    return inbox.answers("DELEGATED", ATTENDEE=told)


def test_an_answer_is_applied_by_a_person(inbox: Inbox, organiser: Account, apply: Decide) -> None:
    mail = untrusted(inbox)
    assert held_mails(inbox.db, [mail.event_id or 0]) == [mail]
    apply(mail)
    assert inbox.stands() == ("ACCEPTED", "mail", 0)
    assert (mail.decision, mail.decided_at, mail.decided_by_id, mail.outcome, mail.partstat) == (
        "applied",
        inbox.now,
        organiser.id,
        "review",
        "ACCEPTED",
    )
    assert held_mails(inbox.db, [mail.event_id or 0]) == []
    with pytest.raises(Conflict, match="decided about already"):
        apply(mail)


def test_the_other_rules_hold_for_it(inbox: Inbox, apply: Decide) -> None:
    mail = untrusted(inbox)
    inbox.later()
    inbox.answers("DECLINED")
    with pytest.raises(Conflict, match="A newer answer is known already"):
        apply(mail)
    assert inbox.stands() == ("DECLINED", "mail", 0)


def test_an_answer_that_came_too_late_is_applied_by_a_person(inbox: Inbox, apply: Decide) -> None:
    """For the invitation as it stands: older answers, of the same person too, are behind it."""
    inbox.invitation.sequence = inbox.invitation.min_sequence = 2
    inbox.db.flush()
    mail = inbox.answers("ACCEPTED", SEQUENCE=":1")
    inbox.answers("DECLINED")
    assert (mail.outcome, inbox.stands()) == ("stale", ("DECLINED", "mail", 2))
    assert held_mails(inbox.db, [mail.event_id or 0]) == [mail]
    inbox.later()
    apply(mail)
    assert (inbox.stands(), inbox.invitation.reply_dtstamp) == (("ACCEPTED", "mail", 2), inbox.now)
    assert (mail.outcome, mail.decision, mail.partstat) == ("stale", "applied", "ACCEPTED")
    assert held_mails(inbox.db, [mail.event_id or 0]) == []


def test_an_answer_that_came_too_late_can_be_dismissed(inbox: Inbox, organiser: Account) -> None:
    inbox.answers("ACCEPTED")
    mail = inbox.answers("DECLINED", DTSTAMP=":20260101T000000Z")
    dismiss_held(inbox.db, mail, organiser, now=inbox.now)
    assert (mail.outcome, mail.decision) == ("stale", "dismissed")
    assert inbox.stands() == ("ACCEPTED", "mail", 0)


def test_nothing_is_applied_to_what_was_called_off(inbox: Inbox, apply: Decide) -> None:
    inbox.invitation.cancelled_at = inbox.now
    inbox.db.flush()
    mail = inbox.answers("ACCEPTED")
    assert mail.outcome == "stale"
    with pytest.raises(Conflict, match="was called off or replaced"):
        apply(mail)
    assert (mail.decided_at, inbox.stands()) == (None, ("NEEDS-ACTION", None, None))


def test_nobody_is_added_by_applying(inbox: Inbox, apply: Decide) -> None:
    stranger = untrusted(inbox, attendee="stranger@elsewhere.example")
    with pytest.raises(Conflict, match="was not invited"):
        apply(stranger)
    unknown = untrusted(inbox, UID=":nobody@example.org")
    assert unmatched_mails(inbox.db) == [unknown]
    with pytest.raises(Conflict, match="not known here"):
        apply(unknown)
    assert inbox.db.query(Invitation).count() == 2


def test_their_office_may_answer_when_a_person_says_so(inbox: Inbox, apply: Decide) -> None:
    inbox.mayor.assistant_address = "assistant@newark.example.org"
    mail = inbox.answers("ACCEPTED", attendee="assistant@newark.example.org")
    assert mail.reason == "assistant@newark.example.org, their office, answers for Mayor, Newark."
    apply(mail)
    assert inbox.stands() == ("ACCEPTED", "mail", 0)


def test_a_dismissed_mail_can_be_brought_back(inbox: Inbox, organiser: Account) -> None:
    mail = untrusted(inbox)
    dismiss_held(inbox.db, mail, organiser, now=inbox.now)
    assert (mail.decision, held_mails(inbox.db, [mail.event_id or 0])) == ("dismissed", [])
    bring_back(inbox.db, mail)
    assert (mail.decision, held_mails(inbox.db, [mail.event_id or 0])) == (None, [mail])
    with pytest.raises(Conflict, match="was not dismissed"):
        bring_back(inbox.db, mail)


def test_what_was_never_held_is_not_decided(inbox: Inbox, apply: Decide) -> None:
    with pytest.raises(Conflict, match="does not wait"):
        apply(inbox.answers("ACCEPTED"))


def test_a_letter_in_words_is_marked_as_read(inbox: Inbox, apply: Decide) -> None:
    mail = inbox.takes(written.words(inbox.mayor.address), written.rsvp(inbox.invitation))
    apply(mail)
    assert (mail.decision, inbox.stands()) == ("applied", ("NEEDS-ACTION", None, None))


def test_a_held_proposal_becomes_an_open_one(inbox: Inbox, apply: Decide) -> None:
    mail = untrusted(
        inbox, "TENTATIVE", method="COUNTER", DTSTART=":20270531T080000Z", DTEND=":20270531T160000Z"
    )
    apply(mail)
    assert [one.state for one in inbox.db.query(TimeProposal)] == ["open"]


def test_a_delegate_takes_the_place_and_the_seat_stays(inbox: Inbox, apply: Decide) -> None:
    mail = delegates(inbox)
    inbox.letters()
    apply(mail)
    delegation = inbox.mayor.delegation
    states = {one.state for one in inbox.db.query(OutboxMail)}
    assert inbox.letters() == [
        ("member_cancelled", "mayor@newark.example.org"),
        ("member_invited", "deputy@newark.example.org"),
        ("delegation_confirmed", "office@newark.example.org"),
    ]
    assert states == {"drafted"}
    people = [(one.position, one.address, one.days) for one in members_of(delegation)]
    assert people == [
        (0, "deputy@newark.example.org", inbox.mayor.days),
        (1, "adviser@newark.example.org", inbox.mayor.days),
    ]
    inbox.db.refresh(delegation.event)
    assert (delegation.seats, delegation.event.seats_taken) == (2, 2)
    assert inbox.invitation.cancelled_at == inbox.now


def test_a_delegate_reads_whose_place_it_is(inbox: Inbox, apply: Decide) -> None:
    """Control: those whom the city named came in nobody's place."""
    apply(delegates(inbox))
    invited = inbox.db.query(OutboxMail).filter_by(letter="member_invited")
    replaced = {one.to_address: one.facts.get("in_place_of") for one in invited}
    assert replaced == {
        "mayor@newark.example.org": None,
        "adviser@newark.example.org": None,
        "deputy@newark.example.org": "Mayor, Newark",
    }


def test_a_delegate_takes_the_place_in_what_is_being_typed(inbox: Inbox, apply: Decide) -> None:
    """With the sessions that were chosen, or confirming it would invite them to all."""
    delegation = inbox.mayor.delegation
    chosen = [delegation.event.sessions[0].id]
    inbox.mayor.session_ids = chosen
    delegation.draft = draft_from(delegation.contact_address, members_of(delegation)).as_json()
    apply(delegates(inbox))
    deputy, adviser = members_of(delegation)
    assert (deputy.address, deputy.session_ids) == ("deputy@newark.example.org", chosen)
    stands = draft_from(delegation.contact_address, [deputy, adviser])
    assert DelegationDraft.from_json(delegation.draft) == stands


def test_a_delegate_who_was_named_too_late_takes_the_place_if_a_person_says_so(
    inbox: Inbox, apply: Decide
) -> None:
    inbox.invitation.sequence = inbox.invitation.min_sequence = 2
    inbox.db.flush()
    to = ';PARTSTAT=DELEGATED;DELEGATED-TO="mailto:deputy@newark.example.org"'
    told = f"{to}:mailto:{inbox.mayor.address}"
    mail = inbox.answers("DELEGATED", ATTENDEE=told, SEQUENCE=":1")
    assert mail.outcome == "stale"
    apply(mail)
    assert [one.address for one in members_of(inbox.mayor.delegation)] == [
        "deputy@newark.example.org",
        "adviser@newark.example.org",
    ]


def test_a_delegate_who_comes_anyway_takes_no_second_place(inbox: Inbox, apply: Decide) -> None:
    mail = delegates(inbox, to="adviser@newark.example.org")
    with pytest.raises(Conflict, match="part of the delegation already"):
        apply(mail)


def test_a_delegate_for_somebody_who_is_gone_is_refused(inbox: Inbox, apply: Decide) -> None:
    mail = delegates(inbox)
    apply(mail)
    again = delegates(inbox, to="other@newark.example.org")
    assert again.outcome == "stale"
