"""Why a city can't come."""

from wtforms import TextAreaField
from wtforms.validators import Length

from events_service.domain.registration.declining import LONGEST_REASON
from events_service.translation import lazy_gettext as _
from events_service.translation import lazy_number
from events_service.web.forms import PageForm


class DecliningForm(PageForm):
    reason = TextAreaField(
        _("Reason (optional)"),
        [
            Length(
                max=LONGEST_REASON,
                message=_("Shorten this to %(most)s characters", most=lazy_number(LONGEST_REASON)),
            )
        ],
        description=_("The organisers read it. It helps them to choose better days next time."),
    )
