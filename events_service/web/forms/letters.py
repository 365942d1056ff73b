"""What a person does with a letter they have read."""

from wtforms import HiddenField, TextAreaField
from wtforms.validators import InputRequired, Length

from events_service.translation import lazy_gettext as _
from events_service.web.forms import PageForm

LONGEST_WORDS = 4000


class ApproveForm(PageForm):
    read = HiddenField(validators=[InputRequired()])  # digest of the bytes that were shown


class WordsForm(PageForm):
    read = HiddenField()
    words = TextAreaField(
        _("Your own words (optional)"),
        [
            Length(
                max=LONGEST_WORDS,
                message=_("Shorten your words to %(most)s characters", most=LONGEST_WORDS),
            )
        ],
        description=_("An empty line starts a new paragraph."),
    )
