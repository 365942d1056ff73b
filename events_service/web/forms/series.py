"""A series of workshops."""

from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from events_service.translation import lazy_gettext as _
from events_service.translation import lazy_number
from events_service.web.forms import PageForm
from events_service.web.forms.choices import LONG_TITLE, short_line

LONGEST_SUMMARY = 1000
LONG_SUMMARY = _("Shorten this to %(most)s characters", most=lazy_number(LONGEST_SUMMARY))


class SeriesForm(PageForm):
    title = StringField(
        _("Title"),
        [InputRequired(_("Enter what the series is called")), *short_line(LONG_TITLE)],
        description=_("As it is printed, for example: Strong Towns workshops 2027."),
    )
    summary = TextAreaField(
        _("In two or three sentences (optional)"),
        [Length(max=LONGEST_SUMMARY, message=LONG_SUMMARY)],
        description=_("Appears at the head of the series’ page."),
    )
