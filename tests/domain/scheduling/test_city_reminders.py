"""Reminders before a deadline: to silent cities, once a round, and only when they were read."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.delivery.batch import UNDO, Released
from events_service.domain.delivery.claim import claim
from events_service.domain.registration.declining import decline
from events_service.domain.registration.draft import DelegationDraft
from events_service.domain.registration.saving import save_draft
from events_service.domain.scheduling.city_invitations import revoke_link, send_again
from events_service.domain.scheduling.city_reminders import draft_due_reminders
from events_service.model import Account, CityInvitation, Event, OutboxMail
from tests import cast
from tests.conftest import TestClock
from tests.follow_up import colleague, written
from tests.reminding import leave_out, release

FIRST = datetime(2027, 4, 18, 7, tzinfo=UTC)  # nine in Stockholm, 14 days before it closes
LAST = datetime(2027, 4, 29, 7, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def event(db: Session) -> Event:
    return cast.event(db)


@pytest.fixture
def newark(db: Session, event: Event) -> CityInvitation:
    return cast.invited(db, event, "Newark")


@pytest.fixture
def organiser(db: Session) -> Account:
    return colleague(db, "Workshop lead", "organiser")


@pytest.fixture
def draft(db: Session, settings: Settings, clock: TestClock) -> Callable[..., int]:
    """Drafts what is due at that instant, which is now from then on."""

    def at(now: datetime) -> int:
        clock.now = now
        drafted = draft_due_reminders(db, settings, now=now)
        db.expire_all()
        return drafted

    return at


def reminders(db: Session, state: str = "drafted") -> list[OutboxMail]:
    found = db.query(OutboxMail).filter_by(letter="city_reminder", state=state)
    return found.order_by(OutboxMail.id).all()


@pytest.fixture
def released(
    db: Session, settings: Settings, clock: TestClock, event: Event, organiser: Account
) -> Callable[[], Released]:
    """Has the reminders written, read and released."""

    def now() -> Released:
        for mail in reminders(db):
            written(db, settings, mail)
        return release(db, clock, event, organiser, letter="city_reminder")

    return now


def key_of(asked: CityInvitation, days: int) -> str:
    """With the deadline in seconds since 1970."""
    closes_at = int(asked.event.registration_closes_at.timestamp())
    return f"city_reminder:{asked.id}:{closes_at}:{days}"


def test_a_silent_city_is_drafted_one_letter_a_round(
    db: Session, newark: CityInvitation, draft: Callable[..., int]
) -> None:
    assert (draft(FIRST - DAY), draft(FIRST), draft(FIRST + DAY)) == (0, 1, 0)
    [mail] = reminders(db)
    assert (mail.dedupe_key, mail.to_address) == (
        key_of(newark, 14),
        "newark@cities.example.org",
    )
    assert (draft(LAST), draft(LAST + DAY)) == (1, 0)
    assert [one.dedupe_key for one in reminders(db)] == [key_of(newark, 3)]
    assert reminders(db, "discarded") == [mail]  # nobody released it


@pytest.mark.usefixtures("newark")
def test_a_city_is_reminded_again_before_a_later_deadline(
    db: Session,
    event: Event,
    draft: Callable[..., int],
    released: Callable[[], Released],
) -> None:
    """Once a round of each deadline; not in a round that begins in the days after a letter."""
    month = timedelta(days=30)
    for at in (FIRST, LAST):
        assert (draft(at), released(), draft(at + DAY)) == (1, Released(1, 0), 0)
    first = event.registration_closes_at
    event.registration_closes_at = first + month
    db.flush()
    for at in (FIRST, LAST):
        assert (draft(at + month), released(), draft(at + month + DAY)) == (1, Released(1, 0), 0)
    event.registration_closes_at = first + month + 4 * DAY
    db.flush()
    assert (draft(LAST + month + 4 * DAY), draft(LAST + month + 5 * DAY)) == (0, 0)
    asked = [(mail.facts["closes_at"], mail.dedupe_key[-3:]) for mail in reminders(db, "queued")]
    assert asked == [
        (closes_at.isoformat(), days)
        for closes_at in (first, first + month)
        for days in (":14", "0:3")
    ]


def test_one_reminder_waits_when_the_deadline_is_moved_before_it_is_read(
    db: Session, event: Event, newark: CityInvitation, draft: Callable[..., int]
) -> None:
    """The one before gives way; back at the first deadline, none is drafted a second time."""
    first = event.registration_closes_at
    draft(FIRST)
    event.registration_closes_at = first + DAY
    db.flush()
    assert draft(FIRST + DAY) == 1
    [mail] = reminders(db)
    assert (mail.dedupe_key, mail.facts["closes_at"]) == (
        key_of(newark, 14),
        event.registration_closes_at.isoformat(),
    )
    event.registration_closes_at = first
    db.flush()
    assert draft(FIRST + 2 * DAY) == 0


Happen = Callable[[str], None]
ANSWERS = ("registered", "declined", "link ended", "called off")
CHANGES = (*ANSWERS, "readdressed", "closes later")


@pytest.fixture
def happen(db: Session, settings: Settings, clock: TestClock, newark: CityInvitation) -> Happen:
    """What becomes of the invitation of Newark meanwhile."""

    def happens(what: str) -> None:
        match what:
            case "registered":
                save_draft(db, newark, DelegationDraft(), now=clock.now)
                assert newark.delegation is not None
                newark.delegation.state = "confirmed"
            case "declined":
                decline(db, settings, newark.id, "", now=clock.now)
            case "link ended":
                revoke_link(db, newark, now=clock.now)
            case "called off":
                newark.event.cancelled_at = clock.now
            case "readdressed":
                newark.address = "another@newark.example.org"
            case "closes later":
                newark.event.registration_closes_at += DAY
            case "another venue":
                newark.event.venue = "Opera House"
        db.flush()

    return happens


@pytest.mark.parametrize("what", ANSWERS)
def test_who_has_answered_is_not_reminded(
    clock: TestClock, draft: Callable[..., int], happen: Happen, what: str
) -> None:
    """Control: the first test, where nothing happens."""
    clock.now = FIRST - DAY
    happen(what)
    assert draft(FIRST) == 0


@pytest.mark.parametrize(("days", "drafted"), [(5, 1), (4.9, 0)])
def test_who_was_written_to_in_the_last_days_is_left_in_peace(
    db: Session,
    settings: Settings,
    event: Event,
    newark: CityInvitation,
    draft: Callable[..., int],
    days: float,
    drafted: int,
) -> None:
    """Also later in the same round: they would have it one by one."""
    lately = FIRST - timedelta(days=days)
    cast.invited(db, event, "Boise", at=lately)
    send_again(db, settings, newark, now=lately)
    assert (draft(FIRST), draft(FIRST + DAY)) == (2 * drafted, 0)


def test_a_city_that_has_begun_is_told_that_nothing_is_confirmed(
    db: Session, clock: TestClock, newark: CityInvitation, draft: Callable[..., int]
) -> None:
    save_draft(db, newark, DelegationDraft(), now=clock.now)
    draft(FIRST)
    assert [mail.facts["started"] for mail in reminders(db)] == [True]


@pytest.mark.usefixtures("newark")
def test_they_leave_once_they_were_read(
    db: Session, draft: Callable[..., int], released: Callable[[], Released]
) -> None:
    draft(FIRST)
    assert released() == Released(1, 0)
    claimed = claim(db.connection(), now=FIRST + UNDO)
    assert [mail.letter for mail in claimed.mails] == ["city_reminder"]
    # Released shortly before the next round, they stand for that one too.
    db.query(OutboxMail).update({"approved_at": LAST - 4 * DAY})
    assert draft(LAST) == 0


@pytest.mark.parametrize("what", CHANGES)
def test_one_of_no_use_any_more_is_not_released(
    db: Session,
    event: Event,
    draft: Callable[..., int],
    released: Callable[[], Released],
    happen: Happen,
    what: str,
) -> None:
    cast.invited(db, event, "Boise")
    draft(FIRST)
    happen(what)
    outdated = {"closes later": 2, "called off": 2, "link ended": 0}.get(what, 1)
    waiting = 1 if what == "link ended" else 2  # its letter was put aside at once
    assert released() == Released(waiting - outdated, outdated)


@pytest.mark.parametrize("what", CHANGES)
def test_one_of_no_use_any_more_does_not_leave_even_when_it_was_released(
    db: Session,
    draft: Callable[..., int],
    released: Callable[[], Released],
    happen: Happen,
    what: str,
) -> None:
    """Control: the same letter is claimed when nothing happens (see above)."""
    draft(FIRST)
    released()
    happen(what)
    claim(db.connection(), now=FIRST + UNDO)
    db.expire_all()
    [mail] = reminders(db, "discarded")
    assert mail.last_answer == "Not sent: answered or changed meanwhile"


@pytest.mark.usefixtures("newark")
def test_none_leaves_when_registration_has_closed(
    db: Session, event: Event, draft: Callable[..., int], released: Callable[[], Released]
) -> None:
    draft(LAST)
    released()
    claim(db.connection(), now=event.registration_closes_at)
    db.expire_all()
    assert len(reminders(db, "discarded")) == 1


@pytest.mark.parametrize("what", [*CHANGES, "another venue"])
def test_drafts_that_nobody_reads_are_kept_true(
    db: Session, newark: CityInvitation, draft: Callable[..., int], happen: Happen, what: str
) -> None:
    draft(FIRST)
    happen(what)
    draft(FIRST + timedelta(hours=1))
    told_anew = what in ("another venue", "closes later")
    assert len(reminders(db)) == told_anew
    if told_anew:
        [mail] = reminders(db)
        assert (mail.facts["closes_at"], mail.facts["event"]["venue"]) == (
            newark.event.registration_closes_at.isoformat(),
            newark.event.venue,
        )


def test_what_was_left_out_is_not_drafted_anew(
    db: Session,
    clock: TestClock,
    event: Event,
    newark: CityInvitation,
    organiser: Account,
    draft: Callable[..., int],
) -> None:
    draft(FIRST)
    assert leave_out(db, clock, event, organiser, "city_reminder") == 1
    assert (draft(FIRST + DAY), reminders(db)) == (0, [])
    assert newark.revoked_at is None
