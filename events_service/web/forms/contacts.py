"""A focal point of a city, as the city itself types it."""

from wtforms import StringField
from wtforms.validators import InputRequired

from events_service.translation import lazy_gettext as _
from events_service.web.forms.address import AddressField, AddressForm
from events_service.web.forms.choices import LONGEST_NAME, short_line


class ContactForm(AddressForm):
    name = StringField(
        _("Name"),
        [
            InputRequired(_("Enter the name that letters greet")),
            *short_line(_("Shorten the name to %(most)s characters", most=LONGEST_NAME)),
        ],
    )
    role = StringField(
        _("Role in the city (optional)"),
        short_line(_("Shorten the role to %(most)s characters", most=LONGEST_NAME)),
    )
    address = AddressField(
        _("E-mail address"),
        [InputRequired(_("Enter the e-mail address"))],
        description=_("Letters of the network go there, and so do links to sign in."),
    )

    @property
    def typed(self) -> tuple[str, str, str]:
        """Name, role and address, once the form is valid."""
        name, role = (" ".join((one.data or "").split()) for one in (self.name, self.role))
        return name, role, self.address.data or ""
