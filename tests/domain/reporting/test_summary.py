"""The draft of Stockholm from the sample, part by part, as the network's editors would write it."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service import sample
from events_service.config import Settings
from events_service.domain.reporting.facts import (
    Attendee,
    Block,
    LaterEvent,
    Line,
    Organisation,
    Place,
    SummaryFacts,
)
from events_service.domain.reporting.gathering import summary_facts
from events_service.domain.reporting.summary import draft_summary
from events_service.model import Attendance, Event, Practice, Quote

NB = "\u00a0"


@pytest.fixture
def stockholm(db: Session, settings: Settings) -> Event:
    sample.load(db, settings, datetime(2026, 11, 22, 12, tzinfo=UTC))
    return db.scalars(select(Event).where(Event.slug == "stockholm-2024")).one()


@pytest.fixture
def draft(db: Session, stockholm: Event) -> dict[str, Block]:
    return {block.part: block for block in draft_summary(summary_facts(db, stockholm))}


def items(draft: dict[str, Block], part: str) -> tuple[str, list[str]]:
    body = draft[part].body
    assert body["paragraphs"] == []
    return body["heading"], body["items"]


def test_parts_come_in_the_order_of_the_networks_summaries(
    draft: dict[str, Block], root: Path
) -> None:
    facts = root / "events_service/sample/series-2024.json"
    shape = json.loads(facts.read_text("utf-8"))["report_shapes"]["summary"]
    names = {
        "description": "description",
        "where_and_when": "where and when",
        "local_governments": "local governments represented",
        "city_associations": "city associations represented",
        "partners_represented": "partners represented",
        "for_mayors": "for mayors and cities",
        "for_national": "for national governments",
        "for_network": "for the network",
        "resources": "additional resources",
    }
    drafted = [names.get(part, part.replace("_", " ")) for part in draft]
    # What a published document adds by itself, and what summaries have in the full report's manner.
    added = {"publication date", "reading time", "downloads"}
    assert [part for part in drafted if part in shape] == [p for p in shape if p not in added]
    assert [part for part in draft if part.startswith("theme_")] + ["quotes", "practices"] == [
        part for part, name in zip(draft, drafted, strict=True) if name not in shape
    ]


def test_title_and_content_type(draft: dict[str, Block]) -> None:
    assert draft["title"].body["paragraphs"] == [
        "City-Led Strategies for Strengthening Community Resilience to Extremist Violence and Hate"
    ]
    assert draft["content_type"].body["paragraphs"] == ["Workshop summary"]


def test_description(draft: dict[str, Block]) -> None:
    assert draft["description"].body["paragraphs"] == [
        f"Eighteen cities from North America and Europe met in Stockholm from 3 to 5{NB}June 2024 "
        "for a workshop of the Transatlantic Dialogue Initiative, in partnership with the City of "
        "Stockholm and the Swedish Ministry of Justice. They sent 58 people, 29 each from Europe "
        "and North America: three mayors, eight deputy mayors and 47 other officials. Ten guests "
        "joined them from three national authorities, two universities, one civil society "
        "organisation and one city network.",
        "The three days were given to six themes: changing threat landscape; national-local "
        "cooperation; community engagement and partnerships; online harms and digital literacy; "
        "secondary prevention; and urban planning for cohesion.",
    ]


def test_where_and_when(draft: dict[str, Block]) -> None:
    assert draft["where_and_when"].body["paragraphs"] == [
        f"3{NB}–{NB}5{NB}June 2024, Stockholm (Sweden)"
    ]


def test_partners_and_donors(draft: dict[str, Block]) -> None:
    assert items(draft, "partners") == (
        "Partners",
        ["City of Stockholm", "Swedish Ministry of Justice"],
    )
    assert items(draft, "donors") == (
        "Donors",
        [
            "Swedish Center for Preventing Violent Extremism",
            "Swedish Ministry of Justice",
            "City of Stockholm",
            "United States Embassy in Stockholm",
            "European Union",
        ],
    )


def test_who_was_represented(draft: dict[str, Block]) -> None:
    assert items(draft, "local_governments") == (
        "Local governments represented",
        [
            "Albuquerque (New Mexico, United States)",
            "Aurora (Colorado, United States)",
            "Berlin (Germany)",
            "Birmingham (United Kingdom)",
            "Boise (Idaho, United States)",
            "Columbus (Ohio, United States)",
            "Copenhagen (Denmark)",
            "East Orange (New Jersey, United States)",
            "Edmonton (Alberta, Canada)",
            "Helsinki (Finland)",
            "Highland Park (Illinois, United States)",
            "Kristiansand (Norway)",
            "New York City (New York, United States)",
            "Newark (New Jersey, United States)",
            "Spring Lake (North Carolina, United States)",
            "Stockholm (Sweden)",
            "Strasbourg (France)",
            "The Hague (Netherlands)",
        ],
    )
    assert items(draft, "city_associations") == (
        "City associations represented",
        ["U.S. Conference of Mayors"],
    )
    assert items(draft, "partners_represented") == (
        "Partners represented",
        [
            "Finnish Institute for Health and Welfare",
            "Organization for the Prevention of Violence",
            "Stockholm University",
            "Swedish Center for Preventing Violent Extremism",
            "Swedish Police Authority",
            "University of Oslo",
        ],
    )


def test_recommendations_stand_under_their_audience(draft: dict[str, Block]) -> None:
    assert items(draft, "for_mayors") == (
        "For mayors and cities",
        [
            "Name one person in your office who answers for prevention, and tell the districts "
            "who it is.",
            "Speak early and plainly after an incident, together with those whom it was meant to "
            "frighten.",
            "Bring planners, schools and social services into the prevention plan from its first "
            "draft.",
        ],
    )
    assert items(draft, "for_national")[0] == "For national governments"
    assert items(draft, "for_network") == (
        "For the network",
        [
            "Collect practices in one short form, so that cities can compare them.",
            "Pair cities for a year of exchange after each workshop.",
        ],
    )


def test_next_steps(draft: dict[str, Block]) -> None:
    assert draft["next_steps"].body["paragraphs"] == [
        "What was learnt in Stockholm informs the workshop in Columbus (Ohio, United States) from "
        f"17 to 19{NB}September 2024, and the Fifth Global Summit in Cape Town (South Africa) "
        f"from 3 to 5{NB}December 2024."
    ]
    assert draft["next_steps"].body["items"] == [
        "Capture practices in the Resource Hub",
        "Partner with city officials on City Spotlights",
        "Seek synergies with other city networks",
        "Initiative on urban planning for social cohesion",
        "Initiative on digital literacy and resilience to online threats",
    ]


def test_additional_resources(draft: dict[str, Block]) -> None:
    assert items(draft, "resources") == (
        "Additional resources",
        [
            "Guide for mayors on leadership in prevention and response",
            "Guide for local practitioners on city-led prevention",
            "Ten considerations for mayors and cities in the wake of global crises",
            f"Ten key findings and recommendations (20{NB}January 2023)",
        ],
    )


def test_every_part_names_its_sources(
    db: Session, stockholm: Event, draft: dict[str, Block]
) -> None:
    assert all(block.sources for block in draft.values())
    there = db.scalars(select(Attendance).where(Attendance.event_id == stockholm.id))
    cities = [row.id for row in there if row.city_id]
    assert draft["local_governments"].sources == tuple(f"attendance:{n}" for n in sorted(cities))
    practices = db.scalars(select(Practice.id).order_by(Practice.position)).all()
    assert draft["practices"].body["practices"] == list(practices)
    assert draft["practices"].sources == tuple(f"practice:{n}" for n in practices)
    shown = db.scalars(select(Quote.id).where(Quote.shown).order_by(Quote.id)).all()
    assert draft["quotes"].body["quotes"] == list(shown)


def test_counts_come_from_attendance_not_from_registration(db: Session, stockholm: Event) -> None:
    for row in db.scalars(select(Attendance).where(Attendance.event_id == stockholm.id)):
        if row.city is None or row.city.name != "Newark":
            db.delete(row)
    db.flush()
    draft = {block.part: block for block in draft_summary(summary_facts(db, stockholm))}
    assert draft["description"].body["paragraphs"][0] == (
        f"One city from North America met in Stockholm from 3 to 5{NB}June 2024 for a workshop of "
        "the Transatlantic Dialogue Initiative, in partnership with the City of Stockholm and the "
        "Swedish Ministry of Justice. It sent four people: one deputy mayor and three other "
        "officials."
    )
    assert items(draft, "local_governments")[1] == ["Newark (New Jersey, United States)"]
    assert "city_associations" not in draft


BARE = SummaryFacts(
    source="event:1",
    kind="workshop",
    title="Public space and trust",
    programme="",
    place=Place("Dijon", None, "FR"),
    starts_on=date(2027, 6, 1),
    ends_on=date(2027, 6, 1),
)


def test_parts_with_nothing_in_them_are_left_out() -> None:
    assert [block.part for block in draft_summary(BARE)] == [
        "title",
        "content_type",
        "description",
        "where_and_when",
    ]


def test_a_body_is_named_once_and_in_the_order_readers_expect() -> None:
    names = ["Zürich", "Žilina", "Zagreb", "Žilina", "Århus"]
    facts = replace(
        BARE,
        attendees=tuple(
            Attendee(f"attendance:{n}", "", Place(name, None, "SK")) for n, name in enumerate(names)
        )
        + (Attendee("attendance:9", "", Organisation("Eurocities", "city_network")),) * 2,
    )
    draft = {block.part: block.body["items"] for block in draft_summary(facts)}
    assert draft["local_governments"] == [
        "Århus (Slovakia)",
        "Zagreb (Slovakia)",
        "Žilina (Slovakia)",
        "Zürich (Slovakia)",
    ]
    assert draft["city_associations"] == ["Eurocities"]


@pytest.mark.parametrize(
    ("places", "sentence"),
    [
        ([("workshop", "Bremen")], "the workshop in Bremen (Germany) on 1\u00a0June 2027"),
        (
            [("workshop", "Bremen"), ("workshop", "Berlin")],
            "the workshops in Bremen (Germany) on 1\u00a0June 2027 and Berlin (Germany) on "
            "1\u00a0June 2027",
        ),
        ([("summit", "Berlin")], "the Great Summit in Berlin (Germany) on 1\u00a0June 2027"),
    ],
)
def test_later_events_that_this_one_informs(places: list[tuple[str, str]], sentence: str) -> None:
    day = date(2027, 6, 1)
    later = tuple(
        LaterEvent(
            f"event:{n}",
            "summit" if kind == "summit" else "workshop",
            "Great Summit" if kind == "summit" else f"T{n}",
            Place(name, None, "DE"),
            day,
            day,
        )
        for n, (kind, name) in enumerate(places)
    )
    draft = {block.part: block for block in draft_summary(replace(BARE, later_events=later))}
    assert draft["next_steps"].body["paragraphs"] == [
        f"What was learnt in Dijon informs {sentence}."
    ]
    assert draft["next_steps"].sources == tuple(f"event:{n}" for n in range(len(places)))


def test_typewriter_apostrophes_become_typographic_ones() -> None:
    facts = replace(BARE, next_steps=(Line("next_step:1", "Women's Leadership Caucus"),))
    draft = {block.part: block.body["items"] for block in draft_summary(facts)}
    assert draft["next_steps"] == ["Women’s Leadership Caucus"]
