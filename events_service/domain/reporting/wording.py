"""Numbers, lists, dates and names as an editor writes them (British English)."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from events_service.letters.dates import day_month, plain_day

_ONES = [
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["-", "-", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ARTICLE = re.compile(
    r"^(City|Municipality|Region|University|Government) of\b"
    r"|\b(Ministry|Department|Embassy|Authority|Cent(er|re)|Institute|Organi[sz]ation|Office|Union"
    r"|Foundation|Coalition|Conference|Parliament|Agency|Commission|Council|Network|Association)\b"
)


def in_words(number: int) -> str:
    """0 to 99 in words ("twenty-one"), larger numbers in figures ("1,200")."""
    if number < 20:
        return _ONES[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return _TENS[tens] + (f"-{_ONES[ones]}" if ones else "")
    return f"{number:,}"


def amount(number: int) -> str:
    """A number inside a sentence: under ten in words."""
    return in_words(number) if number < 10 else f"{number:,}"


def counted(number: int, one: str, many: str) -> str:
    """ "one city", "three cities", "18 cities"."""
    return f"{amount(number)} {one if number == 1 else many}"


def sentence(text: str) -> str:
    """The text with a capital at its start."""
    return text[:1].upper() + text[1:]


def opening_count(number: int, one: str, many: str) -> str:
    """A count that begins a sentence: "Eighteen cities"; figures never begin one."""
    if number >= 100:
        return f"A total of {number:,} {many}"
    return sentence(f"{in_words(number)} {one if number == 1 else many}")


def listed(items: Iterable[str]) -> str:
    """ "a", "a and b", "a, b and c"; semicolons where an item has a comma or an "and" itself."""
    parts = list(items)
    if len(parts) < 2:
        return "".join(parts)
    *most, last = parts
    if not any("," in part or " and " in part for part in parts):
        return f"{', '.join(most)} and {last}"
    return f"{most[0]}, and {last}" if len(parts) == 2 else f"{'; '.join(most)}; and {last}"


def with_article(name: str) -> str:
    """ "the City of Stockholm", "the Swedish Ministry of Justice", but "Eurocities"."""
    if name.startswith(("The ", "Partners ")) or not _ARTICLE.search(name):
        return name
    return f"the {name}"


def in_time(starts_on: date, ends_on: date) -> str:
    """Dates inside a sentence: "on 3 June 2024", "on 14 and 15 May 2024",
    "from 3 to 5 June 2024", "from 30 May to 2 June 2024"."""
    if starts_on == ends_on:
        return f"on {plain_day(starts_on)}"
    if starts_on.year != ends_on.year:
        return f"from {plain_day(starts_on)} to {plain_day(ends_on)}"
    if starts_on.month != ends_on.month:
        return f"from {day_month(starts_on)} to {plain_day(ends_on)}"
    if (ends_on - starts_on).days == 1:
        return f"on {starts_on.day} and {plain_day(ends_on)}"
    return f"from {starts_on.day} to {plain_day(ends_on)}"


def once_each(names: Sequence[str]) -> list[str]:
    """The names without repetition, in their order."""
    return list(dict.fromkeys(names))


def curled(text: str) -> str:
    """Straight apostrophes and quotation marks as printers set them."""
    text = re.sub(r"(?<=\w)'|'(?=\d0s)", "’", text)
    text = re.sub(r"(^|[\s(\[–])'", r"\1‘", text).replace("'", "’")
    return re.sub(r'(^|[\s(\[–‘])"', r"\1“", text).replace('"', "”")
