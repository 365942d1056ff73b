"""Why a city can't come."""

from wtforms import TextAreaField
from wtforms.validators import Length

from events_service.domain.registration.declining import LONGEST_REASON
from events_service.web.forms import PageForm


class DecliningForm(PageForm):
    reason = TextAreaField(
        "Reason (optional)",
        [Length(max=LONGEST_REASON, message=f"Shorten this to {LONGEST_REASON:,} characters")],
        description="The organisers read it. It helps them to choose better days next time.",
    )
