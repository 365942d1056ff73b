"""An organiser's own words in letters that wait."""

from wtforms import TextAreaField
from wtforms.validators import Length

from events_service.domain.scheduling.event_change import LONGEST_WORDS
from events_service.translation import lazy_gettext as _
from events_service.web.forms import PageForm


class OwnWordsForm(PageForm):
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


def words_form(words: str) -> OwnWordsForm:
    """The form, filled from what was posted, else with the words as they are."""
    return OwnWordsForm(data={"words": words})
