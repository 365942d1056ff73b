"""Another time, proposed from a calendar: kept, declined with a letter, or made the event's."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from events_service.domain.inbox.deciding import apply_held
from events_service.domain.inbox.proposals import accept_proposal, decline_proposal, move_for
from events_service.domain.refusals import Conflict
from events_service.domain.scheduling.changes import apply_due_changes, ask_for_change
from events_service.domain.scheduling.event_change import Cancellation, as_it_stands
from events_service.domain.scheduling.pending import throw_away, undo_change
from events_service.letters import LETTERS
from events_service.letters.sender import sender_in
from events_service.model import Account, InboundMail, OutboxMail, TimeProposal
from events_service.queries.inbox import open_proposals
from tests.conftest import TestClock
from tests.domain.inbox import written
from tests.domain.inbox.conftest import Inbox
from tests.releasing import release

DAY = timedelta(days=1)
SECOND_DAY = ";TZID=Europe/Stockholm:20270601T090000"


def proposes(inbox: Inbox, starts: str, ends: str, **more: str | None) -> InboundMail:
    """From the mayor's calendar; local times of Stockholm."""
    raw = written.answer(
        inbox.invitation,
        "TENTATIVE",
        at=inbox.now,
        method="COUNTER",
        DTSTART=f";TZID=Europe/Stockholm:{starts}",
        DTEND=f";TZID=Europe/Stockholm:{ends}",
        **more,
    )
    return inbox.takes(raw, written.rsvp(inbox.invitation))


def the_proposal(inbox: Inbox) -> TimeProposal:
    return inbox.db.query(TimeProposal).filter_by(state="open").one()


def states(inbox: Inbox) -> list[str]:
    inbox.db.expire_all()
    return [one.state for one in inbox.db.query(TimeProposal).order_by(TimeProposal.id)]


def test_a_proposal_is_kept_and_the_answer_stays(inbox: Inbox) -> None:
    mail = proposes(inbox, "20270531T100000", "20270531T180000", COMMENT=":Our train is late")
    assert (mail.outcome, mail.reason) == ("proposal", "Proposes another time.")
    assert inbox.stands() == ("NEEDS-ACTION", None, None)
    (one,) = open_proposals(inbox.db, mail.event_id or 0)
    assert (one.inbound_mail_id, one.invitation_id, one.event_id, one.day, one.sequence) == (
        mail.id,
        inbox.invitation.id,
        mail.event_id,
        None,
        0,
    )
    assert (one.starts_at, one.ends_at, one.comment, one.proposed_at) == (
        datetime(2027, 5, 31, 8, tzinfo=UTC),
        datetime(2027, 5, 31, 16, tzinfo=UTC),
        "Our train is late",
        inbox.now,
    )


def test_a_newer_proposal_takes_the_place_of_an_earlier_one(inbox: Inbox) -> None:
    proposes(inbox, "20270531T100000", "20270531T180000")
    inbox.later()
    proposes(inbox, "20270531T110000", "20270531T180000")
    assert states(inbox) == ["overtaken", "open"]


def test_another_copy_or_an_older_one_does_not_come_back(inbox: Inbox, organiser: Account) -> None:
    """Whatever was decided about it; the control is a newer one, and one about another day."""
    first, second = ("20270531T100000", "20270531T180000"), ("20270531T110000", "20270531T180000")
    older = inbox.now
    inbox.later()
    proposes(inbox, *first)
    decline_proposal(inbox.db, inbox.settings, the_proposal(inbox), organiser, now=inbox.now)
    copy = proposes(inbox, *first, X_COPY=":1")
    assert (copy.outcome, copy.reason) == ("unchanged", "This proposal is known already.")
    late = proposes(inbox, *second, DTSTAMP=f":{written.stamp(older)}")
    assert (late.outcome, late.reason) == ("stale", "A newer proposal is known already.")
    day = ";TZID=Europe/Stockholm:20270601T090000"
    other = proposes(inbox, "20270601T110000", "20270601T160000", RECURRENCE_ID=day)
    inbox.later()
    newer = proposes(inbox, *second)
    assert (other.outcome, newer.outcome) == ("proposal", "proposal")
    assert states(inbox) == ["declined", "overtaken", "open"]


