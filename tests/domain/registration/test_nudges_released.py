"""Reminders leave when they were read, and not to anybody who has answered meanwhile."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.delivery import approval
from events_service.domain.delivery.batch import UNDO, Released
from events_service.domain.delivery.claim import claim
from events_service.domain.delivery.desk import reword_group
from events_service.domain.refusals import Conflict, Refusal
from events_service.domain.registration.confirming import withdraw_delegation
from events_service.domain.registration.nudging import RemindedLately
from events_service.model import Account, Event, Member
from tests import cast, office
from tests.conftest import TestClock
from tests.follow_up import colleague
from tests.queries.test_board import counted_queries
from tests.reminding import nudge, nudges, read, release, said, say, the_invitation


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
    assert release(db, clock, event, organiser) == Released(sent=2, outdated=0)
    assert [(one.state, one.approved_by_id, one.approved_hash) for one in mails] == [
        ("queued", organiser.id, approval.digest_of(one)) for one in mails
    ]
    with pytest.raises(Conflict, match="No letter waits"):
        release(db, clock, event, organiser)


def test_other_bytes_than_those_read_are_not_released(
    db: Session,
    settings: Settings,
    clock: TestClock,
    event: Event,
    people: list[Member],
    organiser: Account,
) -> None:
    nudge(db, settings, clock, event, people[0])
    nudges(db, settings)
    of_one = read(db, event)
    nudge(db, settings, clock, event, people[1])
    mails = nudges(db, settings)
    with pytest.raises(Conflict, match="has changed"):
        release(db, clock, event, organiser, seen=of_one)
    seen = read(db, event)
    mails[1].rendered = b"other"
    db.flush()
    with pytest.raises(Conflict, match="has changed"):
        release(db, clock, event, organiser, seen=seen)
    assert {mail.state for mail in nudges(db, settings)} == {"drafted"}


def test_own_words_are_put_in_and_have_to_be_read_again(
    db: Session,
    settings: Settings,
    clock: TestClock,
    event: Event,
    people: list[Member],
    organiser: Account,
) -> None:
    nudge(db, settings, clock, event, *people)
    nudges(db, settings)
    seen = read(db, event)
    clock.advance(timedelta(minutes=5))

    def reword(words: str, *, seen: str) -> None:
        reword_group(db, event.id, "member_nudge", words, read=seen, now=clock.now)

    reword("The hall is booked.", seen=seen)
    with pytest.raises(Conflict):
        release(db, clock, event, organiser, seen=seen)
    mails = nudges(db, settings)
    assert [mail.facts["words"] for mail in mails] == ["The hall is booked."] * 2
    stamps = {(mail.created_at, mail.facts["invitation"]["dtstamp"]) for mail in mails}
    assert stamps == {(clock.now, clock.now.isoformat())}
    with pytest.raises(Conflict, match="has changed"):
        reword("Unseen", seen=seen)
    with pytest.raises(Refusal, match="Shorten your words"):
        reword("x" * 2001, seen=read(db, event))
    assert release(db, clock, event, organiser).sent == 2


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
    released = release(db, clock, event, organiser)
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
    release(db, clock, event, organiser)
    happens(Meanwhile(db, settings, clock, mayor))
    db.flush()
    taken = claim(db.connection(), now=clock.now + UNDO)
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
    release(db, clock, event, organiser)
    mail.only_while_unanswered = False
    say(db, clock, people[0])
    assert len(claim(db.connection(), now=clock.now + UNDO).mails) == 1


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
    release(db, clock, event, organiser)
    claim(db.connection(), now=clock.now + UNDO)
    db.execute(
        text(
            "update outbox_mail set state = 'sending', "
            "lease_until = clock_timestamp() - interval '1 second'"
        )
    )
    say(db, clock, people[0])
    taken = claim(db.connection(), now=clock.now + UNDO)
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
        nudges(db, settings)
        seen = read(db, event)
        with counted_queries() as statements:
            released = release(db, clock, event, organiser, seen=seen)
        asked.append((released, len([one for one in statements if "outbox_mail" in one])))
    assert asked == [(Released(1, 0), 5), (Released(3, 0), 5)]


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
    nudges(db, settings)
    if ended == "cancelled_at":
        event.cancelled_at = clock.now
    else:
        event.starts_on = event.ends_on = date(2026, 11, 24)
    db.flush()
    with pytest.raises(Conflict, match="nobody is asked any more"):
        nudge(db, settings, clock, event, people[1])
    if ended == "ends_on":
        with pytest.raises(Conflict, match="is over"):
            release(db, clock, event, organiser)
