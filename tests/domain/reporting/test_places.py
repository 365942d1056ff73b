"""Cities as they are written in a report, and the regions they are counted in."""

import pytest

from events_service.domain.reporting.facts import Place
from events_service.domain.reporting.places import _REGION_OF, _REGIONS, place_name, region_of


@pytest.mark.parametrize(
    ("place", "name"),
    [
        (Place("Stockholm", None, "SE"), "Stockholm (Sweden)"),
        (Place("Columbus", "Ohio", "US"), "Columbus (Ohio, United States)"),
        (
            Place("Budapest Castle District (Budavár)", None, "HU"),
            "Budapest Castle District (Budavár, Hungary)",
        ),
        (Place("Nowhere", None, "ZZ"), "Nowhere (Unknown Region)"),
    ],
)
def test_place_names(place: Place, name: str) -> None:
    assert place_name(place) == name


def test_each_country_lies_in_one_region() -> None:
    assert len(_REGION_OF) == sum(len(codes.split()) for codes in _REGIONS.values())
    assert [region_of(Place("x", None, code)) for code in ("SK", "CA", "ZA", "ZZ")] == [
        "Europe",
        "North America",
        "Africa",
        "other regions",
    ]