def test_a_clock_that_is_ahead_keeps_no_later_proposal_out(inbox: Inbox) -> None:
    ahead = f":{written.stamp(inbox.now + DAY)}"
    proposes(inbox, "20270531T100000", "20270531T180000", DTSTAMP=ahead)
    inbox.later()
    copy = proposes(inbox, "20270531T100000", "20270531T180000", DTSTAMP=ahead, X_COPY=":1")
    newer = proposes(inbox, "20270531T110000", "20270531T180000")
    assert (copy.outcome, newer.outcome) == ("unchanged", "proposal")


def test_a_late_proposal_is_opened_by_a_person(inbox: Inbox, organiser: Account) -> None:
    inbox.invitation.sequence = inbox.invitation.min_sequence = 2
    inbox.db.flush()
    mail = proposes(inbox, "20270531T100000", "20270531T170000", SEQUENCE=":1")
    assert (mail.outcome, states(inbox)) == ("stale", [])
    apply_held(inbox.db, inbox.settings, mail, organiser, now=inbox.now)
    assert [(one.state, one.sequence) for one in inbox.db.query(TimeProposal)] == [("open", 2)]


def test_no_proposal_comes_of_a_forged_old_or_equal_one(inbox: Inbox) -> None:
    raw = written.answer(
        inbox.invitation,
        "TENTATIVE",
        at=inbox.now,
        method="COUNTER",
        DTSTART=":20270531T080000Z",
        DTEND=":20270531T160000Z",
    )
    assert inbox.takes(raw).outcome == "review"
    assert proposes(inbox, "20270531T090000", "20270531T170000").outcome == "unchanged"
    inbox.invitation.sequence = inbox.invitation.min_sequence = 2
    assert proposes(inbox, "20270531T100000", "20270531T170000", SEQUENCE=":1").outcome == "stale"
    inbox.invitation.cancelled_at = inbox.now
    assert proposes(inbox, "20270531T100000", "20270531T170000").outcome == "stale"
    assert states(inbox) == []


def test_a_proposal_without_a_version_is_read_by_a_person_once_times_have_changed(
    inbox: Inbox, organiser: Account
) -> None:
    """The control: as long as they never have, it can only be about them."""
    first = proposes(inbox, "20270531T103000", "20270531T170000", SEQUENCE=None)
    assert first.outcome == "proposal"
    inbox.invitation.sequence = inbox.invitation.min_sequence = 2
    inbox.db.flush()
    inbox.later()
    mail = proposes(inbox, "20270531T100000", "20270531T170000", SEQUENCE=None)
    assert mail.outcome == "review"
    assert mail.reason.startswith("It proposes another time, but does not say which version")
    apply_held(inbox.db, inbox.settings, mail, organiser, now=inbox.now)
    assert [(one.state, one.sequence) for one in inbox.db.query(TimeProposal)] == [
        ("overtaken", 0),
        ("open", 2),
    ]


@pytest.mark.parametrize("day", [None, "20270601"])
def test_declining_sends_a_letter_with_the_calendars_word(
    inbox: Inbox, organiser: Account, day: str | None
) -> None:
    more = {"RECURRENCE_ID": f";TZID=Europe/Stockholm:{day}T090000"} if day else {}
    proposes(inbox, f"{day or 20270531}T100000", f"{day or 20270531}T180000", **more)
    inbox.letters()
    decline_proposal(inbox.db, inbox.settings, the_proposal(inbox), organiser, now=inbox.now)
    assert states(inbox) == ["declined"]
    mail = inbox.db.query(OutboxMail).one()
    assert (mail.letter, mail.to_address) == ("proposal_declined", "mayor@newark.example.org")
    letter = LETTERS[mail.letter](mail.facts, sender_in(inbox.settings))
    assert letter.calendar is not None
    assert letter.calendar.method == "DECLINECOUNTER"
    assert f"UID:{inbox.invitation.uid}".encode() in letter.calendar.ics
    assert (b"RECURRENCE-ID" in letter.calendar.ics) == (day is not None)
    assert letter.from_address.startswith("rsvp+")


