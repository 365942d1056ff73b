"""A new account of the network team."""

from wtforms import RadioField, SelectMultipleField, StringField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from events_service.translation import lazy_gettext as _
from events_service.web.forms.address import AddressField, AddressForm
from events_service.web.forms.choices import LONG_NAME, short_line

ROLES = {"organiser": _("Organiser"), "staff": _("Staff"), "administrator": _("Administrator")}
ROLE_HINTS = {
    "organiser": _("Works on the series granted below, and on no other."),
    "staff": _("Works on every series, on follow-up and letters, and reads the mailbox."),
    "administrator": _("As staff, and decides who has an account."),
}


class AccountForm(AddressForm):
    name = StringField(
        _("Name"),
        [InputRequired(_("Enter the name that colleagues see")), *short_line(LONG_NAME)],
    )
    address = AddressField(
        _("E-mail address"),
        [InputRequired(_("Enter the e-mail address"))],
        description=_("Sign-in links are sent here."),
    )
    role = RadioField(_("Role"), [InputRequired(_("Choose a role"))])
    series = SelectMultipleField(
        _("Series granted to an organiser"),
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
