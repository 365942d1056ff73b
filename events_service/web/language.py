"""The language of a page: the one chosen, else that of the city whose link the reader came by, else
the browser's. The network team's own pages are in English."""

from functools import lru_cache
from typing import Any

from flask import Flask, Response, current_app, g, request
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from events_service.translation import (
    LANGUAGES,
    NAMES,
    SOURCE,
    current_language,
    speak,
)
from events_service.web.access import ROLES, rule_of
from events_service.web.came_from import city_come_from

COOKIE = "language"
LONGEST_HEADER = 200  # characters of Accept-Language that are read; browsers send far fewer
CALENDAR = ".ics"
FOR_ALL = (CALENDAR, ".pdf")  # files that are the same for every reader
TEAM = ("signing_in.", "asset", "health.")  # public, but of no language, or for the network team


def language_of_request() -> str:
    """One of LANGUAGES."""
    if _same_for_all():
        return named_in_address() or SOURCE
    return chosen() or _of_the_city() or accepted(request.headers.get("Accept-Language", ""))


def named_in_address() -> str | None:
    """A calendar is fetched by a program, which chooses no language: its address does."""
    wanted = request.args.get("lang") if request.path.endswith(CALENDAR) else None
    return wanted if wanted in LANGUAGES else None


def chosen() -> str | None:
    wanted = request.cookies.get(COOKIE)
    return wanted if wanted in LANGUAGES else None


def _of_the_city() -> str | None:
    city = city_come_from()
    return city.language if city and city.language in LANGUAGES else None


def _same_for_all() -> bool:
    """Whether this address answers in one language, whoever asks. Found once a request."""
    if "same_for_all" not in g:
        endpoint = request.endpoint or ""
        team = endpoint.startswith(TEAM) or rule_of(current_app, endpoint) in ROLES
        g.same_for_all = team or request.path.endswith(FOR_ALL)
    return bool(g.same_for_all)


def accepted(header: str) -> str:
    """What a browser's Accept-Language asks for, of what we have."""
    return _accepted(header[:LONGEST_HEADER])


@lru_cache(maxsize=1024)  # a few headers are nearly all that is ever sent
def _accepted(header: str) -> str:
    # Not its best_match(): for "en-GB, fr;q=0.5" that is French, the only one named exactly.
    for tag, quality in parse_accept_header(header, LanguageAccept):
        language = tag.partition("-")[0].lower()
        if quality > 0 and language in LANGUAGES:
            return language
    return SOURCE


def begin() -> None:
    """Before each request. A thread serves many readers, so what it spoke before comes back."""
    g.spoke_before = current_language()
    speak(language_of_request())


def say_which(response: Response) -> Response:
    if response.mimetype == "text/html" or response.status_code == 304:
        response.headers["Content-Language"] = current_language()
        if not _same_for_all():
            response.headers["Vary"] = "Accept-Language, Cookie"
    return response


def end(_error: BaseException | None) -> None:
    speak(g.get("spoke_before", SOURCE))


def this_page() -> str:
    """Where a reader comes back to after a choice: this address, if one can ask for it."""
    rule = request.url_rule
    if rule is None or "GET" not in (rule.methods or ()):
        return "/"
    return request.full_path if request.query_string else request.path


def register_language(app: Flask) -> None:
    app.before_request(begin)
    app.after_request(say_which)
    app.teardown_request(end)
    names: dict[str, Any] = {"languages_offered": NAMES, "this_page": this_page}
    app.jinja_env.globals.update(names)
