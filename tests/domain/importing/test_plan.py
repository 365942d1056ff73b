"""What a list would do: decided from its lines and from what is known, whole or not at all."""

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from events_service.domain.importing.known import KnownCity, KnownPerson
from events_service.domain.importing.lines import CityLine, lines_in
from events_service.domain.importing.plan import Plan, check_list, plan_of
from events_service.domain.importing.problems import ListRefused
from events_service.domain.importing.steps import Difference, Step
from events_service.sheets.reading import sheet_in
from tests.domain.importing.lists import NEW, STOCKHOLM, TODAY, line

HEAD = "head@stockholm.example.org"


def plan(*lines: CityLine, known: tuple[KnownCity, ...] = (STOCKHOLM,)) -> Plan:
    return plan_of(lines, known, today=TODAY)


def problems(
    *lines: CityLine, known: tuple[KnownCity, ...] = (STOCKHOLM,)
) -> list[tuple[int, str, str]]:
    with pytest.raises(ListRefused) as refused:
        plan(*lines, known=known)
    return [(one.line, one.column, one.message) for one in refused.value.problems]


def differences(found: Plan) -> list[tuple[str, list[tuple[str, Any, Any]]]]:
    return [
        (step.kind, [(one.key, one.old, one.new) for one in step.differences])
        for step in found.steps
    ]


def test_a_new_city_with_two_focal_points() -> None:
    found = plan(
        line(2, **NEW, person="A", role="Head", address="A@Lodz.example.org"),
        line(3, name="łódź", country="PL", person="B", address="b@lodz.example.org"),
    )
    city, first, second = found.steps
    assert city == Step(
        what="city",
        number=None,
        position=0,
        city_number=None,
        city="Łódź",
        person="",
        line=2,
        differences=(
            Difference("name", None, "Łódź", 2),
            Difference("country", None, "PL", 2),
            Difference("latitude", None, 51.76, 2),
            Difference("longitude", None, 19.46, 2),
            Difference("timezone", None, "Europe/Warsaw", 2),
        ),
    )
    assert first.values == {"person": "A", "role": "Head", "address": "A@lodz.example.org"}
    assert second.values == {"person": "B", "address": "b@lodz.example.org"}
    assert [one.position for one in found.steps] == [0, 0, 0]
    assert found.counts == {"city_added": 1, "person_added": 2}


def test_what_is_known_and_said_alike_is_left_alone() -> None:
    found = plan(
        line(
            2,
            name="STOCKHOLM",
            latitude=59.33,
            longitude=18.07,
            timezone="Europe/Stockholm",
            member_since=date(2021, 10, 1),
            person="Head of affairs",
            role="Head",
            address=HEAD.upper(),
        ),
        line(3, name="Stockholm"),
    )
    assert (found.steps, found.alone) == ((), Counter(city=1, person=1))


def test_empty_cells_change_nothing() -> None:
    assert plan(line(2)).steps == plan(line(2, address=HEAD)).steps == ()


def test_what_differs_is_shown_old_and_new() -> None:
    found = plan(
        line(2, timezone="Europe/Oslo", region="Uppland", latitude=59.0),
        line(3, person="Deputy", address=HEAD),
    )
    assert differences(found) == [
        (
            "city_changed",
            [
                ("region", "", "Uppland"),
                ("latitude", 59.33, 59.0),
                ("timezone", "Europe/Stockholm", "Europe/Oslo"),
            ],
        ),
        ("person_changed", [("person", "Head of affairs", "Deputy")]),
    ]


def test_a_city_that_is_no_member_becomes_one() -> None:
    outside = replace(STOCKHOLM, member_since=None)
    found = plan(line(2, member_since=TODAY), known=(outside,))
    assert differences(found) == [("city_changed", [("member_since", None, TODAY)])]


def test_a_city_on_its_way_becomes_a_member_there() -> None:
    joining = replace(STOCKHOLM, member_since=None, on_its_way=True)
    message = "Stockholm is on the page Onboarding, and becomes a member there"
    assert problems(line(2, member_since=TODAY), known=(joining,)) == [(2, "Member since", message)]
    assert plan(line(2, timezone="Europe/Oslo"), known=(joining,)).counts == {"city_changed": 1}


