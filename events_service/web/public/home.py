"""The series: what is next, where the workshops were, and their course."""

from flask import Response, make_response, render_template
from sqlalchemy.orm import Session

from events_service.db import transaction
from events_service.domain.refusals import NotFound
from events_service.model import Series
from events_service.queries.public import hosts, published_in, published_series, reports
from events_service.queries.standing import standing
from events_service.web.access import access
from events_service.web.context import now
from events_service.web.public import course, pages
from events_service.web.public.maps import map_of


@pages.get("/")
@access("public")
def home() -> Response:
    """The newest series in which something is published."""
    with transaction() as db:
        known = published_series(db)
        page = _series_page(db, known[0], known) if known else _nothing_yet()
    return unkept(page)


@pages.get("/series/<slug>")
@access("public")
def series(slug: str) -> Response:
    with transaction() as db:
        known = published_series(db)
        chosen = next((one for one in known if one.slug == slug), None)
        if chosen is None:
            raise NotFound
        page = _series_page(db, chosen, known)
    return unkept(page)


@pages.get("/reports")
@access("public")
def all_reports() -> Response:
    with transaction() as db:
        page = render_template("public/reports.html", reports=reports(db))
    return unkept(page)


def _series_page(db: Session, series: Series, known: list[Series]) -> str:
    events, moment = published_in(db, series.id), now()
    upcoming = course.next_event(events, moment)
    others = [one for one in known if one.id != series.id]
    hosted = hosts(db, [one.id for one in others])
    return render_template(
        "public/series.html",
        series=series,
        headline=course.headline(events),
        events=events,
        upcoming=upcoming,
        any_past=any(standing(one, moment) == "past" for one in events),
        stops=course.stops(db, events, moment),
        map=map_of(db, events, upcoming),
        others=[(one, hosted[one.id]) for one in others],
    )


def _nothing_yet() -> str:
    return render_template("public/nothing_yet.html")


def unkept(page: str) -> Response:
    """A page that holds nothing personal: a browser may keep it, and asks before it shows it."""
    response = make_response(page)
    response.cache_control.no_cache = True
    return response
