"""Event pages kept as bytes, so that a workshop that everybody reads costs next to nothing.

A page is good while its event's fingerprint is the one it was made from and no deadline has passed
since. Fingerprints of all kept pages are read together by one small query, at most every 0.3 s a
process; so a seat that is taken shows within a second, however many pages are read.
"""

import hashlib
import threading
import time
import zlib
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

from events_service.queries.event_page import Fingerprint
from events_service.web.shelf import Shelf

RECHECK = 0.3  # seconds between two readings of the fingerprints
KEEP = 120  # seconds after which a page is made anew in any case: a partner may have a new name
CAPACITY = 8 * 1024 * 1024  # bytes of pages in a process, compressed
Variant = tuple[str, ...]  # for whom: language, and the clock beside the event's if any
Read = Callable[[Collection[str]], dict[str, Fingerprint]]


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page as it is kept: a sixth of its size, for a tenth of a millisecond at each reading."""

    compressed: bytes
    etag: str
    fingerprint: Fingerprint
    good_until: datetime | None  # by the service's clock; None: time does not change it
    made_at: float

    @property
    def body(self) -> bytes:
        return zlib.decompress(self.compressed)


class EventPages:
    """Pages by slug and by whom they are for. `read` fetches fingerprints; `tick` gives seconds
    that only go up."""

    def __init__(
        self, read: Read, *, capacity: int = CAPACITY, tick: Callable[[], float] = time.monotonic
    ) -> None:
        self._read = read
        self._tick = tick
        self._pages: Shelf[tuple[str, Variant], KeptPage] = Shelf(capacity)
        self._known: dict[str, Fingerprint] = {}
        self._checked_at = float("-inf")
        self._lock = threading.Lock()

    def find(self, slug: str, now: datetime, variant: Variant = ()) -> KeptPage | None:
        """The kept page of an event, if it still says what is true."""
        page = self._pages.get((slug, variant))
        if page is None:
            return None
        if self._tick() - self._checked_at >= RECHECK:
            self._check()
        late = page.good_until is not None and now >= page.good_until
        old = self._tick() - page.made_at >= KEEP - hash(slug) % (KEEP // 2)  # not all at once
        return None if late or old or self._known.get(slug) != page.fingerprint else page

    def making(self, slug: str, variant: Variant = ()) -> AbstractContextManager[bool]:
        """Held while a page is made."""
        return self._pages.making((slug, variant))

    def keep(
        self,
        slug: str,
        body: bytes,
        fingerprint: Fingerprint,
        good_until: datetime | None,
        variant: Variant = (),
    ) -> KeptPage:
        """Keep a page made from data at least as new as `fingerprint`. The oldest make room."""
        etag = hashlib.blake2s(body, digest_size=12).hexdigest()
        page = KeptPage(zlib.compress(body), etag, fingerprint, good_until, self._tick())
        with self._lock:
            self._known[slug] = fingerprint
            return self._pages.put((slug, variant), page)

    def _check(self) -> None:
        with self._lock:
            began = self._tick()
            if began - self._checked_at >= RECHECK:
                kept = self._pages.keys()
                self._known = self._read({slug for slug, _for_whom in kept})
                self._checked_at = began
