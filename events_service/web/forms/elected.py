"""Whether somebody was elected, as forms ask it."""

from events_service.translation import gettext as _

ELECTED, PRACTITIONER = "elected", "practitioner"


def kinds() -> list[tuple[str, str]]:
    return [(ELECTED, _("Elected official")), (PRACTITIONER, _("Practitioner"))]


def kind_of(is_elected: bool | None) -> str | None:
    return None if is_elected is None else ELECTED if is_elected else PRACTITIONER


def is_elected(kind: str | None) -> bool | None:
    """None: not said, or something that the form doesn't offer."""
    return {ELECTED: True, PRACTITIONER: False}.get(kind or "")


def kind_in_words(is_elected: bool | None) -> str:
    return dict(kinds()).get(kind_of(is_elected) or "", "")
