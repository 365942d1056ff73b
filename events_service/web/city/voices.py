"""Which city's pages whoever is signed in reaches. Loading is authorising."""

from flask import g

from events_service.domain.accounts.speaking import Voice
from events_service.domain.refusals import NotFound
from events_service.web.reader import comes_from


def my_voices() -> list[Voice]:
    """The cities that whoever is signed in speaks for; only in views whose rule is `city`."""
    voices: list[Voice] = g.voices
    return voices


def city_for(city_id: int) -> Voice:
    """The city, if whoever is signed in speaks for it. Loading is authorising: else NotFound."""
    found = next((voice for voice in my_voices() if voice.city.id == city_id), None)
    if found is None:
        raise NotFound
    comes_from(found.city)
    return found


def city_managed(city_id: int) -> Voice:
    """The city, if whoever is signed in is a focal point there: else NotFound."""
    voice = city_for(city_id)
    if not voice.focal_point:
        raise NotFound
    return voice
