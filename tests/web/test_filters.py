"""Numbers as pages write them."""

import pytest

from events_service.translation import speaking
from events_service.web.filters import spelt_first


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["No", "One", "Eighteen", "Ninety-nine", "A total of 1,200"]),
        ("sv", ["0", "1", "18", "99", "1\u00a0200"]),
    ],
)
def test_a_number_that_opens_a_sentence(language: str, said: list[str]) -> None:
    with speaking(language):
        assert [spelt_first(many) for many in (0, 1, 18, 99, 1200)] == said
