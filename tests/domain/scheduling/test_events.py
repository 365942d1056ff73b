from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.refusals import Conflict
from events_service.domain.scheduling.event_plan import PartnerPlan, PlanProblem, check_plan
from events_service.domain.scheduling.events import (
    Lack,
    PlanRefused,
    create_series,
    edit_event,
    edit_series,
    lacks,
    publish_event,
    schedule_event,
)
from events_service.domain.scheduling.places import NoSuchZone, add_city, add_organisation
from events_service.model import Series, SeriesGrant
from tests import cast, office
from tests.conftest import TestClock
from tests.follow_up import colleague


def test_an_organiser_works_on_the_series_they_create(db: Session) -> None:
    organiser, staff = colleague(db, "Organiser", "organiser"), colleague(db)
    one = create_series(db, organiser, "Cities on trust 2027", "")
    two = create_series(db, staff, "Cities on trust 2027", "Second")
    assert (one.slug, two.slug) == ("cities-on-trust-2027", "cities-on-trust-2027-2")
    granted = db.query(SeriesGrant.account_id, SeriesGrant.series_id).all()
    assert [tuple(row) for row in granted] == [(organiser.id, one.id)]
    edit_series(db, one, "Trust in cities", "Why")
    assert (one.slug, one.title, one.summary) == ("cities-on-trust-2027", "Trust in cities", "Why")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"title": " "}, [("title", "Enter what the workshop is called")]),
        ({"title": "a\r\nb"}, [("title", "Write this on one line, without line breaks or tabs")]),
        ({"title": "x" * 10_000}, [("title", "Shorten this to 200 characters; it has 10,000")]),
        (
            {"ends_on": date(2027, 5, 30)},
            [("ends_on", "Choose a last day that is not before the first day")],
        ),
        ({"ends_on": date(2027, 6, 30)}, [("ends_on", "Choose a last day at most 14 days on")]),
        (
            {"closes_on": date(2027, 6, 1)},
            [("closes_on", "Close registration before the workshop begins")],
        ),
        ({"timezone": "Europe/Gotham"}, [("timezone", "Choose a time zone from the list")]),
        ({"capacity": 0}, [("capacity", "Enter a number of places from 1 to 10,000")]),
        ({"seats_per_city": 21}, [("seats_per_city", "Enter a number of places from 1 to 20")]),
        ({"languages": ()}, [("languages", "Choose at least one language")]),
    ],
)
def test_what_speaks_against_a_plan(
    db: Session, change: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    problems = check_plan(office.plan(db, **change))
    assert [(one.field, one.message) for one in problems] == expected


def test_the_end_of_registration_is_asked_about_when_its_time_comes_twice(db: Session) -> None:
    wanted = {
        "starts_on": date(2027, 11, 3),
        "ends_on": date(2027, 11, 4),
        "closes_on": date(2027, 10, 31),
        "closes_at": time(2, 30),
    }
    [problem] = check_plan(office.plan(db, **wanted))
    assert (problem.field, problem.choices) == (
        "closes_at",
        ("The first, UTC+2", "The second, UTC+1"),
    )
    settled = office.plan(db, **wanted, closes_fold=1)
    assert settled.registration_closes_at == datetime(2027, 10, 31, 1, 30, tzinfo=UTC)


def test_a_draft_is_edited_freely_and_takes_its_agenda_along(
    db: Session, settings: Settings, clock: TestClock
) -> None:
    event = cast.event(db, published=False)
    plan = office.plan(db, starts_on=date(2027, 6, 14), ends_on=date(2027, 6, 16), venue="Annex")
    assert edit_event(db, settings, event, plan, now=clock.now) == 0
    assert [one.held_on for one in event.sessions] == [date(2027, 6, n) for n in (14, 15, 16)]
    assert (event.starts_on, event.venue, event.slug) == (
        date(2027, 6, 14),
        "Annex",
        "stockholm-2027",
    )
    assert office.letters(db) == []


def test_a_draft_that_goes_elsewhere_gets_another_address(
    db: Session, settings: Settings, clock: TestClock
) -> None:
    """Control: a published event keeps its address, since letters point to it."""
    draft, published = cast.event(db, published=False), cast.event(db, slug="announced")
    plan = office.plan(db, city_id=cast.city(db, "Boise").id)
    for event in (draft, published):
        edit_event(db, settings, event, plan, now=clock.now)
    assert (draft.slug, published.slug) == ("boise-2027", "announced")


def test_a_shorter_draft_must_have_an_agenda_that_fits(
    db: Session, settings: Settings, clock: TestClock
) -> None:
    event = cast.event(db, published=False)
    plan = office.plan(db, ends_on=date(2027, 6, 1))
    with pytest.raises(PlanRefused, match="The agenda does not fit: 2\u00a0June 2027"):
        edit_event(db, settings, event, plan, now=clock.now)


def test_a_published_event_keeps_its_days_and_its_place(
    db: Session, settings: Settings, clock: TestClock
) -> None:
    event = cast.event(db)
    plan = office.plan(db, title="Trust", starts_on=date(2027, 7, 1), ends_on=date(2027, 7, 2))
    edit_event(db, settings, event, plan, now=clock.now)
    assert (event.title, event.starts_on, event.venue) == (
        "Trust",
        date(2027, 5, 31),
        "City Hall",
    )
    assert office.letters(db) == []


def test_places_never_fall_below_those_taken(
    db: Session, settings: Settings, clock: TestClock
) -> None:
    event = cast.event(db)
    office.registered(db, settings, clock, event, "Newark", "Mayor", "Deputy mayor")
    with pytest.raises(PlanRefused) as refused:
        edit_event(db, settings, event, office.plan(db, capacity=1), now=clock.now)
    assert refused.value.problems == [
        PlanProblem("capacity", "2 places are taken, so there can’t be fewer")
    ]
    edit_event(db, settings, event, office.plan(db, capacity=2), now=clock.now)
    assert (event.capacity, event.seats_taken) == (2, 2)


def test_more_places_promote_the_waiting_list(
    db: Session, settings: Settings, clock: TestClock
) -> None:
    event = cast.event(db, capacity=1)
    waiting = office.registered(db, settings, clock, event, "Newark", "Mayor", "Deputy mayor")
    assert waiting.delegation is not None
    assert waiting.delegation.state == "waitlisted"
    office.letters(db)
    promoted = edit_event(db, settings, event, office.plan(db, capacity=2), now=clock.now)
    db.refresh(event)
    assert (promoted, waiting.delegation.state, event.seats_taken) == (1, "confirmed", 2)
    assert office.letters(db, "delegation_promoted") == [
        ("delegation_promoted", "office@newark.example.org")
    ]


def test_nobody_is_promoted_into_what_has_begun(
    db: Session, settings: Settings, clock: TestClock
) -> None:
    event = cast.event(db, capacity=1)
    waiting = office.registered(db, settings, clock, event, "Newark", "Mayor", "Deputy mayor")
    assert waiting.delegation is not None
    begun = datetime(2027, 6, 1, 8, tzinfo=UTC)
    assert edit_event(db, settings, event, office.plan(db, capacity=2), now=begun) == 0
    assert waiting.delegation.state == "waitlisted"


def test_partners_are_kept_in_order_and_once_a_role(
    db: Session, settings: Settings, clock: TestClock
) -> None:
    foundation = add_organisation(db, "Foundation for Towns", "donor", "SE")
    boise = cast.city(db, "Boise")
    wanted = (
        PartnerPlan("donor", organisation_id=foundation.id),
        PartnerPlan("partner", city_id=boise.id),
        PartnerPlan("partner", city_id=boise.id),
    )
    event = schedule_event(db, cast.series(db), office.plan(db, partners=wanted))
    assert [(one.role, one.position) for one in event.partners] == [("donor", 0), ("partner", 1)]
    edit_event(db, settings, event, office.plan(db, partners=wanted[1:]), now=clock.now)
    db.refresh(event)
    assert [(one.role, one.name) for one in event.partners] == [("partner", "City of Boise")]


def test_a_draft_says_what_it_lacks_and_is_then_published(db: Session, clock: TestClock) -> None:
    series = Series(slug="s", title="S")
    event = schedule_event(db, series, office.plan(db, venue="", summary=""))
    assert event.slug == "stockholm-2027"
    assert lacks(event, now=clock.now) == [
        Lack("Say where it takes place", "edit"),
        Lack("Write two or three sentences for the event page", "edit"),
        Lack("Set at least one session for each day", "agenda"),
    ]
    with pytest.raises(Conflict, match="not ready: say where it takes place first"):
        publish_event(db, event, now=clock.now)
    ready = cast.event(db, published=False, slug="ready")
    ready.summary = "Three days."
    publish_event(db, ready, now=clock.now)
    assert (ready.published_at, lacks(ready, now=clock.now)) == (clock.now, [])


def test_an_event_of_the_past_is_not_published(db: Session, clock: TestClock) -> None:
    event = cast.event(db, starts_on=date(2026, 11, 1), published=False)
    event.summary = "Over."
    assert lacks(event, now=clock.now) == [Lack("Choose a first day that lies ahead", "edit")]


def test_cities_and_organisations_are_there_once(db: Session) -> None:
    added = add_city(db, "Žilina", "SK", 49.22, 18.74, "Europe/Bratislava")
    assert (added.slug, added.joined_at) == ("zilina", None)
    with pytest.raises(Conflict, match="žilina is known already"):
        add_city(db, "žilina", "SK", 49.22, 18.74, "Europe/Bratislava")
    with pytest.raises(NoSuchZone):
        add_city(db, "Malmö", "SE", 55.6, 13.0, "Europe/Malmo")
    add_organisation(db, "University of Boise", "academia", "US")
    with pytest.raises(Conflict):
        add_organisation(db, "university of boise", "academia", None)
