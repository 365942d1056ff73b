"""What staff type about a city on its way in."""

from collections.abc import Iterable

from events_service.model import Account
from events_service.translation import lazy_gettext as _
from events_service.web.forms import PageForm
from events_service.web.forms.choices import DayField, OneOf, owners
from events_service.web.forms.spotlights import OWNER

NOBODY = 0


class TaskForm(PageForm):
    owner = OneOf(OWNER)
    due_on = DayField(_("Due on"))


class OwnerForm(PageForm):
    owner = OneOf(_("Who looks after the city"))


def owners_or_nobody(accounts: Iterable[Account], also: Account | None) -> list[tuple[int, str]]:
    return [(NOBODY, _("Nobody yet")), *owners(accounts, also)]
