"""An event as letters speak of it: its facts turned into words."""

import textwrap
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from events_service.itip.days import Hours, Run, covered, run_held
from events_service.letters import dates, names
from events_service.letters.deadline import (
    Place,
    at_home,
    deadline,
    hours_at_home,
    in_a_sentence,
)
from events_service.letters.facts import (
    EventFacts,
    HoursFacts,
    InvitationFacts,
    RunFacts,
    SessionFacts,
)
from events_service.translation import gettext as _


@dataclass(frozen=True)
class Item:
    """A session, by its number. `starts` and `ends` are local wall times."""

    id: int
    held_on: date
    starts: time
    ends: time
    fold: int
    title: str
    note: str

    @property
    def hours(self) -> str:
        return dates.clock_range(self.starts, self.ends)


LONGEST_TITLE = 64  # characters in a subject; lists of mail show no more


def headline(event: EventFacts, days: Sequence[date] = (), session: str = "") -> str:
    """City, dates (of these days, if any are given) and title (of the session, if one is given)
    for a subject: what tells mails apart comes first, since titles are long. Raw: nobody makes
    links of a subject."""
    ends = event["starts_on"], event["ends_on"]
    first, last = (days[0], days[-1]) if days else map(date.fromisoformat, ends)
    title = textwrap.shorten(session or event["title"], LONGEST_TITLE, placeholder=" …")
    return f"{event['city']}, {dates.date_range(first, last)} ({title})"


@dataclass(frozen=True)
class Happening:
    """`facts` are inert for letters, raw for calendars."""

    facts: EventFacts
    public_url: str
    home: Place | None = None  # of the reader, for a second clock

    @property
    def title(self) -> str:
        return self.facts["title"]

    @property
    def city(self) -> str:
        return self.facts["city"]

    @property
    def programme(self) -> str:
        return self.facts["programme"]

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.facts["timezone"])

    @property
    def host(self) -> Place:
        return Place(self.city, self.zone)

    @cached_property
    def starts_on(self) -> date:
        return date.fromisoformat(self.facts["starts_on"])

    @cached_property
    def ends_on(self) -> date:
        return date.fromisoformat(self.facts["ends_on"])

    @cached_property
    def items(self) -> list[Item]:
        return [_item(session) for session in self.facts["sessions"]]

    @property
    def page(self) -> str:
        return f"{self.public_url}/events/{quote(self.facts['slug'])}"

    @property
    def dates(self) -> str:
        """1 – 3 June 2027"""
        return dates.date_range(self.starts_on, self.ends_on)

    @property
    def where(self) -> list[str]:
        """Venue, address and city, a line each."""
        facts = self.facts
        return where(facts["venue"], facts["venue_address"], self.city, facts["country"])

    @property
    def location(self) -> str:
        return ", ".join(self.where)

    @property
    def when(self) -> list[str]:
        """All days of the event and when the first session begins."""
        lines = [dates.weekday_range(self.starts_on, self.ends_on)]
        if self.first_start:
            clock, local = dates.clock(self.first_start.time()), self.local(self.first_start)
            lines.append(_("First session at %(clock)s, %(local)s", clock=clock, local=local))
            lines += at_home(self.first_start, self.host, self.home)
        return lines

    @cached_property
    def first_start(self) -> datetime | None:
        """When the first session begins (aware), if any is set."""
        if not self.items:
            return None
        first = min(self.items, key=lambda item: (item.held_on, item.starts))
        wall = datetime.combine(first.held_on, first.starts, tzinfo=self.zone)
        return wall.replace(fold=first.fold)

    def run(self, invitation: InvitationFacts) -> Run:
        """What an invitation stands for."""
        if "run" in invitation:
            return run_in(invitation["run"])
        return self.run_on(invitation["days"])

    def run_on(self, days: Iterable[str]) -> Run:
        """Days that an earlier release made one invitation: the agenda says their hours."""
        return run_held("daily", map(date.fromisoformat, days), None, None, self.items)

    def when_of(self, run: Run) -> list[str]:
        """The days of one invitation and its hours in local time, and on the reader's clocks."""
        lines = [dates.days_list(run.days)]
        if run.hours:
            local = self.local(datetime.combine(run.days[0], run.hours.starts, tzinfo=self.zone))
            hours = dates.clock_range(*run.hours)
            each_day = _("%(hours)s each day, %(local)s", hours=hours, local=local)
            lines.append(each_day if len(run.days) > 1 else f"{hours}, {local}")
            lines += self._hours_at_home(run.days, run.hours)
        return lines

    def _hours_at_home(self, days: Sequence[date], hours: Hours) -> list[str]:
        """A line; with its days a line where one of the two clocks changes in between."""
        days_of: dict[str, list[date]] = {}
        for day in days:
            starts, ends = (datetime.combine(day, each, tzinfo=self.zone) for each in hours)
            for line in hours_at_home(starts, ends, self.host, self.home) or [""]:
                days_of.setdefault(line, []).append(day)
        if len(days_of) == 1:
            return [line for line in days_of if line]
        return [f"{dates.days_list(those)}: {line}" for line, those in days_of.items() if line]

    def agenda(
        self, run: Run, chosen: Collection[int] | None = None
    ) -> list[tuple[str, list[Item]]]:
        """The sessions that one invitation stands for, of those the person comes to (None: all),
        under a heading a day; days without any are left out."""
        theirs = covered(run.days, run.session, chosen, self.items)
        found = [
            (dates.day_heading(day), [one for one in theirs if one.held_on == day])
            for day in run.days
        ]
        return [(heading, items) for heading, items in found if items]

    def local(self, instant: datetime) -> str:
        """Bratislava time (UTC+2)"""
        label = dates.zone_label(self.zone, instant)
        return _("%(city)s time (%(zone)s)", city=self.city, zone=label)

    def until(self, instant: str) -> str:
        """Friday 29 January 2027, 18:00 in Bratislava (12:00 in Newark)"""
        return in_a_sentence(datetime.fromisoformat(instant), self.host, self.home)

    def until_lines(self, instant: str) -> list[str]:
        """The same where it stands by itself, a line a clock."""
        return deadline(datetime.fromisoformat(instant), self.host, self.home)


def happening(shown: Mapping[str, Any], public_url: str) -> Happening:
    """The event of a letter, as a reader in its city is told of it. `shown`: the inert facts."""
    zone = shown.get("city_timezone")
    home = Place(shown["city"], ZoneInfo(zone)) if zone else None
    return Happening(shown["event"], public_url, home)


def where(venue: str, address: str, city: str, country: str) -> list[str]:
    """Venue, address and city, a line each, saying nothing twice; `country` is its code."""
    lines = [each for each in (venue, address) if each]
    if city not in address:
        lines.append(f"{city}, {names.country(country)}")
    return lines


def run_in(facts: RunFacts) -> Run:
    days = tuple(map(date.fromisoformat, facts["days"]))
    hours = _hours(facts["hours"]) if facts["hours"] else None
    return Run(days, hours, facts["session"], facts["title"])


def _hours(facts: HoursFacts) -> Hours:
    starts, ends = time.fromisoformat(facts["starts"]), time.fromisoformat(facts["ends"])
    return Hours(starts.replace(fold=facts["starts_fold"]), ends.replace(fold=facts["ends_fold"]))


def _item(session: SessionFacts) -> Item:
    return Item(
        id=session.get("number", 0),
        held_on=date.fromisoformat(session["held_on"]),
        starts=time.fromisoformat(session["starts"]),
        ends=time.fromisoformat(session["ends"]),
        fold=session["fold"],
        title=session["title"],
        note=session["note"],
    )
