"""The opening paragraph says who was there, and says nothing of what nobody recorded."""

from dataclasses import replace
from datetime import date

import pytest

from events_service.domain.reporting.facts import (
    Attendee,
    Line,
    Organisation,
    Place,
    SummaryFacts,
    Theme,
)
from events_service.domain.reporting.opening import opening

STOCKHOLM = Place("Stockholm", None, "SE")
NEWARK = Place("Newark", "New Jersey", "US")
DIJON = Place("Dijon", None, "FR")
BARE = SummaryFacts(
    source="event:1",
    kind="workshop",
    title="Public space and trust",
    programme="Open Cities Initiative",
    place=STOCKHOLM,
    starts_on=date(2027, 5, 31),
    ends_on=date(2027, 6, 2),
)
WHEN = "from 31\u00a0May to 2\u00a0June 2027"


def came(*people: tuple[str, Place | Organisation]) -> tuple[Attendee, ...]:
    return tuple(Attendee(f"attendance:{n}", *person) for n, person in enumerate(people, 1))


def test_an_event_nobody_recorded_anything_for() -> None:
    assert opening(BARE) == [
        f"A workshop of the Open Cities Initiative was held in Stockholm (Sweden) {WHEN}."
    ]


def test_cities_of_two_regions_with_their_people_guests_and_themes() -> None:
    facts = replace(
        BARE,
        partners=(Line("event_partner:1", "City of Stockholm"),),
        attendees=came(
            ("Mayor", STOCKHOLM),
            ("Deputy mayor", STOCKHOLM),
            ("Mayor’s chief of staff", NEWARK),
            ("Vice-mayor for schools", DIJON),
            ("Professor", Organisation("Stockholm University", "academia")),
            ("Researcher", Organisation("Stockholm University", "academia")),
        ),
        themes=(Theme("theme:1", "schools"), Theme("theme:2", "public space")),
    )
    assert opening(facts) == [
        f"Three cities from Europe and North America met in Stockholm {WHEN} for a workshop of "
        "the Open Cities Initiative, in partnership with the City of Stockholm. They sent four "
        "people, three from Europe and one from North America: one mayor, two deputy mayors and "
        "one other official. Two guests joined them from one university.",
        "The three days were given to two themes: schools and public space.",
    ]


def test_equal_numbers_from_each_region_are_said_once() -> None:
    facts = replace(BARE, attendees=came(("Head of schools", NEWARK), ("Architect", DIJON)))
    assert opening(facts) == [
        f"Two cities from Europe and North America met in Stockholm {WHEN} for a workshop of the "
        "Open Cities Initiative. They sent two city officials, one each from Europe and North "
        "America."
    ]


def test_one_city_and_one_day() -> None:
    day = date(2027, 6, 1)
    facts = replace(
        BARE,
        programme="",
        starts_on=day,
        ends_on=day,
        attendees=came(("Mayor", DIJON)),
        themes=(Theme("theme:1", "schools"),),
    )
    assert opening(facts) == [
        "One city from Europe met in Stockholm on 1\u00a0June 2027 for a workshop. "
        "It sent one mayor.",
        "The day was given to one theme: schools.",
    ]


def test_guests_alone_and_a_summit_by_its_title() -> None:
    facts = replace(
        BARE,
        kind="summit",
        title="Fifth Global Summit",
        attendees=came(("Director", Organisation("Eurocities", "city_network"))),
    )
    assert opening(facts) == [
        f"The Fifth Global Summit was held in Stockholm (Sweden) {WHEN}. "
        "One guest came from one city network."
    ]


@pytest.mark.parametrize(
    ("role", "counted_as"),
    [
        ("Mayor", "one mayor"),
        ("Lord Mayor", "one mayor"),
        ("mayor of the 4th district", "one mayor"),
        ("First deputy mayor", "one deputy mayor"),
        ("Vice mayor", "one deputy mayor"),
        ("Mayor's chief of staff", "one city official"),
        ("Adviser to the mayor", "one city official"),
        ("", "one city official"),
    ],
)
def test_who_counts_as_a_mayor(role: str, counted_as: str) -> None:
    facts = replace(BARE, attendees=came((role, DIJON)))
    assert opening(facts)[0].endswith(f"It sent {counted_as}.")
