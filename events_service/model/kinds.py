"""How a closed set of words is kept: as text, so that a new word needs no migration."""

from typing import Any, get_args

from sqlalchemy import Enum


def words(literal: Any) -> Enum:
    """A column type for a `Literal` of strings; a word outside it is refused on write and read."""
    return Enum(
        *get_args(literal),
        native_enum=False,
        create_constraint=False,
        length=32,
        validate_strings=True,
    )
