"""What a reader asks of a list, in its address: so that it can be kept as a bookmark and passed on.
What means nothing (any more) is left out, never refused."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from werkzeug.datastructures import MultiDict

from events_service.web.lists.kind import ListKind

ALL = "all"  # of a filter whose usual answer leaves something out
LONGEST_SEARCH = 200
LAST_PAGE = 10_000


@dataclass(frozen=True)
class Wanted:
    search: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)  # only those that were chosen
    sort: str = ""
    columns: tuple[str, ...] = ()  # none: the usual ones
    page: int = 1

    @property
    def narrowed(self) -> bool:
        return bool(self.search or self.filters)

    def args(self, **other: Any) -> dict[str, Any]:
        """For url_for, with some of it changed: args(sort="-name", page=1)."""
        one = replace(self, **other)
        kept: dict[str, Any] = {"q": one.search, **one.filters, "sort": one.sort}
        kept |= {"column": list(one.columns), "page": one.page if one.page > 1 else None}
        return {name: value for name, value in kept.items() if value}


def wanted_in(args: MultiDict[str, str], kind: ListKind[Any]) -> Wanted:
    filters = {
        one.key: given
        for one in kind.filters
        if (given := args.get(one.key, "")) and given != one.usual
    }
    chosen = set(args.getlist("column"))
    columns = tuple(one.key for one in kind.columns[1:] if one.key in chosen)
    sort = args.get("sort", "")
    return Wanted(
        search=" ".join(args.get("q", "").replace("\x00", "").split())[:LONGEST_SEARCH],
        filters=filters,
        sort=sort if sort.removeprefix("-") in kind.by_key else "",
        columns=() if columns == kind.usual_columns[1:] else columns,
        page=_page(args.get("page", "")),
    )


def _page(text: str) -> int:
    plain = text.isascii() and text.isdigit() and len(text) < 6
    return min(max(int(text), 1), LAST_PAGE) if plain else 1
