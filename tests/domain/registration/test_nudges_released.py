"""Reminders leave when they were read, and not to anybody who has answered meanwhile."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.delivery import approval
from events_service.domain.delivery.claim import claim
from events_service.domain.refusals import Conflict, Refusal
from events_service.domain.registration.confirming import withdraw_delegation
from events_service.domain.registration.nudges_released import (
    Released,
    release_nudges,
    reword_nudges,
)
from events_service.domain.registration.nudging import RemindedLately
from events_service.model import Account, Event, Member
from tests import cast, office
from tests.conftest import TestClock
from tests.follow_up import colleague
from tests.queries.test_board import counted_queries
from tests.reminding import nudge, nudges, read, said, say, the_invitation


@pytest.fixture
def event(db: Session) -> Event:
    return cast.event(db)


@pytest.fixture
def people(db: Session, settings: Settings, clock: TestClock, event: Event) -> list[Member]:
    """Two people of Newark, invited three days ago, whose first letters are out of the way."""
    newark = office.registered(db, settings, clock, event, "Newark", "Mayor", "Adviser")
    office.letters(db)
    clock.advance(timedelta(days=3))
    return office.people_of(newark)


@pytest.fixture
def organiser(db: Session) -> Account:
    return colleague(db, "Workshop lead", "organiser")


def test_what_was_read_is_released_and_queued(
    db: Session,
    settings: Settings,
    clock: TestClock,
    event: Event,
    people: list[Member],
    organiser: Account,
) -> None:
    nudge(db, settings, clock, event, *people)
    mails = nudges(db, settings)
    released = release_nudges(db, event, organiser, read=read(mails), now=clock.now)
    assert released == Released(sent=2, outdated=0)
    assert [(one.state, one.approved_by_id, one.approved_hash) for one in mails] == [
        ("queued", organiser.id, approval.digest_of(one)) for one in mails
    ]
    with pytest.raises(Conflict, match="No reminder waits"):
        release_nudges(db, event, organiser, read={}, now=clock.now)


def test_other_bytes_than_those_read_are_not_released(
    db: Session,
    settings: Settings,
    clock: TestClock,
    event: Event,
    people: list[Member],
    organiser: Account,
) -> None:
    nudge(db, settings, clock, event, *people)
    mails = nudges(db, settings)
    seen = read(mails)
    with pytest.raises(Conflict, match="have changed"):
        release_nudges(db, event, organiser, read={mails[0].id: seen[mails[0].id]}, now=clock.now)
    mails[1].rendered = b"other"
    db.flush()
    with pytest.raises(Conflict, match="has changed"):
        release_nudges(db, event, organiser, read=seen, now=clock.now)


def test_own_words_are_put_in_and_have_to_be_read_again(
    db: Session,
    settings: Settings,
    clock: TestClock,
    event: Event,
    people: list[Member],
    organiser: Account,
) -> None:
    nudge(db, settings, clock, event, *people)
    seen = read(nudges(db, settings))
    clock.advance(timedelta(minutes=5))
    reword_nudges(db, event, "The hall is booked.", read=seen, now=clock.now)
    with pytest.raises(Conflict):
        release_nudges(db, event, organiser, read=seen, now=clock.now)
    mails = nudges(db, settings)
    assert [mail.facts["words"] for mail in mails] == ["The hall is booked."] * 2
    stamps = {(mail.created_at, mail.facts["invitation"]["dtstamp"]) for mail in mails}
    assert stamps == {(clock.now, clock.now.isoformat())}
    with pytest.raises(Conflict, match="have changed"):
        reword_nudges(db, event, "Unseen", read=seen, now=clock.now)
    with pytest.raises(Refusal, match="Shorten your words"):
        reword_nudges(db, event, "x" * 2001, read=read(mails), now=clock.now)
    assert release_nudges(db, event, organiser, read=read(mails), now=clock.now).sent == 2


def test_whoever_answers_before_the_release_is_left_out(
    db: Session,
    settings: Settings,
    clock: TestClock,
    event: Event,
    people: list[Member],
    organiser: Account,
) -> None:
    """Control: the other one is written to."""
    mayor, adviser = people
    nudge(db, settings, clock, event, mayor, adviser)
    mails = nudges(db, settings)
    say(db, clock, mayor)
    with pytest.raises(Conflict, match="has no use any more"):
        approval.approve_letter(
            db, mails[0].id, organiser, read=approval.digest_of(mails[0]), now=clock.now
        )
    released = release_nudges(db, event, organiser, read=read(mails), now=clock.now)
    db.expire_all()
    assert released == Released(sent=1, outdated=1)
    assert [(mail.member_id, mail.state) for mail in mails] == [
        (mayor.id, "discarded"),
        (adviser.id, "queued"),
    ]


@dataclass(frozen=True)
class Meanwhile:
    """What happens to somebody between the release of their reminder and its sending."""

    db: Session
    settings: Settings
    clock: TestClock
    person: Member

    def an_answer_comes(self) -> None:
        say(self.db, self.clock, self.person)

    def every_day_is_answered(self) -> None:
        invitation = the_invitation(self.person)
        invitation.day_answers = [said(day, "DECLINED", self.clock) for day in invitation.days]

    def the_city_withdraws(self) -> None:
        number = self.person.delegation.city_invitation_id
        withdraw_delegation(self.db, self.settings, number, now=self.clock.now)

    def the_entry_is_sent_anew(self) -> None:
        the_invitation(self.person).sequence += 1

    def what_it_shows_changes(self) -> None:
        the_invitation(self.person).changed_at = self.clock.now + timedelta(seconds=1)


@pytest.mark.parametrize(
    "happens",
    [
        Meanwhile.an_answer_comes,
        Meanwhile.every_day_is_answered,
        Meanwhile.the_city_withdraws,
        Meanwhile.the_entry_is_sent_anew,
        Meanwhile.what_it_shows_changes,
    ],
)
def test_a_released_reminder_without_use_is_put_aside_inside_the_claim(
    db: Session,
    settings: Settings,
    clock: TestClock,
    event: Event,
    people: list[Member],
    organiser: Account,
    happens: Callable[[Meanwhile], None],
) -> None:
    """Control: the other one, to whom nothing has happened, is taken to be sent."""
    bratislava = office.registered(db, settings, clock, event, "Bratislava", "Mayor")
    mayor, other = people[0], office.people_of(bratislava)[0]
    office.letters(db)
    nudge(db, settings, clock, event, mayor, other)
    mails = nudges(db, settings)
    release_nudges(db, event, organiser, read=read(mails), now=clock.now)
    happens(Meanwhile(db, settings, clock, mayor))
    db.flush()
    taken = claim(db.connection(), now=clock.now)
    db.expire_all()
    states = {mail.member_id: (mail.state, mail.last_answer) for mail in mails}
    assert states == {
        mayor.id: ("discarded", "Not sent: answered or changed meanwhile"),
        other.id: ("claimed", None),
    }
    nudged = [mail for mail in taken.mails if mail.letter == "member_nudge"]
    assert ([mail.to_address for mail in nudged], taken.put_aside) == ([other.address], 1)


def test_control_a_letter_that_does_not_depend_on_an_answer_leaves(
    db: Session,
    settings: Settings,
    clock: TestClock,
    event: Event,
    people: list[Member],
    organiser: Account,
) -> None:
    nudge(db, settings, clock, event, people[0])
    [mail] = nudges(db, settings)
    release_nudges(db, event, organiser, read=read([mail]), now=clock.now)
    mail.only_while_unanswered = False
    say(db, clock, people[0])
    assert len(claim(db.connection(), now=clock.now).mails) == 1


def test_a_reminder_whose_sending_broke_off_is_not_sent_again_to_who_answered(
    db: Session,
    settings: Settings,
    clock: TestClock,
    event: Event,
    people: list[Member],
    organiser: Account,
) -> None:
    nudge(db, settings, clock, event, *people)
    mails = nudges(db, settings)
    release_nudges(db, event, organiser, read=read(mails), now=clock.now)
    claim(db.connection(), now=clock.now)
    db.execute(
        text(
            "update outbox_mail set state = 'sending', "
            "lease_until = clock_timestamp() - interval '1 second'"
        )
    )
    say(db, clock, people[0])
    taken = claim(db.connection(), now=clock.now)
    db.expire_all()
    broke_off = "No answer: the worker ended while it was sending"
    assert [(mail.state, mail.last_answer) for mail in mails] == [
        ("unknown", broke_off),
        ("claimed", broke_off),
    ]
    assert (len(taken.mails), taken.put_aside) == (1, 1)
    people[0].invitations[0].partstat = "NEEDS-ACTION"
    db.flush()
    with pytest.raises(RemindedLately, match=people[0].name):
        nudge(db, settings, clock, event, people[0])


def test_releasing_asks_as_many_queries_whatever_the_number_of_drafts(
    db: Session,
    settings: Settings,
    clock: TestClock,
    event: Event,
    people: list[Member],
    organiser: Account,
) -> None:
    boise = office.registered(db, settings, clock, event, "Boise", "Mayor", "Adviser", "Clerk")
    office.letters(db)
    asked = []
    for reminded in (people[:1], office.people_of(boise)):
        nudge(db, settings, clock, event, *reminded)
        seen = read(nudges(db, settings))
        with counted_queries() as statements:
            released = release_nudges(db, event, organiser, read=seen, now=clock.now)
        asked.append((released, len([one for one in statements if "outbox_mail" in one])))
    assert asked == [(Released(1, 0), 3), (Released(3, 0), 3)]


@pytest.mark.parametrize("ended", ["cancelled_at", "ends_on"])
def test_nobody_is_asked_to_what_is_over_or_called_off(
    db: Session,
    settings: Settings,
    clock: TestClock,
    event: Event,
    people: list[Member],
    organiser: Account,
    ended: str,
) -> None:
    nudge(db, settings, clock, event, people[0])
    seen = read(nudges(db, settings))
    if ended == "cancelled_at":
        event.cancelled_at = clock.now
    else:
        event.starts_on = event.ends_on = date(2026, 11, 24)
    db.flush()
    with pytest.raises(Conflict, match="nobody is asked any more"):
        nudge(db, settings, clock, event, people[1])
    with pytest.raises(Conflict, match="nobody is asked any more"):
        release_nudges(db, event, organiser, read=seen, now=clock.now)
