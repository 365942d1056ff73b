"""Days on which people may not be free: public holidays of the host country, and great feasts.

Pointed out, never refused: some workshops are held on purpose on such a day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from babel import Locale
from holidays import country_holidays
from holidays.calendars.julian import JULIAN_CALENDAR
from holidays.groups.christian import ChristianHolidays
from holidays.groups.hebrew import HebrewCalendarHolidays
from holidays.groups.hindu import HinduCalendarHolidays
from holidays.groups.islamic import IslamicHolidays
from holidays.holiday_base import HolidayBase

FeastKind = Literal["public_holiday", "great_feast"]


@dataclass(frozen=True)
class Feast:
    day: date
    name: str
    kind: FeastKind
    country: str = ""  # English name, of a public holiday


class GreatFeasts(
    HolidayBase,
    ChristianHolidays,
    HebrewCalendarHolidays,
    HinduCalendarHolidays,
    IslamicHolidays,
):
    """Feasts that delegates keep wherever they come from. Jewish days begin on the evening before;
    days of the Islamic calendar follow the sighting of the moon, so theirs are expected ones."""

    country = "XX"

    def __init__(self, years: int) -> None:
        ChristianHolidays.__init__(self)
        HebrewCalendarHolidays.__init__(self)
        HinduCalendarHolidays.__init__(self, show_estimated=False)
        IslamicHolidays.__init__(self, show_estimated=False)
        super().__init__(years=years)

    def _populate_public_holidays(self) -> None:
        self._add_good_friday("Good Friday")
        self._add_easter_sunday("Easter Sunday")
        self._add_good_friday("Orthodox Good Friday", JULIAN_CALENDAR)
        self._add_easter_sunday("Orthodox Easter Sunday", JULIAN_CALENDAR)
        self._add_christmas_eve("Christmas Eve")
        self._add_christmas_day("Christmas Day")
        self._add_christmas_day("Orthodox Christmas Day", JULIAN_CALENDAR)
        self._add_passover("Passover", range(2))
        self._add_rosh_hashanah("Rosh Hashanah", range(2))
        self._add_yom_kippur("Yom Kippur")
        self._add_eid_al_fitr_day("Eid al-Fitr")
        self._add_eid_al_fitr_day_two("Eid al-Fitr, second day")
        self._add_eid_al_adha_day("Eid al-Adha")
        self._add_eid_al_adha_day_two("Eid al-Adha, second day")
        self._add_diwali_india("Diwali")


@lru_cache(maxsize=64)
def _great_feasts(year: int) -> dict[date, str]:
    return dict(GreatFeasts(year).items())


@lru_cache(maxsize=256)
def _public_holidays(country: str, year: int) -> dict[date, str]:
    """In English where the library has it; none for a country that it does not know."""
    try:
        return dict(country_holidays(country, years=year, language="en_US").items())
    except NotImplementedError:
        return {}


def country_name(country: str) -> str:
    """The English name of an ISO 3166-1 alpha-2 code; the code itself when it is unknown."""
    return str(Locale("en", "GB").territories.get(country, country))


def feasts_on(country: str, days: Iterable[date]) -> list[Feast]:
    """What falls on these days, in order. `country` is the host's ISO 3166-1 alpha-2 code.

    A great feast that is also a public holiday there is named once.
    """
    return [feast for day in sorted(set(days)) for feast in _feasts_of(country, day)]


def _feasts_of(country: str, day: date) -> list[Feast]:
    public = _names(_public_holidays(country, day.year), day)
    great = [name for name in _names(_great_feasts(day.year), day) if name not in public]
    return [
        *(Feast(day, name, "public_holiday", country_name(country)) for name in public),
        *(Feast(day, name, "great_feast") for name in great),
    ]


def _names(holidays: dict[date, str], day: date) -> list[str]:
    """The library joins the names of one day by a semicolon."""
    return [name for name in holidays.get(day, "").split("; ") if name]
