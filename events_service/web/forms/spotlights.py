"""What staff type about a partnership."""

from collections.abc import Iterable

from wtforms import EmailField, HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from events_service.domain.addresses import NotAnAddress, normalise
from events_service.model import Practice
from events_service.web.forms import PageForm
from events_service.web.forms.choices import LONGEST_NAME, DayField, OneOf, within

OWNER = "Who looks after it"
LONGEST_WORDS = 4000


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


class ContactForm(PageForm):
    name = StringField(
        "Name",
        [InputRequired("Enter the name that the letter greets"), *within(LONGEST_NAME, "the name")],
    )
    role = StringField("Role in the city (optional)", within(LONGEST_NAME, "the role"))
    address = EmailField("E-mail address", [InputRequired("Enter the e-mail address")])

    def validate_address(self, field: EmailField) -> None:
        try:
            field.data = normalise(field.data or "")
        except NotAnAddress as problem:
            raise ValueError(str(problem)) from None


class WordsForm(PageForm):
    read = HiddenField()  # digest of the letter that the person has before them
    words = TextAreaField(
        "Your own words",
        [Length(max=LONGEST_WORDS, message=f"Shorten your words to {LONGEST_WORDS} characters")],
        description="They follow the letter’s opening. An empty line starts a new paragraph.",
    )


def practices(found: Iterable[Practice]) -> list[tuple[int, str]]:
    return [(one.id, f"{one.city.name}: {one.title}") for one in found]
