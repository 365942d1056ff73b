"""Whom to write to, what is kept, how the pages can be used."""

from flask import render_template

from events_service.web.access import access
from events_service.web.context import settings
from events_service.web.public import pages


@pages.get("/contact")
@access("public")
def contact() -> str:
    return _about("contact")


@pages.get("/privacy")
@access("public")
def privacy() -> str:
    return _about("privacy")


@pages.get("/accessibility")
@access("public")
def accessibility() -> str:
    return _about("accessibility")


def _about(name: str) -> str:
    return render_template(f"public/{name}.html", address=settings().secretariat_address)
