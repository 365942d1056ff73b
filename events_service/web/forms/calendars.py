"""How an event fills calendars."""

from wtforms import RadioField
from wtforms.validators import InputRequired

from events_service.domain.scheduling.event_change import STYLES
from events_service.model.event import CalendarStyle
from events_service.translation import lazy_gettext as _
from events_service.web.forms import PageForm

WORDS: dict[CalendarStyle, tuple[str, str]] = {
    "daily": (
        _("One entry for days that are alike"),
        _(
            "It repeats daily, and one answer covers the days. A day with clearly other hours gets "
            "an entry of its own."
        ),
    ),
    "each_day": (_("One entry a day"), _("Each day is answered by itself.")),
    "each_session": (
        _("One entry a session"),
        _("Cities choose the sessions that each person comes to."),
    ),
    "all_day": (
        _("Whole days, without hours"),
        _("The days are marked and no time in them is taken, so other meetings still fit."),
    ),
}
HINTS = {style: hint for style, (_, hint) in WORDS.items()}


class CalendarsForm(PageForm):
    style = RadioField(
        _("How calendars are filled"), [InputRequired(_("Choose how calendars are filled"))]
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
