"""Names in the order in which readers of each language look for them."""

import pytest

from events_service.alphabet import alphabetical, folded
from events_service.translation import speaking

ENGLISH = [
    "Aarhus",
    "Århus",
    "Čadca",
    "Cernay",
    "Chomutov",
    "Cottbus",
    "Évry",
    "Hamburg",
    "Iași",
    "Ljubljana",
    "Łódź",
    "Malmö",
    "Örebro",
    "Orléans",
    "Šaľa",
    "Strasbourg",
    "Zielona Góra",
    "Žilina",
    "Zittau",
    "Zürich",
]
ORDER = {
    "en": ENGLISH,
    "fr": ENGLISH,
    "sv": [
        *(name for name in ENGLISH if name not in ("Århus", "Örebro", "Zürich", "Zittau")),
        "Zittau",
        "Zürich",
        "Århus",
        "Örebro",
    ],
    "sk": [
        "Aarhus",
        "Århus",
        "Cernay",
        "Cottbus",
        "Čadca",
        "Évry",
        "Hamburg",
        "Chomutov",
        "Iași",
        "Ljubljana",
        "Łódź",
        "Malmö",
        "Örebro",
        "Orléans",
        "Strasbourg",
        "Šaľa",
        "Zielona Góra",
        "Zittau",
        "Zürich",
        "Žilina",
    ],
}


@pytest.mark.parametrize("language", ORDER)
def test_each_language_has_its_alphabet(language: str) -> None:
    shuffled = sorted(ENGLISH, key=lambda name: name[::-1])
    with speaking(language):
        assert sorted(shuffled, key=alphabetical) == ORDER[language]


def test_the_control_by_code_point_accented_names_go_to_the_end() -> None:
    assert sorted(ENGLISH)[-1] == "Žilina"
    assert len({tuple(order) for order in ORDER.values()}) == 3


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("sv", ["Yb", "Üb", "Yc", "Zz", "Åa", "Äa", "Æb", "Öa", "Øb"]),
        (
            "sk",
            ["Az", "Äa", "Cz", "Ča", "Hz", "Cha", "Ia", "Oz", "Ôa", "Pa", "Sz", "Ša", "Zz", "Ža"],
        ),
        ("fr", ["Cote", "Coté", "Côte", "Côté", "Coter", "Œuf", "Oslo"]),
        ("en", ["Lo", "Ľo", "Ło", "Lp", "Straße", "Strasse", "Straz"]),
    ],
)
def test_letters_of_their_own(language: str, names: list[str]) -> None:
    with speaking(language):
        found = sorted(sorted(names, key=lambda name: name[::-1]), key=lambda n: alphabetical(n)[0])
        assert [alphabetical(name)[0] for name in found] == [
            alphabetical(name)[0] for name in names
        ]


def test_words_come_before_letters_and_punctuation_counts_for_nothing() -> None:
    names = ["Newark", "New York City", "US Department of State", "U.S. Conference of Mayors"]
    for language in ORDER:
        with speaking(language):
            assert sorted(names, key=alphabetical) == [
                "New York City",
                "Newark",
                "U.S. Conference of Mayors",
                "US Department of State",
            ]


def test_folding_to_compare_by_is_of_no_language() -> None:
    for language in ORDER:
        with speaking(language):
            assert folded(" Čadca,  {Örebro}") == "cadca orebro"
