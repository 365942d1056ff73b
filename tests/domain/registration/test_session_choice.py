"""What ticked sessions come to, decided on plain values."""

from dataclasses import replace
from datetime import date

import pytest

from events_service.domain.registration.checking import check
from events_service.domain.registration.draft import (
    DelegationDraft,
    PersonDraft,
    Problem,
    normalised,
)
from events_service.domain.registration.session_choice import (
    coming_to,
    keeping_sessions,
    sessions_of,
)

ONE, TWO, THREE = date(2027, 5, 31), date(2027, 6, 1), date(2027, 6, 2)
DAYS = [ONE, TWO, THREE]
AGENDA = {11: ONE, 12: ONE, 21: TWO}  # nothing on the third day yet
MAYOR = PersonDraft("Mayor, Newark", "Mayor", "mayor@newark.example.org", "", (ONE,), 4)


@pytest.mark.parametrize(
    ("ticked", "days", "kept"),
    [
        ({11, 12, 21}, (ONE, TWO, THREE), None),
        ({11, 12}, (ONE,), None),
        ({11}, (ONE,), (11,)),
        ({21, 11}, (ONE, TWO), (11, 21)),
        ({21, 99}, (TWO,), None),
        ({99}, (), ()),
        (set(), (), ()),
    ],
)
def test_all_sessions_of_a_day_are_the_day(
    ticked: set[int], days: tuple[date, ...], kept: tuple[int, ...] | None
) -> None:
    person = coming_to(MAYOR, ticked, AGENDA, DAYS)
    assert person == replace(MAYOR, days=days, session_ids=kept)
    assert sessions_of(person, AGENDA) == sorted(ticked & set(AGENDA))


@pytest.mark.parametrize(
    ("chosen", "message"),
    [
        ((), "Choose at least one session"),
        ((11, 99), "Choose the sessions again: one of them is no longer on the agenda"),
    ],
)
def test_what_keeps_a_choice_from_being_confirmed(chosen: tuple[int, ...], message: str) -> None:
    draft = DelegationDraft("office@newark.example.org", (replace(MAYOR, session_ids=chosen),))
    found = check(draft, event_days=DAYS, seats=5, sessions=AGENDA)
    assert found == [Problem(0, "sessions", message)]
    fine = replace(draft, people=(replace(MAYOR, session_ids=(11,)),))
    assert check(fine, event_days=DAYS, seats=5, sessions=AGENDA) == []


def test_a_choice_survives_its_json_and_older_drafts_have_none() -> None:
    draft = DelegationDraft("office@newark.example.org", (replace(MAYOR, session_ids=(12, 11)),))
    assert DelegationDraft.from_json(draft.as_json()) == draft
    assert normalised(draft).people[0].session_ids == (11, 12)
    older = draft.as_json()
    del older["people"][0]["session_ids"]
    assert DelegationDraft.from_json(older).people[0].session_ids is None


def test_a_choice_is_kept_where_the_form_asks_for_days() -> None:
    before = DelegationDraft("", (replace(MAYOR, session_ids=(11,)),))
    renamed = DelegationDraft("", (replace(MAYOR, name="Mayor"), replace(MAYOR, member_id=None)))
    assert [one.session_ids for one in keeping_sessions(renamed, before).people] == [(11,), None]
    other_days = DelegationDraft("", (replace(MAYOR, days=(ONE, TWO)),))
    assert keeping_sessions(other_days, before).people[0].session_ids is None
