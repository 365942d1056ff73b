"""The calendars behind `feasts`: those of all countries, and one of feasts kept everywhere."""

from datetime import date
from functools import lru_cache

from holidays import country_holidays
from holidays.calendars.julian import JULIAN_CALENDAR
from holidays.groups.christian import ChristianHolidays
from holidays.groups.hebrew import HebrewCalendarHolidays
from holidays.groups.hindu import HinduCalendarHolidays
from holidays.groups.islamic import IslamicHolidays
from holidays.holiday_base import HolidayBase

from events_service.translation import SOURCE, speaking
from events_service.translation import gettext as _


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
        self._add_good_friday(_("Good Friday"))
        self._add_easter_sunday(_("Easter Sunday"))
        self._add_good_friday(_("Orthodox Good Friday"), JULIAN_CALENDAR)
        self._add_easter_sunday(_("Orthodox Easter Sunday"), JULIAN_CALENDAR)
        self._add_christmas_eve(_("Christmas Eve"))
        self._add_christmas_day(_("Christmas Day"))
        self._add_christmas_day(_("Orthodox Christmas Day"), JULIAN_CALENDAR)
        self._add_passover(_("Passover"), range(2))
        self._add_rosh_hashanah(_("Rosh Hashanah"), range(2))
        self._add_yom_kippur(_("Yom Kippur"))
        self._add_eid_al_fitr_day(_("Eid al-Fitr"))
        self._add_eid_al_fitr_day_two(_("Eid al-Fitr, second day"))
        self._add_eid_al_adha_day(_("Eid al-Adha"))
        self._add_eid_al_adha_day_two(_("Eid al-Adha, second day"))
        self._add_diwali_india(_("Diwali"))


@lru_cache(maxsize=64)
def great_feasts(year: int) -> dict[date, str]:
    """The names of each day's feasts, joined by a semicolon. In English, like those of the
    library; pages say them in the language of their reader."""
    with speaking(SOURCE):
        return dict(GreatFeasts(year).items())


@lru_cache(maxsize=256)
def public_holidays(country: str, year: int) -> dict[date, str]:
    """In English where the library has it; none for a country that it does not know."""
    try:
        return dict(country_holidays(country, years=year, language="en_US").items())
    except NotImplementedError:
        return {}
