"""Numbers that people type."""

from typing import Any

from wtforms import FloatField, IntegerField

from events_service.translation import gettext as _


class WholeNumber(IntegerField):
    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("Enter a whole number, in figures")) from None


class Degrees(FloatField):
    """Degrees with a point or a comma: 59.33 or 59,33."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata([str(one).replace(",", ".") for one in valuelist])
        except ValueError:
            raise ValueError(_("Enter degrees in figures, like 59.33")) from None