def test_a_proposal_is_decided_once(inbox: Inbox, organiser: Account) -> None:
    proposes(inbox, "20270531T100000", "20270531T180000")
    one = the_proposal(inbox)
    decline_proposal(inbox.db, inbox.settings, one, organiser, now=inbox.now)
    with pytest.raises(Conflict, match="was declined already"):
        accept_proposal(inbox.db, one, organiser, people=2, now=inbox.now)


def test_accepting_moves_everybody_with_a_new_version(inbox: Inbox, organiser: Account) -> None:
    proposes(inbox, "20270607T100000", "20270607T180000")
    inbox.letters()
    pending = accept_proposal(inbox.db, the_proposal(inbox), organiser, people=2, now=inbox.now)
    assert (states(inbox), pending.kind) == (["accepted"], "move")
    released(inbox)
    inbox.later(2)
    assert apply_due_changes(inbox.db, inbox.settings, inbox.now) == 1
    event = inbox.mayor.delegation.event
    inbox.db.refresh(event)
    assert [(one.held_on, one.starts, one.ends) for one in event.sessions] == [
        (date(2027, 6, 7) + n * DAY, time(10), time(18)) for n in range(3)
    ]
    assert (inbox.invitation.sequence, inbox.invitation.min_sequence) == (1, 1)
    assert [one for one in inbox.letters() if one[0].startswith("member")] == [
        ("member_updated", "mayor@newark.example.org"),
        ("member_updated", "adviser@newark.example.org"),
    ]
    assert states(inbox) == ["accepted"]


def test_one_day_of_several_moves_alone(inbox: Inbox) -> None:
    """One session that day: it also ends as proposed."""
    second = ";TZID=Europe/Stockholm:20270601T090000"
    proposes(inbox, "20270601T110000", "20270601T160000", RECURRENCE_ID=second)
    move = move_for(the_proposal(inbox))
    assert move.starts_on == date(2027, 5, 31)
    assert [(one.held_on, one.starts, one.ends) for one in move.sessions] == [
        (date(2027, 5, 31), time(9), time(17)),
        (date(2027, 6, 1), time(11), time(16)),
        (date(2027, 6, 2), time(9), time(17)),
    ]


@pytest.mark.parametrize(
    ("ends", "last"),
    [("160000", time(16)), ("150000", time(19)), ("140000", time(19))],
    ids=["later than its start", "at its start", "before its start"],
)
def test_of_several_sessions_the_last_ends_as_proposed(inbox: Inbox, ends: str, last: time) -> None:
    """Two hours later; where it would end before it begins, it keeps its length. The other days
    stay, and so does what is held that day and goes on longer than is proposed."""
    event = inbox.mayor.delegation.event
    event.sessions[1].ends = time(12)
    event.sessions[2].held_on = date(2027, 6, 1)
    event.sessions[2].starts = time(13)
    inbox.invitation.days = [date(2027, 5, 31), date(2027, 6, 1)]
    inbox.db.flush()
    second = ";TZID=Europe/Stockholm:20270601T090000"
    proposes(inbox, "20270601T110000", f"20270601T{ends}", RECURRENCE_ID=second)
    move = move_for(the_proposal(inbox))
    assert [(one.held_on, one.starts, one.ends) for one in move.sessions] == [
        (date(2027, 5, 31), time(9), time(17)),
        (date(2027, 6, 1), time(11), time(14)),
        (date(2027, 6, 1), time(15), last),
    ]


def test_one_session_that_moves_to_another_day_moves_alone(inbox: Inbox) -> None:
    """It was invited to by itself, so that nothing else is meant."""
    event = inbox.mayor.delegation.event
    inbox.invitation.session_id = event.sessions[0].id
    inbox.invitation.days = [date(2027, 5, 31)]
    inbox.db.flush()
    proposes(inbox, "20270602T180000", "20270602T200000")
    move = move_for(the_proposal(inbox))
    assert move.starts_on == date(2027, 5, 31)
    assert [(one.held_on, one.starts, one.ends) for one in move.sessions] == [
        (date(2027, 6, 2), time(18), time(20)),
        (date(2027, 6, 1), time(9), time(17)),
        (date(2027, 6, 2), time(9), time(17)),
    ]


