"""Built files under names that hold their content's hash, so that they can be kept for a year."""

import json
from functools import cache

from flask import Flask, Response, send_from_directory, url_for

from events_service.config import shipped
from events_service.web.access import access

YEAR = 365 * 24 * 3600


@cache
def _manifest() -> dict[str, str]:
    path = shipped("static") / "manifest.json"
    if not path.exists():
        raise RuntimeError("The assets are not built: `make run` builds them")
    names: dict[str, str] = json.loads(path.read_text())
    return names


def built_name(name: str) -> str:
    """What a built file is called today, within `static`."""
    return _manifest()[name]


def asset(name: str) -> str:
    """The address of a built file, such as `app.css`."""
    return url_for("asset", filename=built_name(name))


@access("public")
def serve(filename: str) -> Response:
    response = send_from_directory(shipped("static"), filename, max_age=YEAR)
    response.cache_control.public = True
    response.cache_control.immutable = True
    return response


def register_assets(app: Flask) -> None:
    app.add_url_rule("/assets/<path:filename>", "asset", serve)
    app.add_template_global(asset)
