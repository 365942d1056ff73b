"""Private calendar addresses: made, ended, made anew; and whose they are."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from events_service.domain.feeds import (
    ENDED,
    UNKNOWN,
    feed_behind,
    feed_of_account,
    feed_of_person,
    revoke_feed,
    standing_feed_of_account,
    standing_feed_of_person,
)
from events_service.domain.own_calendar import members_of_identity
from events_service.domain.refusals import LinkEnded
from events_service.model import CalendarFeed, Member
from events_service.tokens import token_for
from tests import cast, follow_up, office
from tests.conftest import SECRET, TestClock


def token_of(feed: CalendarFeed) -> str:
    return token_for(SECRET, "feed", feed.id, feed.version)


@pytest.fixture
def mayor(db: Session, settings, clock: TestClock) -> Member:
    event = cast.event(db)
    return office.people_of(office.registered(db, settings, clock, event, "Newark", "Mayor"))[0]


def refused(db: Session, token: str) -> str:
    with pytest.raises(LinkEnded) as told:
        feed_behind(db, SECRET, token)
    return str(told.value)


def test_an_address_is_made_once_and_opens_its_feed(
    db: Session, mayor: Member, clock: TestClock
) -> None:
    assert standing_feed_of_person(db, mayor) is None
    feed = feed_of_person(db, mayor, now=clock.now)
    assert feed_of_person(db, mayor, now=clock.now + timedelta(days=1)) is feed
    assert (feed.made_at, feed.version, feed.revoked_at) == (clock.now, 1, None)
    assert feed_behind(db, SECRET, token_of(feed)) is feed
    assert standing_feed_of_person(db, mayor) is feed


def test_an_ended_address_opens_nothing_and_a_new_one_is_another(
    db: Session, mayor: Member, clock: TestClock
) -> None:
    feed = feed_of_person(db, mayor, now=clock.now)
    old = token_of(feed)
    revoke_feed(db, feed, now=clock.now)
    revoke_feed(db, feed, now=clock.now + timedelta(days=1))
    assert (feed.version, feed.revoked_at) == (2, clock.now)
    assert standing_feed_of_person(db, mayor) is None
    assert [refused(db, token) for token in (old, token_of(feed))] == [ENDED, ENDED]
    assert feed_of_person(db, mayor, now=clock.now) is feed
    assert feed_behind(db, SECRET, token_of(feed)) is feed
    assert token_of(feed) != old
    assert refused(db, old) == ENDED


def test_other_tokens_open_nothing(db: Session, mayor: Member, clock: TestClock) -> None:
    feed = feed_of_person(db, mayor, now=clock.now)
    right = token_of(feed)
    others = [
        "",
        "a" * 32,
        right[:-1],
        right[:-1] + ("b" if right[-1] == "a" else "a"),
        token_for("another secret", "feed", feed.id),
        token_for(SECRET, "answ", feed.id),
        token_for(SECRET, "feed", feed.id + 1),
        token_for(SECRET, "feed", feed.id, 2),
    ]
    assert [refused(db, token) for token in others] == [UNKNOWN] * len(others)


def test_people_at_a_shared_address_have_an_address_each(
    db: Session, mayor: Member, clock: TestClock
) -> None:
    deputy = Member(name="Deputy mayor, Newark", address=mayor.address, days=mayor.days)
    assert mayor.delegation is not None
    mayor.delegation.members.append(deputy)
    db.flush()
    theirs = feed_of_person(db, mayor, now=clock.now), feed_of_person(db, deputy, now=clock.now)
    assert theirs[0].id != theirs[1].id
    assert [members_of_identity(db, one.identity or "") for one in theirs] == [
        [mayor.id],
        [deputy.id],
    ]


def test_a_person_is_the_same_over_workshops_however_they_are_typed(
    db: Session, mayor: Member, settings, clock: TestClock
) -> None:
    other = cast.event(db, host="Bratislava")
    again = office.people_of(office.registered(db, settings, clock, other, "Newark", "Mayor"))[0]
    again.name, again.address = "MAYOR,  Newark", again.address.replace("mayor", "Mayor")
    db.flush()
    feed = feed_of_person(db, mayor, now=clock.now)
    assert feed_of_person(db, again, now=clock.now) is feed
    assert members_of_identity(db, feed.identity or "") == [mayor.id, again.id]


def test_an_organiser_s_address_ends_with_the_account(db: Session, clock: TestClock) -> None:
    account = follow_up.colleague(db, "Lead", "organiser")
    feed = feed_of_account(db, account, now=clock.now)
    assert feed_of_account(db, account, now=clock.now) is feed
    assert standing_feed_of_account(db, account) is feed
    assert feed_behind(db, SECRET, token_of(feed)) is feed
    account.disabled_at = clock.now
    db.flush()
    assert refused(db, token_of(feed)) == ENDED
