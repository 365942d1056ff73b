"""What a person does with a letter they have read."""

from wtforms import HiddenField, TextAreaField
from wtforms.validators import InputRequired, Length

from events_service.web.forms import PageForm

LONGEST_WORDS = 4000


class ApproveForm(PageForm):
    read = HiddenField(validators=[InputRequired()])  # digest of the bytes that were shown


class WordsForm(PageForm):
    read = HiddenField()
    words = TextAreaField(
        "Your own words (optional)",
        [Length(max=LONGEST_WORDS, message=f"Shorten your words to {LONGEST_WORDS} characters")],
        description="An empty line starts a new paragraph.",
    )
