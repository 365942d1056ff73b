"""Days, ranges, hours and lists as each language writes them. NBSP is shown as _ here."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from functools import partial
from zoneinfo import ZoneInfo

import pytest

from events_service.letters import dates
from events_service.translation import LANGUAGES, speaking


def on(day: int, month: int = 6, year: int = 2027) -> date:
    return date(year, month, day)


NEW_YEAR = on(30, 12), on(2, 1, 2028)
DEADLINE = datetime(2027, 5, 14, 16, tzinfo=UTC)

TABLE: list[tuple[Callable[[], str], dict[str, str]]] = [
    (
        partial(dates.plain_day, on(1)),
        {"en": "1_June 2027", "fr": "1er_juin 2027", "sv": "1_juni 2027", "sk": "1._júna 2027"},
    ),
    (
        partial(dates.day, on(3)),
        {
            "en": "Thursday 3_June 2027",
            "fr": "jeudi 3_juin 2027",
            "sv": "torsdag 3_juni 2027",
            "sk": "štvrtok 3._júna 2027",
        },
    ),
    (
        partial(dates.day_heading, on(1)),
        {
            "en": "Tuesday 1_June",
            "fr": "Mardi 1er_juin",
            "sv": "Tisdag 1_juni",
            "sk": "Utorok 1._júna",
        },
    ),
    (
        partial(dates.date_range, on(1), on(3)),
        {
            "en": "1_–_3_June 2027",
            "fr": "du 1er au 3_juin 2027",
            "sv": "1–3_juni 2027",
            "sk": "1._–_3._júna 2027",
        },
    ),
    (
        partial(dates.date_range, on(30), on(2, 7)),
        {
            "en": "30_June_– 2_July 2027",
            "fr": "du 30_juin au 2_juillet 2027",
            "sv": "30_juni–2_juli 2027",
            "sk": "30._júna_– 2._júla 2027",
        },
    ),
    (
        partial(dates.date_range, *NEW_YEAR),
        {
            "en": "30_December 2027_– 2_January 2028",
            "fr": "du 30_décembre 2027 au 2_janvier 2028",
            "sv": "30_december 2027–2_januari 2028",
            "sk": "30._decembra 2027_– 2._januára 2028",
        },
    ),
    (
        partial(dates.weekday_range, on(1), on(3)),
        {
            "en": "Tuesday_1 to Thursday 3_June 2027",
            "fr": "du mardi_1er au jeudi 3_juin 2027",
            "sv": "tisdag_1 till torsdag 3_juni 2027",
            "sk": "od utorka_1. do štvrtka 3._júna 2027",
        },
    ),
    (
        partial(dates.weekday_range, on(30), on(2, 7)),
        {
            "en": "Wednesday 30_June to Friday 2_July 2027",
            "fr": "du mercredi 30_juin au vendredi 2_juillet 2027",
            "sv": "onsdag 30_juni till fredag 2_juli 2027",
            "sk": "od stredy 30._júna do piatka 2._júla 2027",
        },
    ),
    (
        partial(dates.weekday_range, *NEW_YEAR),
        {
            "en": "Thursday 30_December 2027 to Sunday 2_January 2028",
            "fr": "du jeudi 30_décembre 2027 au dimanche 2_janvier 2028",
            "sv": "torsdag 30_december 2027 till söndag 2_januari 2028",
            "sk": "od štvrtka 30._decembra 2027 do nedele 2._januára 2028",
        },
    ),
    (
        partial(dates.days_list, [on(1), on(3), on(5)]),
        {
            "en": "1, 3 and 5_June 2027",
            "fr": "1er, 3 et 5_juin 2027",
            "sv": "1, 3 och 5_juni 2027",
            "sk": "1., 3. a 5._júna 2027",
        },
    ),
    (
        partial(dates.days_list, [on(1), on(2), on(3), on(5)]),
        {
            "en": "1_–_3 and 5_June 2027",
            "fr": "du 1er au 3 et le_5_juin 2027",
            "sv": "1–3 och 5_juni 2027",
            "sk": "1._–_3. a_5._júna 2027",
        },
    ),
    (
        partial(dates.days_list, [on(30), on(1, 7), on(5, 7)]),
        {
            "en": "30_June_– 1 and 5_July 2027",
            "fr": "du 30_juin au 1er et le_5_juillet 2027",
            "sv": "30_juni–1 och 5_juli 2027",
            "sk": "30._júna_– 1. a_5._júla 2027",
        },
    ),
    (
        partial(dates.days_list, [on(31, 12), on(2, 1, 2028)]),
        {
            "en": "31_December 2027 and 2_January 2028",
            "fr": "31_décembre 2027 et 2_janvier 2028",
            "sv": "31_december 2027 och 2_januari 2028",
            "sk": "31._decembra 2027 a_2._januára 2028",
        },
    ),
    (
        partial(dates.clock_range, time(9), time(17, 30)),
        {"en": "09:00_–_17:30", "fr": "09:00_–_17:30", "sv": "09:00–17:30", "sk": "9:00_–_17:30"},
    ),
    (
        partial(dates.moment, DEADLINE, ZoneInfo("Europe/Bratislava")),
        {
            "en": "Friday 14_May 2027, 18:00",
            "fr": "vendredi 14_mai 2027 à_18:00",
            "sv": "fredag 14_maj 2027 kl._18:00",
            "sk": "piatok 14._mája 2027 o_18:00",
        },
    ),
    (
        partial(dates.and_list, ["Paris", "Dijon", "Cernay"]),
        {
            "en": "Paris, Dijon and Cernay",
            "fr": "Paris, Dijon et Cernay",
            "sv": "Paris, Dijon och Cernay",
            "sk": "Paris, Dijon a Cernay",
        },
    ),
]


@pytest.mark.parametrize(("write", "written"), TABLE, ids=lambda one: getattr(one, "func", one))
def test_as_each_language_writes_it(write: Callable[[], str], written: dict[str, str]) -> None:
    assert {language: _in(language, write) for language in LANGUAGES} == written


def _in(language: str, write: Callable[[], str]) -> str:
    with speaking(language):
        return write().replace("\u00a0", "_")
