"""Fields that staff fill in again and again: a day, a person, a line of text."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from wtforms import DateField, SelectField, ValidationError
from wtforms.validators import InputRequired, Length, Regexp

from events_service.model import Account
from events_service.translation import lazy_gettext

FIRST_DAY, LAST_DAY = date(2020, 1, 1), date(2100, 12, 31)
LONGEST_NAME = 200
ONE_LINE = Regexp(r"^[^\r\n]*$", message=lazy_gettext("Write this on one line"))


class DayField(DateField):
    """A day that somebody plans with."""

    def __init__(self, label: str, **given: Any) -> None:
        super().__init__(label, [InputRequired("Enter a day")], **given)

    @property
    def day(self) -> date:
        """The day, once the form is valid."""
        assert self.data is not None
        return self.data

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError("Enter a day that exists, as year-month-day") from None

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        del form
        if not validation_stopped and self.data and not FIRST_DAY <= self.data <= LAST_DAY:
            raise ValidationError(f"Enter a day from {FIRST_DAY.year} to {LAST_DAY.year}")


class OneOf(SelectField):
    """One of a list, by number."""

    def __init__(self, label: str, **given: Any) -> None:
        super().__init__(label, coerce=int, **given)

    def pre_validate(self, form: Any) -> None:
        try:
            super().pre_validate(form)
        except ValidationError:
            raise ValidationError("Choose one from the list") from None


def within(longest: int, what: str) -> list[Any]:
    """One line of at most `longest` characters; `what` as in "the name". For the network team."""
    return [Length(max=longest, message=f"Shorten {what} to {longest} characters"), ONE_LINE]


def short_line(message: str) -> list[Any]:
    """One line, no longer than names are; else the `message`."""
    return [Length(max=LONGEST_NAME, message=message), ONE_LINE]


def owners(accounts: Iterable[Account], *also: Account | None) -> list[tuple[int, str]]:
    """Whom something can be given to; `also` who has it now, though they may have left."""
    named = {one.id: one.name for one in (*accounts, *filter(None, also))}
    return list(named.items())
