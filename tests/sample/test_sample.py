"""The sample holds the facts as they are public, and marks what was made up."""

import json
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from importlib.resources import files
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from events_service import sample
from events_service.config import Settings
from events_service.db import Base
from events_service.model import (
    Account,
    AgendaSession,
    Attendance,
    City,
    Contact,
    Event,
    Lineage,
    NextStep,
    Onboarding,
    Organisation,
    Practice,
    Quote,
    QuoteAttribution,
    Resource,
    Series,
    SeriesGrant,
)

FACTS = json.loads(files("events_service.sample").joinpath("series-2024.json").read_text("utf-8"))
EVENTS = {fact["key"]: fact for fact in FACTS["events"]}
NOW = datetime(2030, 3, 1, 9, tzinfo=UTC)
Load = Callable[[], None]


@pytest.fixture
def load(db: Session, settings: Settings) -> Load:
    return lambda: sample.load(db, settings, NOW)


@pytest.fixture
def loaded(db: Session, load: Load) -> Session:
    load()
    return db


def counts(db: Session) -> dict[str, int]:
    return {
        table.name: db.scalar(select(func.count()).select_from(table)) or 0
        for table in Base.metadata.sorted_tables
    }


def event(db: Session, slug: str) -> Event:
    return db.scalars(select(Event).where(Event.slug == slug)).one()


def bodies(db: Session, slug: str) -> Counter[str]:
    """How many people each city or organisation had at an event."""
    there = db.scalars(select(Attendance).where(Attendance.event_id == event(db, slug).id))
    return Counter((row.city or row.organisation).name for row in there)


def test_events_are_those_of_the_facts(loaded: Session) -> None:
    found = {
        one.slug: {
            "series": one.programme,
            "kind": one.kind,
            "title": one.title,
            "city": one.city.name,
            "timezone": one.timezone,
            "starts_on": one.starts_on.isoformat(),
            "ends_on": one.ends_on.isoformat(),
            "themes": [theme.name for theme in one.themes],
            "partners": [x.name for x in one.partners if x.role == "partner"],
            "supporters": [x.name for x in one.partners if x.role == "donor"],
        }
        for one in loaded.scalars(select(Event))
    }
    empty: dict[str, Any] = {"themes": [], "partners": [], "supporters": []}
    keys = next(iter(found.values())).keys()
    assert found == {
        slug: {name: fact.get(name, empty.get(name)) for name in keys}
        for slug, fact in EVENTS.items()
    }


def test_one_series_holds_all_five_in_order(loaded: Session) -> None:
    series = loaded.scalars(select(Series)).one()
    assert [one.slug for one in series.events] == list(EVENTS)


def test_places_and_bodies_are_those_of_the_facts(loaded: Session) -> None:
    cities = [
        {
            "name": one.name,
            "subdivision": one.subdivision,
            "country": one.country,
            "lat": one.latitude,
            "lon": one.longitude,
            "timezone": one.timezone,
            "member": one.joined_at is not None,
        }
        for one in loaded.scalars(select(City).order_by(City.id))
    ]
    assert cities == FACTS["cities"]


def test_cities_are_written_to_in_their_language_where_letters_have_it(loaded: Session) -> None:
    spoken = select(City.name, City.language).where(City.language.is_not(None)).order_by(City.id)
    assert dict(loaded.execute(spoken).all()) == {
        "Bratislava": "sk",
        "Strasbourg": "fr",
        "Stockholm": "sv",
        **dict.fromkeys(("Cernay", "Dijon", "Mittelhausbergen", "Montpellier"), "fr"),
        **dict.fromkeys(("Bardejov", "Žilina"), "sk"),
    }
    organisations = {
        one.name: (one.kind, one.country, one.agreement)
        for one in loaded.scalars(select(Organisation))
    }
    assert organisations == {
        fact["name"]: (fact["kind"], fact["country"], fact.get("agreement"))
        for fact in FACTS["organisations"]
    }


def test_what_informs_what(loaded: Session) -> None:
    slugs = {one.id: one.slug for one in loaded.scalars(select(Event))}
    found = {
        (slugs[row.from_event_id], slugs[row.to_event_id])
        for row in loaded.scalars(select(Lineage))
    }
    assert found == {
        (slug, later) for slug, fact in EVENTS.items() for later in fact.get("informs", [])
    }


def test_stockholm_has_58_people_from_its_18_cities_and_guests_besides(loaded: Session) -> None:
    found, fact = bodies(loaded, "stockholm-2024"), EVENTS["stockholm-2024"]
    cities = {name: found.pop(name) for name in fact["represented_cities"]}
    assert (len(cities), sum(cities.values())) == (18, 58)
    assert set(cities.values()) <= {1, 2, 3, 4, 5}
    assert set(found) == set(fact["represented_organisations"])
    assert set(found.values()) <= {1, 2}


@pytest.mark.parametrize(
    ("slug", "kinds"),
    [
        ("bratislava-2024", ("represented_cities", "represented_organisations")),
        ("strasbourg-2024", ("introduced_cities",)),
        ("columbus-2024", ()),
        ("cape-town-2024", ()),
    ],
)
def test_other_events_have_whom_the_facts_name(
    loaded: Session, slug: str, kinds: tuple[str, ...]
) -> None:
    assert set(bodies(loaded, slug)) == {name for kind in kinds for name in EVENTS[slug][kind]}


