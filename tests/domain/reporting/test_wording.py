"""Numbers, lists, dates and names as an editor writes them."""

from datetime import date

import pytest

from events_service.domain.reporting.wording import (
    amount,
    counted,
    curled,
    in_time,
    in_words,
    listed,
    opening_count,
    with_article,
)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "no"),
        (1, "one"),
        (9, "nine"),
        (13, "thirteen"),
        (20, "twenty"),
        (42, "forty-two"),
        (99, "ninety-nine"),
        (1200, "1,200"),
    ],
)
def test_numbers_in_words(number: int, words: str) -> None:
    assert in_words(number) == words


def test_inside_a_sentence_words_end_at_nine_and_nothing_begins_with_a_figure() -> None:
    assert [amount(9), amount(10), amount(1200)] == ["nine", "10", "1,200"]
    assert counted(1, "city", "cities") == "one city"
    assert counted(18, "city", "cities") == "18 cities"
    assert opening_count(18, "city", "cities") == "Eighteen cities"
    assert opening_count(1, "guest", "guests") == "One guest"
    assert opening_count(120, "city", "cities") == "A total of 120 cities"


@pytest.mark.parametrize(
    ("items", "text"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c"], "a, b and c"),
        (["online harms and literacy", "trust"], "online harms and literacy, and trust"),
        (["a", "b and c", "d"], "a; b and c; and d"),
        (["Columbus, Ohio", "Boise", "Dijon"], "Columbus, Ohio; Boise; and Dijon"),
    ],
)
def test_lists(items: list[str], text: str) -> None:
    assert listed(items) == text


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        ("2024-06-03", "2024-06-03", "on 3\u00a0June 2024"),
        ("2024-05-14", "2024-05-15", "on 14 and 15\u00a0May 2024"),
        ("2024-06-03", "2024-06-05", "from 3 to 5\u00a0June 2024"),
        ("2024-05-30", "2024-06-02", "from 30\u00a0May to 2\u00a0June 2024"),
        ("2024-05-31", "2024-06-01", "from 31\u00a0May to 1\u00a0June 2024"),
        ("2024-12-30", "2025-01-02", "from 30\u00a0December 2024 to 2\u00a0January 2025"),
    ],
)
def test_dates_inside_a_sentence(start: str, end: str, text: str) -> None:
    assert in_time(date.fromisoformat(start), date.fromisoformat(end)) == text


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("City of Stockholm", "the City of Stockholm"),
        ("Swedish Ministry of Justice", "the Swedish Ministry of Justice"),
        ("University of Oslo", "the University of Oslo"),
        ("Stockholm University", "Stockholm University"),
        ("Eurocities", "Eurocities"),
        ("Partners for Democratic Change Slovakia", "Partners for Democratic Change Slovakia"),
        ("The Hague Institute", "The Hague Institute"),
    ],
)
def test_names_take_an_article_where_a_reader_expects_one(name: str, written: str) -> None:
    assert with_article(name) == written


def test_straight_quotation_marks_are_set_as_printers_set_them() -> None:
    assert curled("women's leadership") == "women’s leadership"
    assert curled("residents' worry") == "residents’ worry"
    assert (
        curled("""He said: "It's 'trust', not force." """) == "He said: “It’s ‘trust’, not force.” "
    )
