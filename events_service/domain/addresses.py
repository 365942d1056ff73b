"""Mail addresses as people type them."""

from functools import lru_cache

from email_validator import EmailNotValidError, validate_email

from events_service.domain.refusals import Refusal
from events_service.translation import gettext as _


class NotAnAddress(Refusal):
    """The text is no mail address that we can write to."""


@lru_cache(maxsize=256)  # an address is checked, and soon after written in one form
def normalise(text: str) -> str:
    """The address in one form: trimmed, domain lower-case and as IDNA, local part as typed.

    NotAnAddress says how to mend it. A local part outside ASCII is refused, since most mail
    servers can't carry it (RFC 6531); a domain outside ASCII is fine.
    """
    text = text.strip()
    if "@" not in text:
        raise NotAnAddress(_("Enter an e-mail address with an @, like safety@city.example"))
    try:
        found = validate_email(text, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        raise NotAnAddress(
            _("Enter an e-mail address in the form name@city.example, without spaces")
        ) from None
    if found.ascii_email is None:
        raise NotAnAddress(
            _(
                "Letters before the @ must be plain ones, without accents: "
                "most mail servers can’t deliver others"
            )
        )
    return found.ascii_email