def test_the_seven_cities_introduced_at_strasbourg_are_no_members(loaded: Session) -> None:
    strasbourg = event(loaded, "strasbourg-2024")
    found = {
        one.city.name: (
            one.state,
            one.introduced_at_event_id,
            one.introduced_on,
            one.city.joined_at,
        )
        for one in loaded.scalars(select(Onboarding))
    }
    introduced = ("introduced", strasbourg.id, strasbourg.ends_on, None)
    assert found == dict.fromkeys(EVENTS["strasbourg-2024"]["introduced_cities"], introduced)
    assert len(found) == 7
    assert set(found) == {
        one.name for one in loaded.scalars(select(City).where(City.joined_at.is_(None)))
    }


def test_people_are_roles(loaded: Session) -> None:
    rows = loaded.scalars(select(Attendance)).all()
    assert [row.name for row in rows] == [
        f"{row.role}, {(row.city or row.organisation).name}" for row in rows
    ]
    assert {row.sample for row in rows} == {True}
    named = Counter((row.event_id, row.name) for row in rows)
    assert set(named.values()) == {1}, "two people of one event have the same name"


def test_practices_next_steps_and_resources_are_those_of_the_facts(loaded: Session) -> None:
    slugs = {one.id: one.slug for one in loaded.scalars(select(Event))}
    practices = [
        {
            "city": one.city.name,
            "theme": one.theme.name if one.theme else None,
            "challenge": one.challenge,
            "approach": one.approach,
            "impact": one.impact,
        }
        for one in loaded.scalars(select(Practice).order_by(Practice.id))
    ]
    assert practices == EVENTS["stockholm-2024"]["practices"]
    steps: dict[str, list[str]] = {}
    for step in loaded.scalars(select(NextStep).order_by(NextStep.event_id, NextStep.position)):
        steps.setdefault(slugs[step.event_id], []).append(step.text)
    assert steps == {
        slug: fact["next_steps"] for slug, fact in EVENTS.items() if "next_steps" in fact
    }
    resources = {
        one.title: (one.audience, one.published_on) for one in loaded.scalars(select(Resource))
    }
    assert resources == {
        "Guide for mayors on leadership in prevention and response": ("mayors", None),
        "Guide for local practitioners on city-led prevention": ("practitioners", None),
        "Ten considerations for mayors and cities in the wake of global crises": ("mayors", None),
        "Ten key findings and recommendations": (None, date(2023, 1, 20)),
    }


def test_practices_were_published_with_the_report(loaded: Session) -> None:
    found = {one.slug: one.published_at for one in loaded.scalars(select(Practice))}
    published = datetime(2024, 7, 17, 7, tzinfo=UTC)  # 09:00 in Stockholm
    assert found == {
        "stockholm-eleven-districts": published,
        "boise-zoning-with-residents": published,
    }


def test_each_city_has_one_focal_point_with_an_address_of_its_own(loaded: Session) -> None:
    contacts = loaded.scalars(select(Contact).order_by(Contact.city_id)).all()
    assert [one.city.name for one in contacts] == [fact["name"] for fact in FACTS["cities"]]
    addresses = [one.address for one in contacts]
    assert len(set(addresses)) == len(addresses)
    assert [a for a in addresses if not (a.isascii() and a.endswith("@cities.example.org"))] == []


def test_a_quote_is_shown_only_with_consent(loaded: Session) -> None:
    rows = loaded.scalars(select(Quote).order_by(Quote.id)).all()
    assert [(one.rule, one.shown, one.consent) for one in rows] == [
        ("city", True, "given"),
        ("chatham", True, "given"),
        ("name", False, "none"),
    ]
    assert loaded.scalar(select(func.count()).select_from(QuoteAttribution)) == 3


def test_days_run_from_morning_to_afternoon_on_the_event_s_days(loaded: Session) -> None:
    for one in loaded.scalars(select(Event)):
        sessions = one.sessions
        assert {row.held_on for row in sessions} == {
            date.fromordinal(day)
            for day in range(one.starts_on.toordinal(), one.ends_on.toordinal() + 1)
        }
        assert {row.sample for row in sessions} == {True}
        assert [
            (before.title, after.title)
            for before, after in pairwise(sessions)
            if before.held_on == after.held_on and before.ends > after.starts
        ] == [], one.slug
    assert loaded.scalar(select(func.count()).select_from(AgendaSession)) == 46


def test_accounts_of_each_role(loaded: Session, settings: Settings) -> None:
    found = {one.address: one.role for one in loaded.scalars(select(Account))}
    assert found == {
        settings.first_administrator: "administrator",
        "staff@events.example.org": "staff",
        "organiser@events.example.org": "organiser",
    }
    assert loaded.scalar(select(func.count()).select_from(SeriesGrant)) == 1


def test_loading_twice_changes_nothing(db: Session, load: Load) -> None:
    assert set(counts(db).values()) == {0}, "the control: nothing is there before"
    load()
    once = counts(db)
    load()
    assert counts(db) == once


def test_stockholm_has_no_report_yet(loaded: Session) -> None:
    found = counts(loaded)
    assert (found["report"], found["report_version"]) == (0, 0)
