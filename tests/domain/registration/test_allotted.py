"""Whether those who are named fit what their city was given."""

from dataclasses import replace
from datetime import date

import pytest

from events_service.domain.registration.checking import check
from events_service.domain.registration.draft import DelegationDraft, PersonDraft

DAYS = (date(2027, 5, 31),)


def named(*kinds: bool | None) -> DelegationDraft:
    """People of these kinds: elected, practitioners, or not said."""
    people = (
        PersonDraft(f"Person {n}", "", f"p{n}@newark.example.org", "", DAYS, is_elected=kind)
        for n, kind in enumerate(kinds)
    )
    return DelegationDraft("office@newark.example.org", tuple(people))


def said(*kinds: bool | None, seats: int = 3, elected: int = 1) -> list[tuple[int | None, str]]:
    found = check(named(*kinds), event_days=DAYS, seats=seats, seats_elected=elected)
    return [(one.person, one.message) for one in found]


GIVEN = "Your city has three places: one for an elected official, two for practitioners."
E, P = True, False


@pytest.mark.parametrize("kinds", [(E, P, P), (E, P), (P, P), (E,), (P,)])
def test_whoever_fits_may_come(kinds: tuple[bool, ...]) -> None:
    assert said(*kinds) == []


@pytest.mark.parametrize(
    ("kinds", "message"),
    [
        ((E, E), "One elected official is named too many: remove or change one"),
        ((E, E, E), "2 elected officials are named too many: remove or change some"),
        ((P, P, P), "One practitioner is named too many: remove or change one"),
        ((E, P, P, P, P), "2 practitioners are named too many: remove or change some"),
    ],
)
def test_too_many_of_a_kind_are_refused(kinds: tuple[bool, ...], message: str) -> None:
    assert said(*kinds) == [(None, f"{GIVEN} {message}")]


def test_each_has_to_say_which() -> None:
    message = "Choose whether this person is an elected official or a practitioner"
    assert said(E, None) == [(1, message)]
    assert said(None, elected=0) == []  # control: without such places nobody is asked


def test_people_who_have_not_said_count_altogether() -> None:
    (first, *_others) = said(None, None, None, None)
    assert first == (None, "Your city has 3 places and 4 people are named: remove some")


def test_without_places_for_elected_officials_nobody_is_of_a_kind() -> None:
    assert said(E, E, E, P, seats=3, elected=0) == [
        (None, "Your city has 3 places and 4 people are named: remove some")
    ]


def test_a_kind_is_kept_with_the_draft() -> None:
    typed = named(E, P, None)
    assert DelegationDraft.from_json(typed.as_json()) == typed
    before = typed.as_json()
    for one in before["people"]:
        del one["is_elected"], one["particulars_id"]
    older = DelegationDraft.from_json(before)
    assert older == replace(
        typed, people=tuple(replace(one, is_elected=None) for one in typed.people)
    )
