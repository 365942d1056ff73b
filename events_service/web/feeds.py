"""Calendars as answers: made once for a state, kept while that lasts, sent if the asker lacks them.

What a calendar is made from has a fingerprint, which is read before a kept one is sent. What
everybody may see was found true 0.3 seconds before at most, as with events' pages.
"""

import hashlib
import time
import zlib
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from flask import Response, current_app, request
from werkzeug.http import is_resource_modified

from events_service.itip.feeds import FeedEntry, calendar_feed, calendar_file
from events_service.letters.sender import Sender, sender_in
from events_service.translation import current_language
from events_service.web.context import settings
from events_service.web.shelf import Shelf

RECHECK = 0.3  # seconds
KEEP = 600  # seconds after which a feed is made anew in any case: a city may have a new name
CAPACITY = 4 * 1024 * 1024  # bytes of feeds in a process, compressed
CALENDAR = "text/calendar; charset=utf-8"
FASTEST = 1  # of zlib: calendars repeat themselves so much that more work gains little


@dataclass(slots=True)
class KeptFeed:
    compressed: bytes
    etag: str
    changed_at: datetime
    fingerprint: tuple[Any, ...]
    made_at: float
    found_true_at: float


def found_true_lately(key: Hashable) -> KeptFeed | None:
    """The kept feed, if nothing need be asked; only for what everybody may see."""
    feed = _shelf().get((key, current_language()))
    return feed if feed and time.monotonic() - feed.found_true_at < RECHECK else None


def kept_feed(
    key: Hashable,
    fingerprint: tuple[Any, ...],
    name: str,
    entries: Callable[[], Sequence[FeedEntry]],
    *,
    since: datetime | None = None,
) -> KeptFeed:
    """The feed as it stands, in the language spoken. `entries` are read when it is not kept;
    `since`: when there first was such a feed, for one that may have no entry or lose some."""
    shelf, key = _shelf(), (key, current_language())
    if found := _found(shelf, key, fingerprint):
        return found
    with shelf.making(key):
        if found := _found(shelf, key, fingerprint):
            return found
        told = entries()
        return shelf.put(key, _made(calendar_feed(name, told), told, fingerprint, since))


def single_file(entries: Sequence[FeedEntry]) -> KeptFeed:
    """A calendar to take in once, which is not kept. It has an entry at least."""
    return _made(calendar_file(entries), entries, (), None)


def sent(feed: KeptFeed, *, private: bool = False, filename: str = "") -> Response:
    """The calendar, or 304 to a program that has it."""
    etag = f'"{feed.etag}"'
    lacks_it = is_resource_modified(request.environ, etag, last_modified=feed.changed_at)
    body = zlib.decompress(feed.compressed) if lacks_it else b""
    response = Response(body, 200 if lacks_it else 304, content_type=CALENDAR)
    response.headers["ETag"] = etag
    response.last_modified = feed.changed_at
    response.headers["Cache-Control"] = "private, no-cache" if private else "no-cache"
    if filename:
        response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def teller() -> Sender:
    """Who speaks in calendars."""
    return sender_in(settings())


def _found(
    shelf: Shelf[Hashable, KeptFeed], key: Hashable, fingerprint: tuple[Any, ...]
) -> KeptFeed | None:
    feed, moment = shelf.get(key), time.monotonic()
    if feed is None or feed.fingerprint != fingerprint or moment - feed.made_at >= KEEP:
        return None
    feed.found_true_at = moment
    return feed


def _made(
    body: bytes,
    entries: Sequence[FeedEntry],
    fingerprint: tuple[Any, ...],
    since: datetime | None,
) -> KeptFeed:
    changes = [entry.changed_at for entry in entries] + ([since] if since else [])
    etag = hashlib.blake2s(body, digest_size=12).hexdigest()
    compressed = zlib.compress(body, FASTEST)
    moment = time.monotonic()
    return KeptFeed(compressed, etag, max(changes), fingerprint, moment, moment)


def _shelf() -> Shelf[Hashable, KeptFeed]:
    extensions = current_app.extensions
    if "feeds" not in extensions:
        extensions["feeds"] = Shelf[Hashable, KeptFeed](CAPACITY)
    return cast(Shelf[Hashable, KeptFeed], extensions["feeds"])
