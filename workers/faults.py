"""Saying what went wrong without repeating what it went wrong with: an error's own words may hold
an address or a link, and logs must not."""

import traceback
from pathlib import PurePath


def kind_and_place(error: BaseException) -> str:
    """“KeyError at members.py:42 in invited”: the innermost place."""
    places = traceback.extract_tb(error.__traceback__)
    if not places:
        return type(error).__name__
    place = places[-1]
    return (
        f"{type(error).__name__} at {PurePath(place.filename).name}:{place.lineno} in {place.name}"
    )
