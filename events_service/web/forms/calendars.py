"""How an event fills calendars."""

from wtforms import RadioField
from wtforms.validators import InputRequired

from events_service.domain.scheduling.event_change import STYLES
from events_service.model.event import CalendarStyle
from events_service.web.forms import PageForm

WORDS: dict[CalendarStyle, tuple[str, str]] = {
    "daily": (
        "One entry for days that are alike",
        "It repeats daily, and one answer covers the days. A day with clearly other hours gets an "
        "entry of its own.",
    ),
    "each_day": ("One entry a day", "Each day is answered by itself."),
    "each_session": (
        "One entry a session",
        "Cities choose the sessions that each person comes to.",
    ),
    "all_day": (
        "Whole days, without hours",
        "The days are marked and no time in them is taken, so other meetings still fit.",
    ),
}
HINTS = {style: hint for style, (_, hint) in WORDS.items()}


class CalendarsForm(PageForm):
    style = RadioField(
        "How calendars are filled", [InputRequired("Choose how calendars are filled")]
    )

    @property
    def chosen(self) -> CalendarStyle:
        """The style, once the form is valid."""
        return next(style for style in STYLES if style == self.style.data)


def calendars_form(now: CalendarStyle) -> CalendarsForm:
    """The form, filled from what was posted, else with the style as it is."""
    form = CalendarsForm(data={"style": now})
    form.style.choices = [(style, WORDS[style][0]) for style in STYLES]
    return form
