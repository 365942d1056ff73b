"""Numbers in what is said, as each language writes them."""

import pytest

from events_service.translation import lazy_gettext, lazy_number, number, speaking

WRITTEN = [("en", "1,000"), ("fr", "1\u202f000"), ("sv", "1\u00a0000"), ("sk", "1\u00a0000")]


@pytest.mark.parametrize(("language", "written"), WRITTEN)
def test_a_thousand(language: str, written: str) -> None:
    with speaking(language):
        assert number(1000) == written


def test_a_label_writes_its_number_when_it_is_shown() -> None:
    label = lazy_gettext("%(most)s, at most", most=lazy_number(1000))
    with speaking("fr"):
        assert str(label) == "1\u202f000, at most"
    assert str(label) == "1,000, at most"
