"""Answers, proposals and moves in the same moment, each in a transaction of its own."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.db import transaction
from events_service.domain.inbox.archive import archive
from events_service.domain.inbox.proposals import accept_proposal
from events_service.domain.inbox.settling import settle_inbound
from events_service.domain.refusals import Conflict
from events_service.domain.registration import confirmation, confirming
from events_service.domain.registration.form import draft_of
from events_service.domain.registration.loading import hold_own_invitations
from events_service.domain.registration.saving import save_draft
from events_service.domain.scheduling import moving
from events_service.domain.scheduling.changes import carry_out
from events_service.domain.scheduling.event_change import Move, as_it_stands
from events_service.domain.scheduling.event_lock import hold_event_alone
from events_service.model import (
    Account,
    CityInvitation,
    Event,
    InboundMail,
    Invitation,
    Member,
    TimeProposal,
)
from events_service.running.reading_inbox import read_due_mail
from tests.conftest import SECRET
from tests.domain.inbox import written
from tests.workers.answering import NOBODY, Person, deliver, people_invited

pytestmark = pytest.mark.usefixtures("own_database")
SETTINGS = Settings(database_url="postgresql://", redis_url=NOBODY, secret_key=SECRET)
NOW = datetime(2026, 11, 23, tzinfo=UTC)
WEEK = timedelta(days=7)
WAITS = text("select count(*) from pg_stat_activity where wait_event_type = 'Lock'")


def a_week_later(move: Move) -> Move:
    sessions = tuple(one.moved(WEEK) for one in move.sessions)
    return replace(move, starts_on=move.starts_on + WEEK, sessions=sessions)


def moves(session: Session, change: Callable[[Move], Move] = a_week_later) -> None:
    event = session.scalars(select(Event)).one()
    hold_event_alone(session, event.id)
    carry_out(session, SETTINGS, event, change(as_it_stands(event)), now=NOW)


def reads_mail() -> None:
    read_due_mail(
        SETTINGS, lambda: datetime.now(UTC), go_on=lambda: True, failed=lambda _, e: repr(e)
    )


def until_it_waits(work: Future[None]) -> None:
    """Until `work` stands at a lock, or is over."""
    with transaction() as session:
        while not work.done() and not session.scalar(WAITS):
            session.execute(text("select pg_sleep(0.01), pg_stat_clear_snapshot()"))


def stands() -> tuple[str, int, int | None]:
    with transaction() as session:
        one = session.scalars(select(Invitation)).one()
        return one.partstat, one.min_sequence, one.reply_sequence


@pytest.fixture
def beside() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1)


def test_an_answer_to_the_old_time_does_not_outlive_a_move(
    monkeypatch: pytest.MonkeyPatch, beside: ThreadPoolExecutor
) -> None:
    """A worker reads it after the move has looked at who was invited."""
    deliver(people_invited(1))
    write, answers = moving._write, []

    def write_late(event: Event, move: Move) -> bool:
        answers.append(beside.submit(reads_mail))
        until_it_waits(answers[0])
        return write(event, move)

    monkeypatch.setattr(moving, "_write", write_late)
    with transaction() as session:
        moves(session)
    answers[0].result(10)
    assert stands() == ("NEEDS-ACTION", 1, None)


def test_an_answer_to_the_old_days_does_not_outlive_a_confirmation(
    monkeypatch: pytest.MonkeyPatch, beside: ThreadPoolExecutor
) -> None:
    """The city takes a day away in the moment in which the mayor accepts all three."""
    deliver(people_invited(1))
    with transaction() as session:
        city = session.scalars(select(CityInvitation)).one()
        draft = draft_of(city)
        (mayor,) = draft.people
        fewer = replace(mayor, days=mayor.days[1:])
        save_draft(session, city, replace(draft, people=(fewer,)), now=NOW)
    with transaction() as session:
        differences, answers = confirmation.differences, []

        def late(*given: object) -> object:
            answers.append(beside.submit(reads_mail))
            until_it_waits(answers[0])
            return differences(*given)  # type: ignore[arg-type]

        monkeypatch.setattr(confirmation, "differences", late)
        confirming.confirm_delegation(session, SETTINGS, city.id, now=NOW)
    answers[0].result(10)
    assert stands() == ("NEEDS-ACTION", 1, None)


def test_the_answer_page_waits_for_a_move_and_sees_it(beside: ThreadPoolExecutor) -> None:
    people_invited(1)
    seen = []

    def page() -> None:
        with transaction() as session:
            member = session.scalars(select(Member)).one()
            assert [one.min_sequence for one in member.invitations] == [0]
            hold_own_invitations(session, member)
            seen.extend((one.min_sequence, one.days) for one in member.invitations)

    with transaction() as session:
        moves(session)
        days = session.scalars(select(Invitation)).one().days
        opened = beside.submit(page)
        until_it_waits(opened)
    opened.result(10)
    assert seen == [(1, days)]


@pytest.fixture
def proposed() -> int:
    """The mayor's proposal; the number of the organiser who decides."""
    (mayor,) = people_invited(1)
    with transaction() as session:
        proposes(session, mayor, hour=10)
        organiser = Account(
            address="organiser@example.org", name="Organiser", role="staff", created_at=NOW
        )
        session.add(organiser)
        session.flush()
        return organiser.id


def proposes(session: Session, person: Person, *, hour: int) -> None:
    invitation = session.get_one(Invitation, person.invitation_id)
    raw = written.answer(
        invitation,
        "TENTATIVE",
        at=NOW - timedelta(hours=24 - hour),  # the later it would begin, the newer
        method="COUNTER",
        DTSTART=f";TZID=Europe/Stockholm:20270531T{hour}0000",
        DTEND=";TZID=Europe/Stockholm:20270531T180000",
    )
    number = archive(session, raw, door="command", recipients=[person.recipient], now=NOW)
    settle_inbound(session, SETTINGS, session.get_one(InboundMail, number), now=NOW)


def test_accepting_waits_for_a_move_that_overtakes_the_proposal(
    proposed: int, beside: ThreadPoolExecutor
) -> None:
    """Both take the event first: in opposite order each would wait for the other."""

    def accepts() -> None:
        with transaction() as session:
            one = session.scalars(select(TimeProposal)).one()
            account = session.get_one(Account, proposed)
            accept_proposal(session, one, account, people=1, now=NOW)

    with transaction() as session:
        hold_event_alone(session, session.scalars(select(Event.id)).one())
        accepted = beside.submit(accepts)
        until_it_waits(accepted)
        moves(session, lambda move: replace(move, venue="Elsewhere"))
    with pytest.raises(Conflict, match="this one is past"):
        accepted.result(10)


def test_a_newer_proposal_leaves_one_that_is_decided(
    proposed: int, beside: ThreadPoolExecutor
) -> None:
    def newer() -> None:
        with transaction() as session:
            invitation = session.scalars(select(Invitation)).one()
            proposes(session, Person(invitation.id, written.rsvp(invitation), b""), hour=11)

    with transaction() as session:
        one = session.scalars(select(TimeProposal)).one()
        account = session.get_one(Account, proposed)
        accept_proposal(session, one, account, people=1, now=NOW)
        came = beside.submit(newer)
        until_it_waits(came)
    came.result(10)
    with transaction() as session:
        found = session.scalars(select(TimeProposal).order_by(TimeProposal.id))
        assert [one.state for one in found] == ["accepted", "open"]
