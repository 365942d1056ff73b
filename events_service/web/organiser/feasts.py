"""Holidays and feasts that an event's days fall on, in a sentence each."""

from collections.abc import Iterable
from datetime import date, timedelta

from events_service.domain.scheduling.feasts import Feast, feasts_on
from events_service.domain.scheduling.local_time import days_between
from events_service.letters.dates import day as day_in_words
from events_service.model import Event
from events_service.translation import gettext as _
from events_service.translation import said


def feast_sentences(event: Event, by: timedelta = timedelta()) -> list[str]:
    """What the days of an event, `by` later, fall on."""
    days = days_between(event.starts_on + by, event.ends_on + by)
    return sentences(feasts_on(event.city.country, days))


def sentences(feasts: Iterable[Feast]) -> list[str]:
    """“Friday 7 May 2027 is Ascension Day, a public holiday in Sweden.”"""
    return [sentence(one.day, one) for one in feasts]


def sentence(day: date, feast: Feast) -> str:
    if not feast.country:
        return _("%(day)s is %(feast)s.", day=day_in_words(day), feast=said(feast.name))
    return _(
        "%(day)s is %(feast)s, a public holiday in %(country)s.",
        day=day_in_words(day),
        feast=said(feast.name),
        country=feast.country,
    )
