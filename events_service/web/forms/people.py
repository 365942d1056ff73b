"""A new account of the network team."""

from wtforms import EmailField, RadioField, SelectMultipleField, StringField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from events_service.web.forms.address import AddressForm
from events_service.web.forms.choices import LONGEST_NAME, within

ROLES = {"organiser": "Organiser", "staff": "Staff", "administrator": "Administrator"}
ROLE_HINTS = {
    "organiser": "Works on the series granted below, and on no other.",
    "staff": "Works on every series, on follow-up and letters, and reads the mailbox.",
    "administrator": "As staff, and decides who has an account.",
}


class AccountForm(AddressForm):
    name = StringField(
        "Name",
        [InputRequired("Enter the name that colleagues see"), *within(LONGEST_NAME, "the name")],
    )
    address = EmailField(
        "E-mail address",
        [InputRequired("Enter the e-mail address")],
        description="Sign-in links are sent here.",
    )
    role = RadioField("Role", [InputRequired("Choose a role")])
    series = SelectMultipleField(
        "Series granted to an organiser",
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
