"""Names that addresses of pages are made of."""

import pytest
from sqlalchemy.orm import Session

from events_service.domain.naming import free_slug, slug_of, with_year, without_year
from events_service.model import City, Series


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Žilina", "zilina"),
        ("New York City", "new-york-city"),
        ("Budapest (Budavár)", "budapest-budavar"),
        ("Žilina: " + "very long words " * 9, "zilina" + "-very-long-words" * 3 + "-very"),
        ("a" * 60 + " b", "a" * 60),
        ("a" * 70, "a" * 60),
        ("東京", ""),
    ],
)
def test_a_text_becomes_whole_words_of_plain_letters(text: str, slug: str) -> None:
    assert slug_of(text) == slug


def test_a_taken_slug_gets_the_first_free_number(db: Session) -> None:
    made = []
    for wish in ("dialogue-2027", "dialogue-2027", "dialogue-2027", "dialogue", ""):
        made.append(free_slug(db, Series, wish))
        db.add(Series(slug=made[-1], title="Dialogue"))
        db.flush()
    assert made == ["dialogue-2027", "dialogue-2027-2", "dialogue-2027-3", "dialogue", "series"]
    assert free_slug(db, City, "dialogue-2027") == "dialogue-2027"


def test_years_come_and_go() -> None:
    assert without_year("stockholm-2024") == "stockholm"
    assert with_year("Workshops 2024 of the series", 2027) == "Workshops 2027 of the series"
    assert with_year("Workshops in room 20245", 2027) == "Workshops in room 20245"
