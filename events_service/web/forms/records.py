"""What staff write down after an event."""

from collections.abc import Iterable

from wtforms import (
    BooleanField,
    DateField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length, Optional

from events_service.model import City, Event
from events_service.web.forms import PageForm
from events_service.web.forms.choices import LONGEST_NAME, OneOf, within

LONGEST_TEXT = 6000
AUDIENCES = [
    ("mayors", "Mayors and cities"),
    ("national", "National governments"),
    ("network", "The network"),
]
RULES = [
    ("chatham", "Chatham House Rule"),
    ("city", "By city"),
    ("name", "By name"),
]
RULE_HINTS = {
    "chatham": "Shown as “A participant”. Nothing in the document leads to the speaker.",
    "city": "Shown as “A participant from …”.",
    "name": "Shown with name, role and city.",
}
CONSENTS = [
    ("none", "Not asked yet"),
    ("asked", "Asked, no answer yet"),
    ("given", "Given"),
    ("refused", "Refused"),
    ("withdrawn", "Withdrawn"),
]


def words(what: str) -> list[object]:
    """A text that has to be there; `what` as in "the note"."""
    return [
        InputRequired(f"Write {what}"),
        Length(max=LONGEST_TEXT, message=f"Shorten {what} to {LONGEST_TEXT:,} characters"),
    ]


class ThemedForm(PageForm):
    """A record that may belong to one of the event's themes, or to one that is named here."""

    theme = SelectField("Theme (optional)")
    new_theme = StringField(
        "Another theme (optional)", within(LONGEST_NAME, "the theme"), description="If none fits."
    )

    def offer_themes(self, event: Event) -> None:
        self.theme.choices = [("", "No theme"), *((one.name, one.name) for one in event.themes)]

    @property
    def theme_name(self) -> str:
        return (self.new_theme.data or "").strip() or self.theme.data or ""


class NoteForm(ThemedForm):
    text = TextAreaField(
        "Note",
        words("the note"),
        description="Notes are drafted into the report under their theme: name nobody here.",
    )


class RecommendationForm(PageForm):
    audience = RadioField("Addressed to", [InputRequired("Choose whom it is addressed to")])
    text = TextAreaField("Recommendation", words("the recommendation"))

    def __init__(self, **given: object) -> None:
        super().__init__(**given)
        self.audience.choices = AUDIENCES


class NextStepForm(PageForm):
    text = TextAreaField(
        "Next step",
        words("the next step"),
        description="A commitment or a resource that is planned, in one sentence.",
    )


class PracticeForm(ThemedForm):
    city = OneOf("City")
    title = StringField(
        "Title", [InputRequired("Give the practice a title"), *within(LONGEST_NAME, "the title")]
    )
    challenge = TextAreaField("Challenge", words("the challenge"))
    approach = TextAreaField("Approach", words("the approach"))
    impact = TextAreaField("Impact", words("the impact"))

    def offer_cities(self, cities: Iterable[City]) -> None:
        self.city.choices = [(one.id, one.name) for one in cities]


class QuoteForm(ThemedForm):
    text = TextAreaField(
        "What was said",
        words("what was said"),
        description="Without quotation marks. Who said it is kept apart from the words.",
    )
    speaker = StringField(
        "Who said it",
        [InputRequired("Enter who said it"), *within(LONGEST_NAME, "the name")],
        description="Seen by those who work on this event, and shown only as the rule below says.",
    )
    role = StringField("Their role (optional)", within(LONGEST_NAME, "the role"))
    city = OneOf("Their city (optional)")
    rule = RadioField("How the speaker may be shown", default="chatham")
    consent = RadioField("Consent to be quoted so", default="none")
    consent_on = DateField("Day of that answer (optional)", [Optional()])
    consent_wording = TextAreaField(
        "Wording that was agreed to (optional)",
        [Length(max=LONGEST_TEXT, message=f"Shorten the wording to {LONGEST_TEXT:,} characters")],
        description="What the speaker was asked, or their answer. Needed once consent is given.",
    )
    shown = BooleanField("Show this quote in the report")
    rule_hints = RULE_HINTS

    def __init__(self, **given: object) -> None:
        super().__init__(**given)
        self.rule.choices = RULES
        self.consent.choices = CONSENTS

    def offer_cities(self, cities: Iterable[City]) -> None:
        self.city.choices = [(0, "None, or not known"), *((one.id, one.name) for one in cities)]

    def validate_consent(self, field: RadioField) -> None:
        given = field.data == "given"
        if given and not (self.consent_on.data and (self.consent_wording.data or "").strip()):
            raise ValidationError("Enter the day on which consent was given, and its wording")
