"""What staff type about a partnership."""

from collections.abc import Iterable

from events_service.model import Practice
from events_service.translation import lazy_gettext as _
from events_service.web.forms import PageForm
from events_service.web.forms.choices import DayField, OneOf

OWNER = _("Who looks after it")


class StartForm(PageForm):
    practice = OneOf(_("Practice"))
    owner = OneOf(OWNER)
    starts_on = DayField(
        _("First letter on"),
        description=_("The letter is drafted on this day and waits for a person to approve it."),
    )


class StepForm(PageForm):
    owner = OneOf(OWNER)
    due_on = DayField(_("Due on"))


def practices(found: Iterable[Practice]) -> list[tuple[int, str]]:
    return [(one.id, f"{one.city.name}: {one.title}") for one in found]
