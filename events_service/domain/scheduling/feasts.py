"""Days on which people may not be free: public holidays of the host country, and great feasts.

Pointed out, never refused: some workshops are held on purpose on such a day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from events_service.letters.names import country as country_name

FeastKind = Literal["public_holiday", "great_feast"]


@dataclass(frozen=True)
class Feast:
    day: date
    name: str
    kind: FeastKind
    country: str = ""  # English name, of a public holiday


def feasts_on(country: str, days: Iterable[date]) -> list[Feast]:
    """What falls on these days, in order. `country` is the host's ISO 3166-1 alpha-2 code.

    A great feast that is also a public holiday there is named once.
    """
    return [feast for day in sorted(set(days)) for feast in _feasts_of(country, day)]


def _feasts_of(country: str, day: date) -> list[Feast]:
    # Here, since only organisers ask: no other process needs the calendars of all countries.
    from events_service.domain.scheduling.holiday_calendars import great_feasts, public_holidays

    public = _names(public_holidays(country, day.year), day)
    great = [name for name in _names(great_feasts(day.year), day) if name not in public]
    return [
        *(Feast(day, name, "public_holiday", country_name(country)) for name in public),
        *(Feast(day, name, "great_feast") for name in great),
    ]


def _names(holidays: dict[date, str], day: date) -> list[str]:
    """The library joins the names of one day by a semicolon."""
    return [name for name in holidays.get(day, "").split("; ") if name]
