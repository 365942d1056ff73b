"""What a city may type, decided on plain values."""

from dataclasses import dataclass, replace
from datetime import date

import pytest

from events_service.domain.registration.checking import check
from events_service.domain.registration.draft import (
    DelegationDraft,
    DraftChanges,
    PersonDraft,
    Problem,
    differences,
    normalised,
    shared_addresses,
)

DAYS = (date(2027, 5, 31), date(2027, 6, 1))
MAYOR = PersonDraft("Deputy mayor, Newark", "Deputy mayor", "mayor@newark.example.org", "", DAYS)
LIAISON = PersonDraft("Schools liaison, Newark", "", "schools@newark.example.org", "", DAYS)


def draft(*people: PersonDraft, contact: str = "office@newark.example.org") -> DelegationDraft:
    return DelegationDraft(contact, people)


def problems(*people: PersonDraft, seats: int = 5) -> list[Problem]:
    return check(draft(*people), event_days=DAYS, seats=seats)


def test_a_complete_draft_has_no_problems() -> None:
    assert problems(MAYOR, LIAISON) == []


def test_a_delegation_of_nobody_is_refused() -> None:
    assert problems() == [
        Problem(
            None, "people", "Name at least one person. A delegation of nobody can’t be registered"
        )
    ]


def test_more_people_than_places_are_refused() -> None:
    assert problems(MAYOR, LIAISON, seats=1) == [
        Problem(None, "people", "Your city has 1 place and 2 people are named: remove some")
    ]


@pytest.mark.parametrize(
    ("person", "problem"),
    [
        (
            replace(MAYOR, name=" "),
            Problem(0, "name", "Enter the person’s name, or how they are announced"),
        ),
        (
            replace(MAYOR, name="M" * 10_000),
            Problem(0, "name", "Shorten the name to 200 characters; it has 10,000"),
        ),
        (
            replace(MAYOR, name="Mayor\r\nBcc: all@example.org"),
            Problem(0, "name", "Write the name on one line, without line breaks or tabs"),
        ),
        (
            replace(MAYOR, role="Deputy\x00mayor"),
            Problem(0, "role", "Write the role on one line, without line breaks or tabs"),
        ),
        (replace(MAYOR, address=""), Problem(0, "address", "Enter an e-mail address")),
        (
            replace(MAYOR, address="mayor.newark.example.org"),
            Problem(0, "address", "Enter an e-mail address with an @, like safety@city.example"),
        ),
        (
            replace(MAYOR, address="mayor@newark.example.org\nBcc: all@example.org"),
            Problem(
                0,
                "address",
                "Enter an e-mail address in the form name@city.example, without spaces",
            ),
        ),
        (
            replace(MAYOR, address="bürgermeister@newark.example.org"),
            Problem(
                0,
                "address",
                "Letters before the @ must be plain ones, without accents: "
                "most mail servers can’t deliver others",
            ),
        ),
        (
            replace(MAYOR, assistant_address="nobody"),
            Problem(
                0,
                "assistant_address",
                "Enter an e-mail address with an @, like safety@city.example",
            ),
        ),
        (replace(MAYOR, days=()), Problem(0, "days", "Choose at least one day")),
        (
            replace(MAYOR, days=(date(2028, 1, 1),)),
            Problem(0, "days", "Choose days of the workshop: its dates have changed"),
        ),
    ],
)
def test_each_slip_is_named_at_its_field(person: PersonDraft, problem: Problem) -> None:
    assert problems(person) == [problem]


@pytest.mark.parametrize("name", ["🌍 Mayor", "רֹאשׁ הָעִיר", "Starosta, Žilina", "O’Brien-Łódź"])
def test_names_of_every_script_are_taken(name: str) -> None:
    assert problems(replace(MAYOR, name=name)) == []


def test_the_same_person_twice_is_refused_and_a_shared_address_is_not() -> None:
    at_one_desk = replace(LIAISON, address="Mayor@newark.example.org")
    twice = replace(MAYOR, name="deputy  mayor, newark")
    assert problems(MAYOR, at_one_desk) == []
    assert shared_addresses(draft(MAYOR, at_one_desk)) == ["mayor@newark.example.org"]
    assert problems(MAYOR, twice) == [
        Problem(
            1,
            "address",
            "deputy  mayor, newark is named twice at this address: remove one of the two",
        )
    ]


def test_a_domain_outside_ascii_is_kept_as_mail_servers_know_it() -> None:
    person = replace(MAYOR, address=" rathaus@köln.example.org ", name=" Deputy   mayor ")
    assert normalised(draft(person)).people[0] == replace(
        MAYOR, name="Deputy mayor", address="rathaus@xn--kln-sna.example.org"
    )


def test_a_draft_survives_its_json() -> None:
    whole = draft(replace(MAYOR, member_id=4), LIAISON)
    assert DelegationDraft.from_json(whole.as_json()) == whole


@dataclass(frozen=True)
class Known:
    id: int
    name: str
    address: str


def test_who_stays_who_goes_and_who_is_new() -> None:
    members = [
        Known(1, "Deputy mayor, Newark", "Mayor@newark.example.org"),
        Known(2, "Schools liaison, Newark", "schools@newark.example.org"),
        Known(3, "Adviser, Newark", "adviser@newark.example.org"),
    ]
    renamed = replace(MAYOR, name="Mayor, Newark", member_id=1)
    moved_away = replace(LIAISON, member_id=2, address="new@newark.example.org")
    a_strangers_number = replace(LIAISON, member_id=99, address="x@newark.example.org")
    assert differences(draft(renamed, moved_away, a_strangers_number), members) == DraftChanges(
        added=[1, 2], kept={0: 1}, removed=[2, 3]
    )
