"""One mail address."""

from contextlib import suppress

from wtforms import EmailField
from wtforms.validators import InputRequired, ValidationError

from events_service.domain.addresses import NotAnAddress, normalise
from events_service.itip.addresses import AddressNotSendable, readable, sendable
from events_service.translation import lazy_gettext
from events_service.web.forms import PageForm


class AddressField(EmailField):
    """Shows a domain in its own letters, and takes it so; what is no address stays as typed."""

    def _value(self) -> str:
        return readable(self.data or "")

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        typed = (self.data or "").strip()
        if not typed.isascii():
            with suppress(AddressNotSendable):
                self.data = sendable(typed)


class AddressForm(PageForm):
    address = AddressField(
        lazy_gettext("Your e-mail address"),
        [InputRequired(lazy_gettext("Enter your e-mail address"))],
    )

    def validate_address(self, field: EmailField) -> None:
        try:
            field.data = normalise(field.data or "")
        except NotAnAddress as problem:
            raise ValidationError(str(problem)) from None
