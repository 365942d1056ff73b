"""What the service refuses, in the words of its users. The web turns each into a page."""

from events_service.translation import gettext as _


class Refusal(Exception):
    """Base: `str(refusal)` says what is wrong and what to do next."""


class NotFound(Refusal):
    """There is no such thing, or not for you."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message or _("We can’t find this page. Check the address."))


class LinkEnded(Refusal):
    """A link that once opened something and no longer does."""


class Conflict(Refusal):
    """What is asked doesn't fit what is there now."""


class TooOften(Refusal):
    """Somebody asks more often than people do."""
