import pytest
from hypothesis import given
from hypothesis import strategies as st

from events_service.letters.inert import END_OF_ISOLATE, ISOLATE, NON_JOINER, inert

NJ = NON_JOINER


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Deputy mayor, Newark", "Deputy mayor, Newark"),
        ("https://evil.example/x", f"https:{NJ}//evil.{NJ}example/x"),
        ("www.evil.example", f"www.{NJ}evil.{NJ}example"),
        ("evil.example", f"evil.{NJ}example"),
        ("boss@evil.example", f"boss{NJ}@evil.{NJ}example"),
        ("mailto:boss@evil.example", f"mailto:boss{NJ}@evil.{NJ}example"),
        (
            "09:30 – 17.30, approx. 2.5 hours, e.g. here",
            "09:30 – 17.30, approx. 2.5 hours, e.g. here",
        ),
        ("Mayor\r\nBcc: x", "Mayor Bcc: x"),
        ("exe.\u202etxt", "exe.\u202etxt".replace("\u202e", NJ)),
        ("two\u2066isolated\u2069", "twoisolated"),
        ("ראש העיר", f"{ISOLATE}ראש העיר{END_OF_ISOLATE}"),
        ("👩🏽‍⚖️ Mayor", "👩🏽‍⚖️ Mayor"),
    ],
)
def test_words_and_nothing_else(typed: str, shown: str) -> None:
    assert inert({"name": typed}) == {"name": shown}


def test_every_text_in_the_facts_is_reached_and_the_facts_stay_as_they_were() -> None:
    facts = {"event": {"sessions": [{"title": "a.example", "fold": 0}]}, "seats": 3, "none": None}
    assert inert(facts) == {
        "event": {"sessions": [{"title": f"a.{NJ}example", "fold": 0}]},
        "seats": 3,
        "none": None,
    }
    assert facts["event"] == {"sessions": [{"title": "a.example", "fold": 0}]}


def test_an_address_stays_usable_where_an_address_belongs() -> None:
    assert inert({"address": "office@newark.example.org"}) == {
        "address": "office@newark.example.org"
    }
    assert inert({"address": "https://evil.example"}) == {
        "address": f"https:{NJ}//evil.{NJ}example"
    }


def test_a_reason_keeps_its_paragraphs() -> None:
    assert inert({"words": "One.\r\nTwo."}) == {"words": "One.\nTwo."}


@given(st.text())
def test_whatever_is_typed_is_one_line_that_can_be_written(typed: str) -> None:
    shown = inert({"name": typed})["name"]
    shown.encode()
    assert shown.splitlines() in ([], [shown])
    assert "://" not in shown
