"""A change waits with its letters until somebody has read and released them: what they said and
whom they reach is what leaves, or they are asked again."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.refusals import Conflict, NotFound, Refusal
from events_service.domain.registration.answers import answer
from events_service.domain.registration.confirming import withdraw_delegation
from events_service.domain.scheduling import change_letters as outbox
from events_service.domain.scheduling import changes
from events_service.domain.scheduling.agenda import SessionPlan, plans_of
from events_service.domain.scheduling.change_letter import ChangeLetter, hash_of
from events_service.domain.scheduling.changes import apply_due_changes, ask_for_change
from events_service.domain.scheduling.event_change import Cancellation, Move, as_it_stands
from events_service.domain.scheduling.pending import (
    open_change,
    plan_of,
    throw_away,
    undo_change,
    why_returned,
)
from events_service.letters import LETTERS
from events_service.letters.sender import sender_in
from events_service.model import Account, CityInvitation, Event, OutboxMail, PendingChange
from events_service.tokens import hide_placeholders
from tests import cast, office
from tests.conftest import TestClock
from tests.domain.scheduling.test_changes import OLD, WEEK, later
from tests.follow_up import colleague
from tests.releasing import letters_waiting, release

READ_AGAIN = "became other ones after they were read"


class Office:
    """An organiser, and an event to which Newark comes; Boise was asked."""

    def __init__(self, db: Session, settings: Settings, clock: TestClock) -> None:
        self.db, self.settings, self.clock = db, settings, clock
        self.event: Event = cast.event(db)
        self.account: Account = colleague(db)
        self.newark: CityInvitation = self.register("Newark")
        self.boise = cast.invited(db, self.event, "Boise")

    def register(self, city: str) -> CityInvitation:
        made = office.registered(self.db, self.settings, self.clock, self.event, city, "Mayor")
        office.letters(self.db)
        return made

    def asks(self, change: Move | Cancellation) -> PendingChange:
        return ask_for_change(self.db, self.event, change, self.account, now=self.clock.now)

    def reads(self) -> list[ChangeLetter]:
        return letters_waiting(self.db, self.settings, self.clock, self.event)

    def releases(self, read: list[ChangeLetter] | None = None) -> PendingChange:
        if read is None:
            return release(self.db, self.settings, self.clock, self.event, self.account)
        return outbox.release_change(
            self.db,
            self.settings,
            self.event,
            self.account,
            read=hash_of(read),
            now=self.clock.now,
        )

    def words(self, pending: PendingChange, key: str, words: str) -> None:
        outbox.edit_wording(self.db, self.event.id, pending.id, key, words, now=self.clock.now)

    def minute_passes(self) -> int:
        self.clock.advance(timedelta(seconds=60))
        left = apply_due_changes(self.db, self.settings, self.clock.now)
        self.db.expire_all()
        return left

    def texts(self) -> dict[str, str]:
        """What each mail in the outbox says, by letter and recipient."""
        sender = sender_in(self.settings)
        mails = self.db.query(OutboxMail).order_by(OutboxMail.id)
        return {
            f"{mail.letter} {mail.to_name or mail.to_address}": LETTERS[mail.letter](
                mail.facts, sender
            ).text
            for mail in mails
        }


@pytest.fixture
def desk(db: Session, settings: Settings, clock: TestClock) -> Office:
    return Office(db, settings, clock)


def listed(letters: list[ChangeLetter]) -> list[tuple[str, str, str | None]]:
    return [(one.letter, one.to_name or one.to_address, one.method) for one in letters]


def test_a_draft_changes_nothing_however_long_it_waits(desk: Office) -> None:
    pending = desk.asks(later(desk.event))
    desk.clock.advance(timedelta(days=3))
    assert apply_due_changes(desk.db, desk.settings, desk.clock.now) == 0
    assert (pending.due_at, desk.event.starts_on, office.letters(desk.db)) == (None, OLD[0], [])
    assert office.people_of(desk.newark)[0].days == OLD


def test_every_letter_is_read_as_its_recipient_will(desk: Office) -> None:
    """And nothing stays of reading them."""
    desk.asks(later(desk.event))
    letters = desk.reads()
    assert listed(letters) == [
        ("member_updated", "Mayor, Newark", "REQUEST"),
        ("delegation_moved", "office@newark.example.org", None),
        ("city_invited", "boise@cities.example.org", None),
    ]
    assert len({one.key for one in letters}) == 3
    assert "7 to" in letters[0].text.replace("\u00a0", " ")
    assert "zzlink" not in letters[0].text + letters[0].html
    assert desk.db.query(OutboxMail).count() == 0
    assert desk.event.starts_on == OLD[0]


def test_what_leaves_is_what_was_read(desk: Office) -> None:
    desk.asks(later(desk.event))
    read = {f"{one.letter} {one.to_name or one.to_address}": one.text for one in desk.reads()}
    pending = desk.releases()
    assert (pending.released_by_id, pending.due_at) == (
        desk.account.id,
        desk.clock.now + timedelta(seconds=60),
    )
    assert desk.minute_passes() == 1

    assert {whom: hide_placeholders(text) for whom, text in desk.texts().items()} == read


def registers(desk: Office) -> None:
    desk.register("Cape Town")


def withdraws(desk: Office) -> None:
    withdraw_delegation(desk.db, desk.settings, desk.newark.id, now=desk.clock.now)
    office.letters(desk.db)


def rewords_the_title(desk: Office) -> None:
    desk.event.title = "Another title"
    desk.db.flush()


def nothing(_: Office) -> None:
    pass


MEANWHILE = [
    (registers, "The letters to Cape Town "),
    (withdraws, "The letters to Newark "),
    (rewords_the_title, "The letters became"),
]


@pytest.mark.parametrize(("happens", "why"), [*MEANWHILE, (nothing, "")])
def test_other_letters_than_those_read_are_not_released(desk: Office, happens, why: str) -> None:
    """Control: where nothing happens they are."""
    pending = desk.asks(later(desk.event))
    read = desk.reads()
    happens(desk)
    if why:
        with pytest.raises(Conflict, match="Read them again"):
            desk.releases(read)
        assert pending.due_at is None
    else:
        assert desk.releases(read).due_at is not None


@pytest.mark.parametrize(("happens", "why"), [*MEANWHILE, (nothing, "")])
def test_what_becomes_other_in_the_minute_waits_again(desk: Office, happens, why: str) -> None:
    """Control: where nothing happens it leaves."""
    pending = desk.asks(later(desk.event))
    desk.releases()
    happens(desk)
    assert desk.minute_passes() == (0 if why else 1)
    if not why:
        assert desk.event.starts_on == OLD[0] + WEEK
        return
    assert (desk.event.starts_on, office.letters(desk.db)) == (OLD[0], [])
    assert open_change(desk.db, desk.event.id) == pending
    assert (pending.due_at, pending.released_hash, pending.applied_at) == (None, None, None)
    assert why_returned(pending).startswith(why) and READ_AGAIN in why_returned(pending)
    desk.releases()
    assert why_returned(pending) == ""
    assert desk.minute_passes() == 1


def test_control_without_the_hash_unread_letters_leave(
    desk: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "_check_as_read", lambda *_: None)
    desk.asks(later(desk.event))
    desk.releases()
    registers(desk)
    assert desk.minute_passes() == 1
    assert "member_updated Mayor, Cape Town" in desk.texts()


def test_an_answer_in_the_minute_holds_nothing_back(desk: Office) -> None:
    """Everybody is asked anew by a move, whatever they answered."""
    desk.asks(later(desk.event))
    desk.releases()
    [mayor] = office.people_of(desk.newark)
    answer(mayor, {mayor.invitations[0].id: "ACCEPTED"}, now=desk.clock.now)
    office.letters(desk.db)
    assert desk.minute_passes() == 1


def test_new_sessions_and_new_entries_hash_alike_each_time(desk: Office) -> None:
    """Their numbers and identities are other ones at each try, and nobody reads them."""
    evening = SessionPlan(desk.event.ends_on, time(19), time(21), "Reception")
    stands = as_it_stands(desk.event)
    desk.asks(replace(stands, sessions=(*stands.sessions, evening), style="each_session"))
    first, second = desk.reads(), desk.reads()
    assert "Reception" in [one.facts["invitation"]["run"]["title"] for one in first if one.method]
    assert [one.facts for one in first] != [one.facts for one in second]
    assert [one.key for one in first] == [one.key for one in second]
    assert hash_of(first) == hash_of(second)
    desk.releases(first)
    assert desk.minute_passes() == 1


def test_own_words_stand_in_all_letters_or_in_one(desk: Office) -> None:
    pending = desk.asks(later(desk.event))
    first, *others = desk.reads()
    desk.words(pending, "", "The hall is being repaired.\r\n\r\nWe are sorry.")
    desk.words(pending, first.key, "We call you about the hotel. https://evil.example")
    [mine, *rest] = desk.reads()
    assert "We call you about the hotel." in mine.text and "repaired" not in mine.text
    assert "https://evil" not in mine.text and "https://evil" not in mine.html
    assert all("The hall is being repaired.\n\nWe are sorry." in one.text for one in rest)
    assert [one.digest for one in others] != [one.digest for one in rest]
    desk.releases()
    assert desk.minute_passes() == 1
    texts = list(desk.texts().values())
    assert ["repaired" in text for text in texts] == [False, True, True]
    assert "hotel" in texts[0]


def test_an_edit_asks_to_read_again(desk: Office) -> None:
    pending = desk.asks(later(desk.event))
    read = desk.reads()
    desk.words(pending, "", "The hall is being repaired.")
    with pytest.raises(Conflict, match="Read them again"):
        desk.releases(read)
    desk.words(pending, "", "")
    assert desk.releases(read).wordings == {}


def test_words_are_not_edited_while_they_leave_and_not_too_long(desk: Office) -> None:
    pending = desk.asks(later(desk.event))
    with pytest.raises(Refusal, match="Shorten your words to 1,000 characters"):
        desk.words(pending, "", "x" * 1001)
    with pytest.raises(NotFound):
        outbox.edit_wording(desk.db, desk.event.id + 1, pending.id, "", "Words", now=desk.clock.now)
    desk.releases()
    with pytest.raises(Conflict, match="Undo it first"):
        desk.words(pending, "", "Words")
    undo_change(desk.db, desk.event.id, pending.id)
    desk.words(pending, "", "x" * 1000)


def test_two_moves_before_release_are_one_letter(desk: Office) -> None:
    """From what people know to what will be: nobody hears of the first move."""
    first = desk.asks(later(desk.event))
    desk.words(first, "", "The hall is being repaired.")
    plan = plan_of(desk.event, first)
    assert (plan.starts_on, plan.sessions[0].held_on) == (OLD[0] + WEEK, OLD[0] + WEEK)
    second = desk.asks(replace(plan, venue="Opera House"))
    assert (second.id, desk.db.query(PendingChange).count()) == (first.id, 1)
    desk.releases()
    assert desk.minute_passes() == 1
    texts = desk.texts()
    assert list(texts) == [
        "member_updated Mayor, Newark",
        "delegation_moved office@newark.example.org",
        "city_invited boise@cities.example.org",
    ]
    letter = texts["member_updated Mayor, Newark"].replace("\u00a0", " ")
    assert "Opera House" in letter and "Before:     City Hall" in letter
    assert "The hall is being repaired." in letter
    [mayor] = office.people_of(desk.newark)
    assert [(one.sequence, one.days) for one in mayor.invitations] == [
        (1, [day + WEEK for day in OLD])
    ]


def test_a_cancellation_takes_the_place_of_a_move_and_of_its_words(desk: Office) -> None:
    pending = desk.asks(later(desk.event))
    desk.words(pending, "", "We look forward to the new days.")
    desk.asks(Cancellation("The hall is flooded."))
    assert plan_of(desk.event, open_change(desk.db, desk.event.id)) == as_it_stands(desk.event)
    desk.releases()
    assert desk.minute_passes() == 1
    texts = desk.texts()
    assert list(texts) == [
        "member_cancelled Mayor, Newark",
        "event_cancelled_city office@newark.example.org",
        "event_cancelled_city boise@cities.example.org",
    ]
    assert all("The hall is flooded." in text for text in texts.values())
    assert not any("look forward to the new days" in text for text in texts.values())


def test_a_draft_is_thrown_away(desk: Office) -> None:
    pending = desk.asks(later(desk.event))
    throw_away(desk.db, desk.event.id, pending.id, now=desk.clock.now)
    assert (open_change(desk.db, desk.event.id), desk.event.starts_on) == (None, OLD[0])
    with pytest.raises(Conflict, match="No change of this workshop waits"):
        desk.releases([])
    with pytest.raises(Conflict, match="no longer waits"):
        throw_away(desk.db, desk.event.id, pending.id, now=desk.clock.now)


def test_a_test_goes_to_its_reader_alone_and_opens_nothing(desk: Office) -> None:
    pending = desk.asks(later(desk.event))
    first, *_ = desk.reads()
    outbox.test_letter(
        desk.db, desk.settings, desk.event, pending, first.key, desk.account, now=desk.clock.now
    )
    [mail] = desk.db.query(OutboxMail)
    assert (mail.letter, mail.to_address, mail.cc_address, mail.event_id, mail.member_id) == (
        "letter_test",
        desk.account.address,
        None,
        None,
        None,
    )
    letter = LETTERS[mail.letter](mail.facts, sender_in(desk.settings))
    assert (letter.subject, letter.calendar) == (f"Test: {first.subject}", None)
    assert letter.from_address == f"letters@{desk.settings.mail_domain}"
    for said in (letter.text, letter.html):
        assert "This is a test." in said and "zzlink" not in said
    assert letter.text.endswith(first.text)
    assert "Mayor, Newark has not received it" in letter.text.replace("\n", " ")
    with pytest.raises(NotFound):
        outbox.test_letter(
            desk.db, desk.settings, desk.event, pending, "none", desk.account, now=desk.clock.now
        )


def test_an_agenda_edit_edits_the_plan_that_waits(desk: Office) -> None:
    moved = desk.asks(later(desk.event))
    plan = plan_of(desk.event, moved)
    first, *others = plan.sessions
    desk.asks(replace(plan, sessions=(replace(first, starts=time(11)), *others)))
    desk.releases()
    assert desk.minute_passes() == 1
    assert [(one.held_on, one.starts) for one in plans_of(desk.event)] == [
        (date(2027, 6, 7), time(11)),
        (date(2027, 6, 8), time(9)),
        (date(2027, 6, 9), time(9)),
    ]
