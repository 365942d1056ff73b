"""Whether those who come fit what their city was given: so many elected officials, so many
practitioners. Pure."""

from collections.abc import Iterable, Sequence

from events_service.domain.registration.draft import PersonDraft, Problem
from events_service.letters.allotment import allotment
from events_service.translation import gettext as _
from events_service.translation import ngettext


def allotment_problems(
    people: Sequence[PersonDraft], seats: int, seats_elected: int
) -> Iterable[Problem]:
    """For each kind of which there are too many. Nobody counts who hasn't said what they are, and
    without places for elected officials nobody is asked."""
    if not seats_elected:
        return
    elected = sum(one.is_elected is True for one in people)
    practitioners = sum(one.is_elected is False for one in people)
    for message in (
        _elected_too_many(elected - seats_elected),
        _practitioners_too_many(practitioners - (seats - seats_elected)),
    ):
        if message:
            given = _("Your city has %(places)s.", places=allotment(seats, seats_elected))
            yield Problem(None, "people", f"{given} {message}")


def _elected_too_many(number: int) -> str:
    if number <= 0:
        return ""
    return ngettext(
        "One elected official is named too many: remove or change one",
        "%(num)s elected officials are named too many: remove or change some",
        number,
    )


def _practitioners_too_many(number: int) -> str:
    if number <= 0:
        return ""
    return ngettext(
        "One practitioner is named too many: remove or change one",
        "%(num)s practitioners are named too many: remove or change some",
        number,
    )
