"""A list as a page shows it: with the addresses that its links lead to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic

from flask import request, url_for

from events_service.web.lists.finding import Found, answer_of, find
from events_service.web.lists.kind import Column, Filter, ListKind, Row, Word
from events_service.web.lists.wanted import ALL, Wanted, wanted_in


@dataclass(frozen=True)
class ListPage(Generic[Row]):
    """`rows`: all that there are, whatever is asked for."""

    kind: ListKind[Row]
    rows: Sequence[Row]
    wanted: Wanted
    found: Found[Row]

    def href(self, endpoint: str = "", *, ticked: str = "", **other: Any) -> str:
        """This list with something else asked of it, on this page or on another."""
        values = {**(request.view_args or {}), **self.wanted.args(**other)}
        return url_for(endpoint or request.endpoint or "", **values, ticked=ticked or None)

    @property
    def here(self) -> str:
        return url_for(request.endpoint or "", **(request.view_args or {}))

    @property
    def sorted_column(self) -> Column[Row]:
        sort = (self.wanted.sort or self.kind.usual_sort).removeprefix("-")
        return self.kind.by_key[sort]

    def sorted_by(self, column: Column[Row]) -> str:
        """For aria-sort."""
        sort = self.wanted.sort or self.kind.usual_sort
        if sort.removeprefix("-") != column.key:
            return "none"
        return "descending" if sort.startswith("-") else "ascending"

    def sorting(self, column: Column[Row]) -> str:
        """Where the heading of a column leads: pressing it again turns the order round."""
        turned = self.sorted_by(column) == "ascending"
        return self.href(sort=("-" if turned else "") + column.key, page=1)

    def choices(self, one: Filter[Row]) -> Sequence[tuple[Word, bool]]:
        """Each answer of a filter, and whether it is the one that counts."""
        every = (ALL if one.usual else "", one.every)
        answer = answer_of(one, self.rows, self.wanted)
        return [(word, word[0] == answer) for word in (every, *one.choices(self.rows))]

    def shows(self, column: Column[Row]) -> bool:
        return column in self.found.columns

    @property
    def hidden(self) -> Sequence[Word]:
        """What a form on the page carries along, so that it speaks of the same rows."""
        args = self.wanted.args(columns=(), page=1, sort="")
        return [(name, str(value)) for name, value in args.items()]


def list_page(kind: ListKind[Row], rows: Sequence[Row]) -> ListPage[Row]:
    """As the address of the present request asks for it."""
    wanted = wanted_in(request.args, kind)
    return ListPage(kind, rows, wanted, find(kind, rows, wanted))
