"""An event's page. It is made once for all readers of a language and a clock, and kept while it is
true."""

from datetime import datetime
from typing import Any, cast

from flask import Response, current_app, render_template, request
from sqlalchemy.orm import Session

from events_service.db import transaction
from events_service.domain.refusals import NotFound
from events_service.model import Event
from events_service.queries import event_page as queries
from events_service.queries.standing import next_change, standing
from events_service.web.access import access
from events_service.web.came_from import city_of_clock
from events_service.web.context import now
from events_service.web.public import pages
from events_service.web.public.cache import EventPages, KeptPage, Variant
from events_service.web.public.maps import vignette_of
from events_service.web.public.programme import agenda, clocks, elsewhere, place_in_series
from events_service.web.reader import Reader, chosen_zone, reader, variant
from events_service.web.zones import zones_of

OVER = ("past", "cancelled")


@pages.get("/events/<slug>")
@access("public")
def event(slug: str) -> Response:
    """`?clock=newark` adds the times of another city; such pages are made for one reader."""
    if "clock" in request.args:
        return _sent(_by_clock_of(slug, request.args["clock"]).encode(), "")
    kept, who = event_pages(), variant()
    page = kept.find(slug, now(), who)
    if page is None:
        with kept.making(slug, who):
            page = kept.find(slug, now(), who) or _made(kept, slug, now(), who)
    return _sent(page.body, page.etag)


def event_pages() -> EventPages:
    """The pages this process keeps."""
    extensions = current_app.extensions
    if "event_pages" not in extensions:
        extensions["event_pages"] = EventPages(_read_fingerprints)
    return cast(EventPages, extensions["event_pages"])


def _read_fingerprints(slugs: Any) -> dict[str, queries.Fingerprint]:
    with transaction() as db:
        return queries.fingerprints(db, slugs)


def _made(kept: EventPages, slug: str, moment: datetime, who: Variant) -> KeptPage:
    with transaction() as db:
        found = queries.published_event(db, slug)
        if found is None:
            raise NotFound
        cities = _cities_to_choose(db, found.event, moment)
        body = _rendered(db, found, reader(), cities, moment).encode()
    return kept.keep(slug, body, found.fingerprint, next_change(found.event, moment), who)


def _by_clock_of(slug: str, city_slug: str) -> str:
    with transaction() as db:
        found = queries.published_event(db, slug)
        if found is None:
            raise NotFound
        cities = _cities_to_choose(db, found.event, now(), city_slug)
        asked = next((city for city in cities if city.slug == city_slug), None)
        who = Reader(asked.timezone, asked.name) if asked else reader()
        return _rendered(db, found, who, cities, now())


def _cities_to_choose(
    db: Session, event: Event, moment: datetime, asked_for: str = ""
) -> list[queries.ReaderCity]:
    """Whose clocks a reader may choose; none once the event is over."""
    if standing(event, moment) in OVER:
        return []
    return queries.reader_cities(db, asked_for)


def _rendered(
    db: Session,
    found: queries.EventFound,
    who: Reader | None,
    cities: list[queries.ReaderCity],
    moment: datetime,
) -> str:
    event, state = found.event, standing(found.event, moment)
    there = elsewhere(event, who)
    return render_template(
        "public/event.html",
        event=event,
        standing=state,
        ahead=state not in OVER,
        vignette=vignette_of(event, found.position, ahead=state in ("open", "full")),
        label=place_in_series(found.position, event),
        days=agenda(event, there),
        clocks=clocks(event, there),
        reader=there,
        chosen=chosen_zone() or "",
        came_from=city_of_clock(),
        zones=zones_of(cities),
        related=queries.related(db, event),
        reported=found.report is not None,
        here=request.path,
    )


def _sent(body: bytes, etag: str) -> Response:
    """The page, or 304 to a browser that has it. It may keep the page and asks before showing."""
    if etag and request.if_none_match.contains(etag):
        response = Response(status=304)
    else:
        response = Response(body, content_type="text/html; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    if etag:
        response.headers["ETag"] = f'"{etag}"'
    return response
