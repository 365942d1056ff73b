"""What staff type about a partnership."""

from collections.abc import Iterable

from wtforms import EmailField, StringField
from wtforms.validators import InputRequired

from events_service.model import Practice
from events_service.web.forms import PageForm
from events_service.web.forms.address import AddressForm
from events_service.web.forms.choices import LONGEST_NAME, DayField, OneOf, within

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


class ContactForm(AddressForm):
    name = StringField(
        "Name",
        [InputRequired("Enter the name that the letter greets"), *within(LONGEST_NAME, "the name")],
    )
    role = StringField("Role in the city (optional)", within(LONGEST_NAME, "the role"))
    address = EmailField("E-mail address", [InputRequired("Enter the e-mail address")])


def practices(found: Iterable[Practice]) -> list[tuple[int, str]]:
    return [(one.id, f"{one.city.name}: {one.title}") for one in found]
