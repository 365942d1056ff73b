"""A focal point of a city, as the city itself types it."""

from wtforms import EmailField, StringField
from wtforms.validators import InputRequired

from events_service.web.forms.address import AddressForm
from events_service.web.forms.choices import LONGEST_NAME, within


class ContactForm(AddressForm):
    name = StringField(
        "Name",
        [InputRequired("Enter the name that letters greet"), *within(LONGEST_NAME, "the name")],
    )
    role = StringField("Role in the city (optional)", within(LONGEST_NAME, "the role"))
    address = EmailField(
        "E-mail address",
        [InputRequired("Enter the e-mail address")],
        description="Letters of the network go there, and so do links to sign in.",
    )

    @property
    def typed(self) -> tuple[str, str, str]:
        """Name, role and address, once the form is valid."""
        name, role = (" ".join((one.data or "").split()) for one in (self.name, self.role))
        return name, role, self.address.data or ""
