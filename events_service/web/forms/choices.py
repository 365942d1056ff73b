"""Fields that staff fill in again and again: a day, a person, a line of text."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from wtforms import DateField, SelectField, ValidationError
from wtforms.validators import InputRequired, Length, Regexp

from events_service.model import Account
from events_service.translation import lazy_gettext as _

FIRST_DAY, LAST_DAY = date(2020, 1, 1), date(2100, 12, 31)
LONGEST_NAME = 200
LONG_NAME = _("Shorten the name to %(most)s characters", most=LONGEST_NAME)
LONG_ROLE = _("Shorten the role to %(most)s characters", most=LONGEST_NAME)
LONG_TITLE = _("Shorten the title to %(most)s characters", most=LONGEST_NAME)
ONE_LINE = Regexp(r"^[^\r\n]*$", message=_("Write this on one line"))


class DayField(DateField):
    """A day that somebody plans with."""

    def __init__(self, label: str, **given: Any) -> None:
        super().__init__(label, [InputRequired(_("Enter a day"))], **given)

    @property
    def day(self) -> date:
        """The day, once the form is valid."""
        assert self.data is not None
        return self.data

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("Enter a day that exists, as year-month-day")) from None

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        del form
        if not validation_stopped and self.data and not FIRST_DAY <= self.data <= LAST_DAY:
            raise ValidationError(
                _(
                    "Enter a day from %(first)s to %(last)s",
                    first=FIRST_DAY.year,
                    last=LAST_DAY.year,
                )
            )


class OneOf(SelectField):
    """One of a list, by number."""

    def __init__(self, label: str, **given: Any) -> None:
        super().__init__(label, coerce=int, **given)

    def pre_validate(self, form: Any) -> None:
        try:
            super().pre_validate(form)
        except ValidationError:
            raise ValidationError(_("Choose one from the list")) from None


def short_line(message: str) -> list[Any]:
    """One line, no longer than names are; else the `message`."""
    return [Length(max=LONGEST_NAME, message=message), ONE_LINE]


def owners(accounts: Iterable[Account], *also: Account | None) -> list[tuple[int, str]]:
    """Whom something can be given to; `also` who has it now, though they may have left."""
    named = {one.id: one.name for one in (*accounts, *filter(None, also))}
    return list(named.items())