def test_what_a_new_city_and_a_new_focal_point_need() -> None:
    assert problems(line(2, name="Malmö", role="Head")) == [
        (2, "E-mail address", "Enter the address of this focal point"),
        (2, "Latitude", "Malmö is new, so this is needed"),
        (2, "Longitude", "Malmö is new, so this is needed"),
        (2, "Time zone", "Malmö is new, so this is needed"),
    ]
    assert problems(line(2, address="new@stockholm.example.org")) == [
        (2, "Focal point", "This focal point is new, so this is needed")
    ]


def test_values_that_cannot_be() -> None:
    found = problems(
        line(2, timezone="Mars/North", member_since=date(2026, 11, 23), region="x" * 201),
        line(3, person="A", address="no address"),
        line(4, person="y" * 201, address=HEAD),
    )
    assert sorted((number, column) for number, column, _ in found) == [
        (2, "Member since"),
        (2, "State or region"),
        (2, "Time zone"),
        (3, "E-mail address"),
        (4, "Focal point"),
    ]


def test_lines_that_contradict_each_other() -> None:
    found = problems(
        line(2, timezone="Europe/Oslo", person="A", address="a@stockholm.example.org"),
        line(3, timezone="Europe/Riga", person="B", address="A@stockholm.example.org"),
    )
    assert found == [
        (3, "Time zone", "Line 2 says something else of Stockholm"),
        (3, "E-mail address", "This focal point of Stockholm is on line 2 already"),
    ]


def columbus(number: int, region: str) -> KnownCity:
    return replace(
        STOCKHOLM, number=number, name="Columbus", country="US", region=region, people=()
    )


def test_cities_of_one_name_are_told_apart_by_their_region() -> None:
    both = (columbus(1, "Ohio"), columbus(2, "Georgia"))
    us = {"name": "Columbus", "country": "US", "timezone": "America/New_York"}
    [step] = plan(line(2, **us, region="georgia"), known=both).steps
    assert step.number == 2
    why = "There are several cities called Columbus in United States. Say which one is meant"
    assert problems(line(2, **us), known=both) == [(2, "State or region", why)]
    third = line(2, **us, region="Indiana", latitude=39.2, longitude=-85.9)
    assert plan(third, known=both).counts == {"city_added": 1}
    named = [line(2, **us, region="Ohio"), line(3, **us, region="Georgia")]
    assert plan(*named, known=both).counts == {"city_changed": 2}


def test_an_address_is_known_in_whatever_form_it_is_written() -> None:
    person = KnownPerson(5, "A", "", "a@xn--malm-8qa.example.org")
    malmo = replace(STOCKHOLM, name="Malmö", people=(person,))
    found = plan(line(2, name="Malmö", person="A", address="a@malmö.example.org"), known=(malmo,))
    assert found.steps == ()


def test_the_digest_tells_plans_apart() -> None:
    one, other = plan(line(2, timezone="Europe/Oslo")), plan(line(2, timezone="Europe/Riga"))
    moved = replace(STOCKHOLM, timezone="Europe/Paris")
    changed = plan(line(2, timezone="Europe/Oslo"), known=(moved,))
    assert len({one.digest, other.digest, changed.digest}) == 3
    assert one.digest == plan(line(2, timezone="Europe/Oslo")).digest


def test_all_problems_of_a_list_are_named_at_once() -> None:
    """What can't be read is not missed as well: a place that can't be read is no missing one."""
    text = (
        "City,Country,Latitude,Longitude,Time zone,Member since,Focal point,E-mail address\n"
        "Kraków,PL,fifty,19.94,Europe/Nowhere,soon,A,\n"
        "Stockholm,SE,,,,,Jan,jan@@x\n"
        "Newark,Nowhere,,,Europe/Nowhere,,,\n"
        "Newark,US,,,,,B,b@newark.example.org\n"
    )
    with pytest.raises(ListRefused) as refused:
        check_list(lines_in(sheet_in(text.encode())), (STOCKHOLM,), today=TODAY)
    assert [(one.line, one.column) for one in refused.value.problems] == [
        (2, "Latitude"),
        (2, "Member since"),
        (2, "E-mail address"),
        (2, "Time zone"),
        (3, "E-mail address"),
        (4, "Country"),
    ]
