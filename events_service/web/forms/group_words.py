"""An organiser's own words in letters that wait in the outbox."""

from wtforms import HiddenField, TextAreaField
from wtforms.validators import Length

from events_service.domain.delivery.desk import LONGEST_WORDS
from events_service.translation import lazy_gettext as _
from events_service.web.forms import PageForm


class GroupWordsForm(PageForm):
    """`read`: what the page showed, as a hash of one letter or of all."""

    read = HiddenField()
    words = TextAreaField(
        _("Your own words (optional)"),
        [
            Length(
                max=LONGEST_WORDS,
                message=_("Shorten your words to %(most)s characters", most=f"{LONGEST_WORDS:,}"),
            )
        ],
        description=_(
            "They stand above the details of the letter. An empty line starts a new paragraph."
        ),
    )


def group_form(read: str, words: str) -> GroupWordsForm:
    """The form, filled from what was posted, else with the words as they are."""
    return GroupWordsForm(data={"read": read, "words": words})
