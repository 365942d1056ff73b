"""Names in the order in which a reader of English looks for them."""

from events_service.alphabet import alphabetical


def test_accents_count_only_between_names_that_are_otherwise_equal() -> None:
    ordered = [
        "Aarhus",
        "Århus",
        "Łódź",
        "Ljubljana",
        "Malmö",
        "Newark",
        "Strasbourg",
        "The Hague",
        "Zielona Góra",
        "Žilina",
        "Zittau",
        "Zürich",
    ]
    shuffled = sorted(ordered, key=lambda name: name[::-1])
    expected = [*ordered[:2], "Ljubljana", "Łódź", *ordered[4:]]
    assert sorted(shuffled, key=alphabetical) == expected
    # The control: by code point, as the database orders, accented names go to the end.
    assert sorted(ordered)[-1] == "Žilina"


def test_words_come_before_letters_and_punctuation_counts_for_nothing() -> None:
    names = ["Newark", "New York City", "US Department of State", "U.S. Conference of Mayors"]
    assert sorted(names, key=alphabetical) == [
        "New York City",
        "Newark",
        "U.S. Conference of Mayors",
        "US Department of State",
    ]
