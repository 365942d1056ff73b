"""What staff type about a partnership."""

from collections.abc import Iterable

from events_service.model import Practice
from events_service.web.forms import PageForm
from events_service.web.forms.choices import DayField, OneOf

OWNER = "Who looks after it"


class StartForm(PageForm):
    practice = OneOf("Practice")
    owner = OneOf(OWNER)
    starts_on = DayField(
        "First letter on",
        description="The letter is drafted on this day and waits for a person to approve it.",
    )


class StepForm(PageForm):
    owner = OneOf(OWNER)
    due_on = DayField("Due on")


def practices(found: Iterable[Practice]) -> list[tuple[int, str]]:
    return [(one.id, f"{one.city.name}: {one.title}") for one in found]
