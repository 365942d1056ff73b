"""Whom to remind, and in which words."""

from collections.abc import Iterable

from wtforms import BooleanField, SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired, Length

from events_service.domain.registration.nudging import LONGEST_WORDS, is_lately
from events_service.queries.nudges import Silent
from events_service.translation import lazy_gettext as _
from events_service.translation import lazy_number
from events_service.web.context import now
from events_service.web.forms import PageForm

TOO_LONG = _("Shorten your words to %(most)s characters", most=lazy_number(LONGEST_WORDS))


class NudgeForm(PageForm):
    words = TextAreaField(
        _("Your own words (optional)"),
        [Length(max=LONGEST_WORDS, message=TOO_LONG)],
        description=_(
            "They stand at the head of each letter. An empty line starts a new paragraph."
        ),
    )
    people = SelectMultipleField(
        _("People"), [InputRequired(_("Choose at least one person"))], coerce=int
    )
    again = BooleanField(_("Write also to people who had a reminder in the last three days"))


def nudge_form(silent: Iterable[Silent]) -> NudgeForm:
    """The form, filled from what was posted, else with everybody who was not reminded lately and
    has not answered for some of their days."""
    offered = [one for one in silent if one.may_be_written_to]
    ticked = [
        one.person.member_id
        for one in offered
        if not one.person.days and not is_lately(one.nudged_at, now())
    ]
    form = NudgeForm(data={"people": ticked})
    form.people.choices = [(one.person.member_id, one.person.name) for one in offered]
    return form


def words_in(form: NudgeForm) -> str:
    return (form.words.data or "").replace("\r\n", "\n").strip()
