"""An event's page. It is the same for everybody, so it is made once and kept while it is true."""

from datetime import datetime
from typing import Any, cast

from flask import Response, current_app, render_template, request
from sqlalchemy.orm import Session

from events_service.alphabet import alphabetical
from events_service.db import transaction
from events_service.domain.refusals import NotFound
from events_service.queries import event_page as queries
from events_service.queries.standing import next_change, standing
from events_service.web.access import access
from events_service.web.context import now
from events_service.web.public import pages
from events_service.web.public.cache import EventPages, KeptPage
from events_service.web.public.maps import vignette_of
from events_service.web.public.programme import agenda, clocks, place_in_series


@pages.get("/events/<slug>")
@access("public")
def event(slug: str) -> Response:
    """`?clock=newark` adds the times of another city; such pages are made for one reader."""
    if "clock" in request.args:
        return _sent(_for_reader(slug, request.args["clock"]).encode(), "")
    kept = event_pages()
    page = kept.find(slug, now())
    if page is None:
        with kept.making(slug):
            page = kept.find(slug, now()) or _made(kept, slug, now())
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


def _made(kept: EventPages, slug: str, moment: datetime) -> KeptPage:
    with transaction() as db:
        found = queries.published_event(db, slug)
        if found is None:
            raise NotFound
        body = _rendered(db, found, "", moment).encode()
    return kept.keep(slug, body, found.fingerprint, next_change(found.event, moment))


def _for_reader(slug: str, city_slug: str) -> str:
    with transaction() as db:
        found = queries.published_event(db, slug)
        if found is None:
            raise NotFound
        return _rendered(db, found, city_slug, now())


def _rendered(db: Session, found: queries.EventFound, city_slug: str, moment: datetime) -> str:
    event, state = found.event, standing(found.event, moment)
    ahead = state not in ("past", "cancelled")
    cities = queries.reader_cities(db, city_slug) if ahead else []
    reader = next((city for city in cities if city.slug == city_slug), None)
    return render_template(
        "public/event.html",
        event=event,
        standing=state,
        ahead=ahead,
        vignette=vignette_of(event, found.position, ahead=state in ("open", "full")),
        label=place_in_series(found.position, event),
        closes_on=event.registration_closes_at.astimezone(event.zone).date(),
        days=agenda(event, reader),
        clocks=clocks(event, reader),
        reader=reader,
        readers=sorted(cities, key=lambda city: alphabetical(city.name)),
        related=queries.related(db, event),
        reported=found.report is not None,
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
