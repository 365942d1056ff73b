"""What is exported is what is known: imported again, it changes nothing, whatever the texts are."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from events_service.domain.importing.known import known_cities
from events_service.domain.importing.lines import lines_in, tidy
from events_service.domain.importing.plan import plan_of
from events_service.model import City, Contact
from events_service.queries.network import cities_of_network
from events_service.sheets.reading import sheet_in
from events_service.sheets.table import Table
from events_service.sheets.writing import as_csv, as_xlsx
from events_service.web.lists.cities import COLUMNS, lines_of
from events_service.web.lists.files import table_of

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ODD = ["=1+1", "+32 2 555 01 02", "-1", "@x", "'=x", "''", " \t x", "a\r\nb", "_x0041_", "ﷺ", "ﬀ"]
FIRST, LAST = datetime.fromisoformat("2000-01-01"), datetime.fromisoformat("2026-01-01")
AS_FILES = [as_csv, lambda table: as_xlsx(table, "Cities")]

texts = st.one_of(
    st.sampled_from(ODD),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40),
)
people = st.builds(Contact, name=texts, role=texts, address=texts.filter(tidy))
degrees = st.floats(-90, 90, allow_nan=False)
cities = st.builds(
    City,
    name=texts.filter(tidy),
    subdivision=st.none() | texts,
    country=st.sampled_from(["SE", "CI", "US", "TR"]),
    latitude=degrees,
    longitude=degrees,
    timezone=st.sampled_from(["Europe/Stockholm", "America/New_York"]),
    language=st.sampled_from([None, "en", "fr", "sv", "sk"]),
    joined_at=st.none() | st.datetimes(FIRST, LAST, timezones=st.just(UTC)),
    contacts=st.lists(people, max_size=3, unique_by=lambda one: tidy(one.address).lower()),
)
networks = st.lists(
    cities, min_size=1, max_size=4, unique_by=lambda one: (tidy(one.name).casefold(), one.country)
)


def imported_again(db: Session, as_file: Callable[[Table], bytes]) -> tuple[Any, ...]:
    exported = table_of(COLUMNS, lines_of(cities_of_network(db, [])))
    lines = lines_in(sheet_in(as_file(exported)))
    assert lines.ignored == ("Last invited", "Last attended")
    return plan_of(lines.lines, known_cities(db), today=NOW.date()).steps


@pytest.mark.parametrize("as_file", AS_FILES)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(network=networks)
def test_an_export_changes_nothing(
    db: Session, as_file: Callable[[Table], bytes], network: list[City]
) -> None:
    around = db.begin_nested()
    try:
        for number, city in enumerate(network):
            city.slug = f"city-{number}"
        db.add_all(network)
        db.flush()
        assert imported_again(db, as_file) == ()
    finally:
        around.rollback()
        db.expunge_all()


@pytest.mark.parametrize("as_file", AS_FILES)
def test_control_a_difference_is_seen(db: Session, as_file: Callable[[Table], bytes]) -> None:
    city = City(
        slug="x",
        name="+32",
        country="BE",
        latitude=50.8,
        longitude=4.4,
        timezone="Europe/Brussels",
        contacts=[Contact(name="'=x", role="", address="a@example.org")],
    )
    db.add(city)
    db.flush()
    exported = as_file(table_of(COLUMNS, lines_of(cities_of_network(db, []))))
    city.contacts[0].role, city.timezone = "Head", "Europe/Paris"
    db.flush()
    steps = plan_of(lines_in(sheet_in(exported)).lines, known_cities(db), today=NOW.date()).steps
    assert [(one.kind, one.values) for one in steps] == [
        ("city_changed", {"timezone": "Europe/Brussels"})
    ]
