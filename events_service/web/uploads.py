"""How much may be sent: little, but for the few pages that take a file."""

from collections.abc import Callable
from typing import TypeVar

from flask import Flask, current_app, request

View = TypeVar("View", bound=Callable[..., object])
FORM = 64 * 1024  # bytes of a form around a file


def takes_file(most: int) -> Callable[[View], View]:
    """Declare that a view takes a file of that many bytes."""

    def declare(view: View) -> View:
        view.largest_file = most  # type: ignore[attr-defined]
        return view

    return declare


def _allow() -> None:
    """Before anything reads what was sent; the check of the form's token does."""
    view = current_app.view_functions.get(request.endpoint or "")
    most: int | None = getattr(view, "largest_file", None)
    if most is not None:
        request.max_content_length = most + FORM


def register_uploads(app: Flask) -> None:
    app.before_request(_allow)
