"""One mail address."""

from wtforms import EmailField
from wtforms.validators import InputRequired, ValidationError

from events_service.domain.addresses import NotAnAddress, normalise
from events_service.translation import lazy_gettext
from events_service.web.forms import PageForm


class AddressForm(PageForm):
    address = EmailField(
        lazy_gettext("Your e-mail address"),
        [InputRequired(lazy_gettext("Enter your e-mail address"))],
    )

    def validate_address(self, field: EmailField) -> None:
        try:
            field.data = normalise(field.data or "")
        except NotAnAddress as problem:
            raise ValidationError(str(problem)) from None
