"""Words that a language needs otherwise than English does."""

import pytest

from events_service.domain.particulars.answers import NotAnAnswer, checked
from events_service.model import Question
from events_service.translation import gettext, ngettext, pgettext, speaking
from tests.letters.sending import letter_of


def removed(*people: str) -> str:
    with speaking("fr"):
        letter = letter_of("delegation_confirmed.changed", removed=list(people))
    return " ".join(letter.text.split())


def test_one_person_who_left_is_spoken_of_as_one() -> None:
    assert "Ne fait plus partie de la délégation : Jean. Cette personne a été prévenue" in removed(
        "Jean"
    )
    assert "Ne font plus partie de la délégation : Jean et Zoé. Ces personnes ont été" in removed(
        "Jean", "Zoé"
    )


@pytest.mark.parametrize(
    ("language", "number"), [("en", "2,000"), ("fr", "2\u202f000"), ("sk", "2\u00a0000")]
)
def test_the_longest_answer_is_a_number_as_the_language_writes_it(
    language: str, number: str
) -> None:
    with speaking(language), pytest.raises(NotAnAnswer, match=number):
        checked(Question(kind="long_text"), "x" * 2001)


@pytest.mark.parametrize("language", ["fr", "sv", "sk"])
def test_a_state_is_another_word_than_what_one_does(language: str) -> None:
    with speaking(language):
        assert pgettext("state", "Open") != gettext("Open")


def test_slovak_says_what_is_changed_in_the_accusative() -> None:
    with speaking("sk"):
        said = [gettext(f"the {what} of %(person)s") for what in ("role", "address", "assistant")]
    assert said == ["funkciu: %(person)s", "adresu: %(person)s", "asistenta: %(person)s"]


def test_two_are_not_all_two_in_slovak() -> None:
    one, several = (
        "The one place of your city is named.",
        "All %(num)s places of your city are named.",
    )
    with speaking("sk"):
        assert ngettext(one, several, 2) == "Všetky miesta vášho mesta sú obsadené (2)."
