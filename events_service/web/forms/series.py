"""A series of workshops."""

from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from events_service.web.forms import PageForm
from events_service.web.forms.choices import LONGEST_NAME, within


class SeriesForm(PageForm):
    title = StringField(
        "Title",
        [InputRequired("Enter what the series is called"), *within(LONGEST_NAME, "the title")],
        description="As it is printed, for example: Strong Towns workshops 2027.",
    )
    summary = TextAreaField(
        "In two or three sentences (optional)",
        [Length(max=1000, message="Shorten this to 1,000 characters")],
        description="Appears at the head of the series’ page.",
    )
