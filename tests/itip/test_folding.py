from hypothesis import given
from hypothesis import strategies as st

from events_service.itip.folding import fold, unfold


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n"))))
def test_folding_loses_nothing_and_splits_no_character(texts: list[str]) -> None:
    content = "".join(f"X{text}\r\n" for text in texts).encode()
    folded = fold(content)
    assert unfold(folded) == content
    for line in folded.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()


def test_a_line_of_the_limit_stays_whole_and_a_longer_one_is_folded() -> None:
    assert fold(b"x" * 75 + b"\r\n") == b"x" * 75 + b"\r\n"
    assert fold(b"x" * 150 + b"\r\n") == b"\r\n ".join([b"x" * 75, b"x" * 74, b"x"]) + b"\r\n"
