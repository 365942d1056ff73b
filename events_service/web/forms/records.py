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
from events_service.translation import lazy_gettext as _
from events_service.translation import lazy_number
from events_service.web.forms import PageForm
from events_service.web.forms.choices import (
    LONG_NAME,
    LONG_ROLE,
    LONG_TITLE,
    LONGEST_NAME,
    OneOf,
    short_line,
)

LONGEST_TEXT = 6000
MOST = lazy_number(LONGEST_TEXT)
AUDIENCES = [
    ("mayors", _("Mayors and cities")),
    ("national", _("National governments")),
    ("network", _("The network")),
]
RULES = [
    ("chatham", _("Chatham House Rule")),
    ("city", _("By city")),
    ("name", _("By name")),
]
RULE_HINTS = {
    "chatham": _("Shown as “A participant”. Nothing in the document leads to the speaker."),
    "city": _("Shown as “A participant from …”."),
    "name": _("Shown with name, role and city."),
}
CONSENTS = [
    ("none", _("Not asked yet")),
    ("asked", _("Asked, no answer yet")),
    ("given", _("Given")),
    ("refused", _("Refused")),
    ("withdrawn", _("Withdrawn")),
]


def words(missing: str, too_long: str) -> list[object]:
    """A text that has to be there; what is said when it is not, or is too long."""
    return [InputRequired(missing), Length(max=LONGEST_TEXT, message=too_long)]


class ThemedForm(PageForm):
    """A record that may belong to one of the event's themes, or to one that is named here."""

    theme = SelectField(_("Theme (optional)"))
    new_theme = StringField(
        _("Another theme (optional)"),
        short_line(_("Shorten the theme to %(most)s characters", most=LONGEST_NAME)),
        description=_("If none fits."),
    )

    def offer_themes(self, event: Event) -> None:
        self.theme.choices = [("", _("No theme")), *((one.name, one.name) for one in event.themes)]

    @property
    def theme_name(self) -> str:
        return (self.new_theme.data or "").strip() or self.theme.data or ""


class NoteForm(ThemedForm):
    text = TextAreaField(
        _("Note"),
        words(_("Write the note"), _("Shorten the note to %(most)s characters", most=MOST)),
        description=_("Notes are drafted into the report under their theme: name nobody here."),
    )


class RecommendationForm(PageForm):
    audience = RadioField(_("Addressed to"), [InputRequired(_("Choose whom it is addressed to"))])
    text = TextAreaField(
        _("Recommendation"),
        words(
            _("Write the recommendation"),
            _("Shorten the recommendation to %(most)s characters", most=MOST),
        ),
    )

    def __init__(self, **given: object) -> None:
        super().__init__(**given)
        self.audience.choices = AUDIENCES


class NextStepForm(PageForm):
    text = TextAreaField(
        _("Next step"),
        words(
            _("Write the next step"), _("Shorten the next step to %(most)s characters", most=MOST)
        ),
        description=_("A commitment or a resource that is planned, in one sentence."),
    )


class PracticeForm(ThemedForm):
    city = OneOf(_("City"))
    title = StringField(
        _("Title"), [InputRequired(_("Give the practice a title")), *short_line(LONG_TITLE)]
    )
    challenge = TextAreaField(
        _("Challenge"),
        words(
            _("Write the challenge"), _("Shorten the challenge to %(most)s characters", most=MOST)
        ),
    )
    approach = TextAreaField(
        _("Approach"),
        words(_("Write the approach"), _("Shorten the approach to %(most)s characters", most=MOST)),
    )
    impact = TextAreaField(
        _("Impact"),
        words(_("Write the impact"), _("Shorten the impact to %(most)s characters", most=MOST)),
    )

    def offer_cities(self, cities: Iterable[City]) -> None:
        self.city.choices = [(one.id, one.name) for one in cities]


class QuoteForm(ThemedForm):
    text = TextAreaField(
        _("What was said"),
        words(
            _("Write what was said"), _("Shorten what was said to %(most)s characters", most=MOST)
        ),
        description=_("Without quotation marks. Who said it is kept apart from the words."),
    )
    speaker = StringField(
        _("Who said it"),
        [InputRequired(_("Enter who said it")), *short_line(LONG_NAME)],
        description=_(
            "Seen by those who work on this event, and shown only as the rule below says."
        ),
    )
    role = StringField(_("Their role (optional)"), short_line(LONG_ROLE))
    city = OneOf(_("Their city (optional)"))
    rule = RadioField(_("How the speaker may be shown"), default="chatham")
    consent = RadioField(_("Consent to be quoted so"), default="none")
    consent_on = DateField(_("Day of that answer (optional)"), [Optional()])
    consent_wording = TextAreaField(
        _("Wording that was agreed to (optional)"),
        [
            Length(
                max=LONGEST_TEXT, message=_("Shorten the wording to %(most)s characters", most=MOST)
            )
        ],
        description=_("What the speaker was asked, or their answer. Needed once consent is given."),
    )
    shown = BooleanField(_("Show this quote in the report"))
    rule_hints = RULE_HINTS

    def __init__(self, **given: object) -> None:
        super().__init__(**given)
        self.rule.choices = RULES
        self.consent.choices = CONSENTS

    def offer_cities(self, cities: Iterable[City]) -> None:
        self.city.choices = [(0, _("None, or not known")), *((one.id, one.name) for one in cities)]

    def validate_consent(self, field: RadioField) -> None:
        given = field.data == "given"
        if given and not (self.consent_on.data and (self.consent_wording.data or "").strip()):
            raise ValidationError(_("Enter the day on which consent was given, and its wording"))
