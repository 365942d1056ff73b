"""Who was there: the sheet's ticks, and somebody who came without being registered."""

import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from werkzeug.datastructures import MultiDict
from wtforms import SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from events_service.letters.dates import day
from events_service.translation import lazy_gettext as _
from events_service.web.forms import PageForm
from events_service.web.forms.choices import LONG_NAME, LONG_ROLE, short_line

_PERSON = re.compile(r"(member|other)-(\d{1,18})")


class Ticks(NamedTuple):
    """Days by number: of members who are registered, and of people who are not."""

    members: dict[int, set[date]]
    others: dict[int, set[date]]


def ticks(sent: MultiDict[str, str]) -> Ticks:
    """What the sheet says. `listed` names everybody on it, so that somebody whom a colleague
    added in the meantime is left alone; `there` is "member-12 2024-06-03" for each tick."""
    found = Ticks({}, {})
    for person in sent.getlist("listed"):
        match = _PERSON.fullmatch(person)
        if match:
            _of(found, match[1])[int(match[2])] = set()
    for tick in sent.getlist("there"):
        person, _, written = tick.partition(" ")
        match, when = _PERSON.fullmatch(person), _date(written)
        if match and when:
            days = _of(found, match[1]).get(int(match[2]))
            if days is not None:
                days.add(when)
    return found


def _of(found: Ticks, kind: str) -> dict[int, set[date]]:
    return found.members if kind == "member" else found.others


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


class WalkInForm(PageForm):
    body = SelectField(
        _("City or organisation"), [InputRequired(_("Choose a city or an organisation"))]
    )
    name = StringField(
        _("Name"), [InputRequired(_("Enter the person’s name")), *short_line(LONG_NAME)]
    )
    role = StringField(
        _("Role (optional)"),
        short_line(LONG_ROLE),
        description=_("As it counts in the report, for example “Deputy mayor”."),
    )
    days = SelectMultipleField(
        _("Days there"),
        [InputRequired(_("Tick at least one day"))],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def offer(self, bodies: Iterable[tuple[str, str]], days: Iterable[date]) -> None:
        self.body.choices = [("", _("Choose one")), *bodies]
        self.days.choices = [(one.isoformat(), day(one)) for one in days]
        if not self.is_submitted():
            self.days.data = [one.isoformat() for one in days]

    @property
    def chosen_days(self) -> list[date]:
        return [date.fromisoformat(one) for one in self.days.data or []]