def released(inbox: Inbox) -> None:
    event = inbox.mayor.delegation.event
    release(inbox.db, inbox.settings, TestClock(inbox.now), event)


def test_throwing_the_move_away_opens_the_proposal_again(inbox: Inbox, organiser: Account) -> None:
    proposes(inbox, "20270607T100000", "20270607T180000")
    pending = accept_proposal(inbox.db, the_proposal(inbox), organiser, people=None, now=inbox.now)
    released(inbox)
    undo_change(inbox.db, pending.event_id, pending.id)
    assert states(inbox) == ["accepted"]
    throw_away(inbox.db, pending.event_id, pending.id, now=inbox.now)
    assert states(inbox) == ["open"]


def test_another_move_overtakes_what_was_proposed(inbox: Inbox, organiser: Account) -> None:
    proposes(inbox, "20270607T100000", "20270607T180000")
    inbox.db.add(proposal_of(inbox))
    accept_proposal(inbox.db, oldest(inbox), organiser, people=None, now=inbox.now)
    released(inbox)
    inbox.later(2)
    apply_due_changes(inbox.db, inbox.settings, inbox.now)
    assert states(inbox) == ["accepted", "overtaken"]


def oldest(inbox: Inbox) -> TimeProposal:
    return inbox.db.query(TimeProposal).order_by(TimeProposal.id).limit(1).one()


def proposal_of(inbox: Inbox) -> TimeProposal:
    """The adviser would come an hour later."""
    other = oldest(inbox)
    return TimeProposal(
        inbound_mail_id=other.inbound_mail_id,
        invitation_id=inbox.adviser.invitations[0].id,
        event_id=other.event_id,
        starts_at=datetime(2027, 5, 31, 9, tzinfo=UTC),
        ends_at=datetime(2027, 5, 31, 15, tzinfo=UTC),
        sequence=0,
        proposed_at=inbox.now,
    )


def test_an_accepted_time_is_laid_over_a_move_that_waits(inbox: Inbox, organiser: Account) -> None:
    """Everybody gets one letter: of the other house and of the later day."""
    proposes(inbox, "20270601T110000", "20270601T160000", RECURRENCE_ID=SECOND_DAY)
    event = inbox.mayor.delegation.event
    elsewhere = replace(as_it_stands(event), venue="Opera House")
    first = ask_for_change(inbox.db, event, elsewhere, organiser, now=inbox.now)
    inbox.letters()
    pending = accept_proposal(inbox.db, the_proposal(inbox), organiser, people=2, now=inbox.now)
    assert (pending.id, states(inbox)) == (first.id, ["accepted"])
    released(inbox)
    inbox.later(2)
    assert apply_due_changes(inbox.db, inbox.settings, inbox.now) == 1
    inbox.db.refresh(event)
    assert (event.venue, [(one.held_on.day, one.starts) for one in event.sessions]) == (
        "Opera House",
        [(31, time(9)), (1, time(11)), (2, time(9))],
    )


def test_no_time_is_accepted_where_a_cancellation_waits(inbox: Inbox, organiser: Account) -> None:
    """Control: once it is thrown away, it is."""
    proposes(inbox, "20270601T110000", "20270601T160000", RECURRENCE_ID=SECOND_DAY)
    event = inbox.mayor.delegation.event
    off = ask_for_change(inbox.db, event, Cancellation(""), organiser, now=inbox.now)
    with pytest.raises(Conflict, match="Throw it away there first"), inbox.db.begin_nested():
        accept_proposal(inbox.db, the_proposal(inbox), organiser, people=2, now=inbox.now)
    throw_away(inbox.db, event.id, off.id, now=inbox.now)
    accept_proposal(inbox.db, the_proposal(inbox), organiser, people=2, now=inbox.now)
    assert states(inbox) == ["accepted"]
