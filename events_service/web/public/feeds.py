"""Calendars of workshops: a feed for each series, a file for each workshop, and how to use them."""

from flask import Response, render_template

from events_service.db import transaction
from events_service.domain.feeds import feed_behind
from events_service.domain.refusals import NotFound
from events_service.queries.event_page import published_event
from events_service.queries.feeds import event_entries, published_series_feed, series_entries
from events_service.queries.public import published_series
from events_service.queries.standing import starts_at
from events_service.web.access import access
from events_service.web.context import settings
from events_service.web.feed_addresses import feed_language, series_feed_address
from events_service.web.feeds import (
    KeptFeed,
    found_true_lately,
    kept_feed,
    sent,
    single_file,
    teller,
)
from events_service.web.private_feeds import private_feed
from events_service.web.public import pages
from events_service.web.public.home import unkept


@pages.get("/series/<slug>/calendar.ics")
@access("public")
def series_feed(slug: str) -> Response:
    return sent(found_true_lately(("series", slug)) or _read(slug))


def _read(slug: str) -> KeptFeed:
    with transaction() as db:
        found = published_series_feed(db, slug)
        if found is None:
            raise NotFound
        return kept_feed(
            ("series", slug),
            found.fingerprint,
            f"{found.title} · {settings().network_name}",
            lambda: series_entries(db, found.id, teller()),
        )


@pages.get("/events/<slug>/calendar.ics")
@access("public")
def event_file(slug: str) -> Response:
    with transaction() as db:
        entries = event_entries(db, slug, teller())
    if not entries:
        raise NotFound
    return sent(single_file(entries), filename=f"{slug}.ics")


@pages.get("/calendar/<token>.ics")
@access("link")
def own_feed(token: str) -> Response:
    """A person's or an organiser's. The address is the key, so it is in no log (web/headers.py)."""
    with transaction() as db:
        feed = private_feed(db, feed_behind(db, settings().secret_key, token))
    return sent(feed, private=True)


@pages.get("/series/<slug>/calendar")
@access("public")
def series_calendar(slug: str) -> Response:
    with transaction() as db:
        series = next((one for one in published_series(db) if one.slug == slug), None)
        if series is None:
            raise NotFound
        address = series_feed_address(slug)
        return unkept(
            render_template("public/calendar.html", series=series, event=None, address=address)
        )


@pages.get("/events/<slug>/calendar")
@access("public")
def event_calendar(slug: str) -> Response:
    with transaction() as db:
        found = published_event(db, slug)
        if found is None:
            raise NotFound
        event, address = found.event, series_feed_address(found.event.series.slug)
        return unkept(
            render_template(
                "public/calendar.html",
                series=event.series,
                event=event,
                begins=starts_at(event),
                address=address,
                feed_language=feed_language(),
            )
        )
