"""Words of staff in place of a drafted part."""

import re

from wtforms import TextAreaField
from wtforms.validators import Length

from events_service.domain.reporting.editing import Words
from events_service.domain.reporting.facts import Body
from events_service.translation import lazy_gettext as _
from events_service.translation import lazy_number
from events_service.web.forms import PageForm

LONGEST_PART = 20_000
_LENGTH = Length(
    max=LONGEST_PART,
    message=_("Shorten this to %(most)s characters", most=lazy_number(LONGEST_PART)),
)


class BlockForm(PageForm):
    paragraphs = TextAreaField(
        _("Text"), [_LENGTH], description=_("An empty line starts a new paragraph.")
    )
    items = TextAreaField(_("List"), [_LENGTH], description=_("One entry a line."))

    def show(self, body: Body) -> None:
        self.paragraphs.data = "\n\n".join(body["paragraphs"])
        self.items.data = "\n".join(body["items"])

    @property
    def words(self) -> Words:
        text = (self.paragraphs.data or "").replace("\r\n", "\n")
        return Words(
            paragraphs=_filled(re.split(r"\n[ \t]*\n", text)),
            items=_filled((self.items.data or "").splitlines()),
        )


def _filled(texts: list[str]) -> list[str]:
    """Each on one line; a no-break space stays one."""
    return [line for text in texts if (line := re.sub(r"[ \t\n]+", " ", text).strip(" "))]
