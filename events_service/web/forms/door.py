"""What is sent at the door, by forms and by the script, read into plain values."""

import re
from collections.abc import Iterable
from datetime import date, datetime

from wtforms import HiddenField, SelectField, StringField
from wtforms.validators import InputRequired, Regexp

from events_service.domain.door.entries import CameIn, Sent, TakenBack, WalkedIn
from events_service.itip.cleaning import one_line
from events_service.translation import gettext as _
from events_service.translation import lazy_gettext
from events_service.web.forms import PageForm
from events_service.web.forms.choices import LONGEST_NAME, short_line

MOST_ENTRIES = 50  # in one request; a device sends the rest after it
UNREADABLE = lazy_gettext(
    "This entry could not be read. Load the page again and check the person in once more."
)
_KEY = re.compile(r"[0-9a-f]{32}")
_DEVICE = re.compile(r"[0-9a-f]{8}")


class EntryForm(PageForm):
    """Somebody on the list."""

    key = HiddenField(validators=[Regexp(_KEY)])
    person = HiddenField(validators=[InputRequired()])


class WalkInForm(PageForm):
    """Somebody who came without being registered."""

    key = HiddenField(validators=[Regexp(_KEY)])
    name = StringField(
        lazy_gettext("Name"),
        [
            InputRequired(lazy_gettext("Enter the person’s name")),
            *short_line(lazy_gettext("Shorten the name to %(most)s characters", most=LONGEST_NAME)),
        ],
    )
    body = SelectField(
        lazy_gettext("City or organisation"),
        [InputRequired(lazy_gettext("Choose a city or an organisation"))],
    )
    role = StringField(
        lazy_gettext("Role (optional)"),
        short_line(lazy_gettext("Shorten the role to %(most)s characters", most=LONGEST_NAME)),
    )

    def offer(self, bodies: Iterable[tuple[str, str]]) -> None:
        self.body.choices = [("", _("Choose one")), *bodies]


def came_in(form: EntryForm, day: date, now: datetime) -> CameIn | None:
    """None when a field is missing or not ours."""
    if not form.validate_on_submit():
        return None
    return CameIn(form.key.data or "", form.person.data or "", day, now)


def walked_in(form: WalkInForm, day: date, now: datetime) -> WalkedIn:
    name, role = one_line(form.name.data or ""), one_line(form.role.data or "")
    return WalkedIn(form.key.data or "", name, role, form.body.data or "", day, now)


def device_in(sent: object) -> str:
    """Which device it is, as the entries remember it."""
    name = sent.get("device") if isinstance(sent, dict) else None
    known = isinstance(name, str) and _DEVICE.fullmatch(name)
    return f"door, device {name}" if known else "door"


def entries_in(sent: object) -> list[tuple[str, Sent | None]]:
    """Entries by the id that their device gave them; None for one that can't be read."""
    entries = sent.get("entries") if isinstance(sent, dict) else None
    if not isinstance(entries, list):
        return []
    return [
        (one["id"], _entry(one))
        for one in entries[:MOST_ENTRIES]
        if isinstance(one, dict) and isinstance(one.get("id"), str)
    ]


def _entry(one: dict[str, object]) -> Sent | None:
    key = one.get("key")
    if not isinstance(key, str) or not _KEY.fullmatch(key):
        return None
    if one.get("kind") == "back":
        return TakenBack(key)
    day, came_at = _day(one.get("day")), _instant(one.get("came_at"))
    if day is None or came_at is None:
        return None
    if one.get("kind") == "in":
        return CameIn(key, _text(one.get("person")), day, came_at)
    if one.get("kind") == "walk-in":
        name, role, body = (_text(one.get(each)) for each in ("name", "role", "body"))
        return WalkedIn(key, name, role, body, day, came_at)
    return None


def _text(value: object) -> str:
    return one_line(value)[:LONGEST_NAME] if isinstance(value, str) else ""


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _instant(value: object) -> datetime | None:
    """Aware, and of a year that every zone can write."""
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    known = found is not None and found.tzinfo is not None and 1970 <= found.year <= 2200
    return found if known else None
