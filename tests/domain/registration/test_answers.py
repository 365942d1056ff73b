"""One answer for all days, or one for each."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.registration.answers import NothingToAnswer, answer
from events_service.model import Invitation, Member
from events_service.model.registration import ParticipationStatus
from tests import cast, office
from tests.conftest import TestClock

DAYS = [date(2027, 5, 31), date(2027, 6, 1), date(2027, 6, 2)]
YES_NO_YES: dict[date, ParticipationStatus] = dict(
    zip(DAYS, ("ACCEPTED", "DECLINED", "ACCEPTED"), strict=True)
)


@pytest.fixture
def mayor(db: Session, settings: Settings, clock: TestClock) -> Member:
    event = cast.event(db)
    return office.people_of(office.registered(db, settings, clock, event, "Newark", "Mayor"))[0]


@pytest.fixture
def invitation(mayor: Member) -> Invitation:
    return mayor.invitations[0]


def days_said(invitation: Invitation) -> list[tuple[date, str, str, int]]:
    return [
        (one.day, one.partstat, one.answered_by, one.reply_sequence)
        for one in invitation.day_answers
    ]


def test_each_day_has_an_answer_of_its_own(
    db: Session, mayor: Member, invitation: Invitation, clock: TestClock
) -> None:
    answer(mayor, {invitation.id: YES_NO_YES}, now=clock.now)
    db.flush()
    db.expire_all()
    assert days_said(invitation) == [
        (DAYS[0], "ACCEPTED", "page", 0),
        (DAYS[1], "DECLINED", "page", 0),
        (DAYS[2], "ACCEPTED", "page", 0),
    ]
    assert (invitation.partstat, invitation.answered_at) == ("NEEDS-ACTION", None)


def test_answers_to_days_change_in_place(
    db: Session, mayor: Member, invitation: Invitation, clock: TestClock
) -> None:
    answer(mayor, {invitation.id: YES_NO_YES}, now=clock.now)
    db.flush()
    clock.advance(timedelta(hours=1))
    answer(mayor, {invitation.id: {**YES_NO_YES, DAYS[1]: "TENTATIVE"}}, now=clock.now)
    db.flush()
    db.expire_all()
    assert [one.partstat for one in invitation.day_answers] == ["ACCEPTED", "TENTATIVE", "ACCEPTED"]
    assert {one.answered_at for one in invitation.day_answers} == {clock.now}


@pytest.mark.parametrize("same", [True, False])
def test_the_same_for_each_day_is_one_answer(
    db: Session, mayor: Member, invitation: Invitation, clock: TestClock, same: bool
) -> None:
    answer(mayor, {invitation.id: YES_NO_YES}, now=clock.now)
    said = dict.fromkeys(DAYS, "DECLINED") if same else "DECLINED"
    answer(mayor, {invitation.id: said}, now=clock.now)  # type: ignore[dict-item]
    db.flush()
    db.expire_all()
    assert (invitation.partstat, invitation.answered_by, days_said(invitation)) == (
        "DECLINED",
        "page",
        [],
    )


def test_a_day_that_is_not_asked_about_is_left_out(
    mayor: Member, invitation: Invitation, clock: TestClock
) -> None:
    answer(mayor, {invitation.id: {date(2028, 1, 1): "ACCEPTED"}}, now=clock.now)
    assert days_said(invitation) == []


def test_nobody_answers_what_was_taken_back(
    mayor: Member, invitation: Invitation, clock: TestClock
) -> None:
    invitation.cancelled_at = clock.now
    with pytest.raises(NothingToAnswer):
        answer(mayor, {invitation.id: "ACCEPTED"}, now=clock.now)
