"""Addresses that calendar programs fetch from: to copy, and to open with `webcal:`. Each names the
language in which it was given, unless that is English."""

from dataclasses import dataclass

from flask import url_for

from events_service.model import CalendarFeed
from events_service.tokens import token_for
from events_service.translation import SOURCE, current_language
from events_service.web.context import settings


@dataclass(frozen=True)
class FeedAddress:
    """`to_copy` is what most programs ask for; `to_open` opens the one that is set up here."""

    to_copy: str

    @property
    def to_open(self) -> str:
        return f"webcal:{self.to_copy.partition(':')[2]}"


def series_feed_address(slug: str) -> FeedAddress:
    return _address(url_for("public.series_feed", slug=slug, lang=feed_language()))


def private_feed_address(feed: CalendarFeed) -> FeedAddress:
    token = token_for(settings().secret_key, "feed", feed.id, feed.version)
    return _address(url_for("public.own_feed", token=token, lang=feed_language()))


def feed_language() -> str | None:
    """What `lang` of a calendar's address is on this page; None for English."""
    spoken = current_language()
    return None if spoken == SOURCE else spoken


def _address(path: str) -> FeedAddress:
    return FeedAddress(settings().public_url + path)
