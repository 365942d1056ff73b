"""Applying is offered where it can work; elsewhere the page says what to do instead."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from events_service.model import AgendaSession, Event, InboundMail, Invitation, Member
from events_service.web.organiser.applicable import can_be_applied, what_instead

MAYOR, OFFICE, OTHER = (f"{one}@newark.example.org" for one in ("mayor", "office", "other"))
ANSWER = {"method": "REPLY", "uid": "one", "attendee": MAYOR, "said": "DECLINED"}
NAME_THEM = f"If {OTHER} is to come, ask the city to name them."
ONCE_MORE = "Ask Mayor, Newark to answer once more, to the invitation as it is now."
NOBODY = "Ask Mayor, Newark who is to come instead, and the city to name them."


def mail(claims: dict[str, Any] | None, **other: Any) -> InboundMail:
    member = Member(name="Mayor, Newark", address=MAYOR, assistant_address=OFFICE)
    invitation = Invitation(
        uid="one", member=member, days=[date(2027, 5, 31), date(2027, 6, 1)], session_id=None
    )
    return InboundMail(claims=claims, **{"outcome": "review", "invitation": invitation, **other})


def event() -> Event:
    sessions = [
        AgendaSession(held_on=date(2027, *day), starts=time(9), ends=time(17), fold=0, title="")
        for day in ((5, 31), (6, 1))
    ]
    return Event(timezone="Europe/Stockholm", calendar_style="daily", sessions=sessions)


@pytest.mark.parametrize(
    ("claims", "instead"),
    [
        ({}, ""),
        ({"attendee": MAYOR.upper()}, ""),
        ({"attendee": OFFICE}, ""),
        ({"attendee": OTHER}, NAME_THEM),
        ({"attendee": OTHER, "method": "COUNTER"}, NAME_THEM),
        ({"attendee": OTHER, "uid": "another"}, NAME_THEM),
        ({"recurrence_id": "2027-06-01T07:00:00+00:00"}, ""),
        ({"recurrence_id": "2027-06-01T08:00:00+00:00"}, ONCE_MORE),
        ({"recurrence_id": "2027-06-01"}, ONCE_MORE),
        ({"said": "DELEGATED", "delegated_to": OTHER}, ""),
        ({"said": "DELEGATED", "delegated_to": None}, NOBODY),
    ],
)
def test_an_answer_is_offered_only_where_it_fits(claims: dict[str, Any], instead: str) -> None:
    held = mail({**ANSWER, **claims})
    assert what_instead(held, event()) == instead
    assert can_be_applied(held, event()) is (instead == "")


def test_without_an_invitation_there_is_nothing_to_apply() -> None:
    held = mail({**ANSWER, "attendee": OTHER}, invitation=None)
    assert (what_instead(held, event()), can_be_applied(held, event())) == (NAME_THEM, False)


@pytest.mark.parametrize(
    ("claims", "other", "possible"),
    [
        (ANSWER, {}, True),
        (ANSWER, {"outcome": "quarantined"}, True),
        (None, {}, False),
        (ANSWER, {"outcome": "applied"}, False),
        (ANSWER, {"decided_at": datetime(2026, 11, 22, tzinfo=UTC)}, False),
    ],
)
def test_only_what_waits_and_was_understood_can_be_applied(
    claims: dict[str, Any] | None, other: dict[str, Any], possible: bool
) -> None:
    assert can_be_applied(mail(claims, **other), event()) is possible
