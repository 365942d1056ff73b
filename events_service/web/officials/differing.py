"""Two versions of one form beside each other: where they differ, in words."""

from collections.abc import Callable
from dataclasses import dataclass

from events_service.domain.registration.draft import DelegationDraft, PersonDraft
from events_service.domain.registration.saving import Difference, differing
from events_service.itip.addresses import readable
from events_service.letters.dates import days_list
from events_service.model import Event
from events_service.translation import gettext as _
from events_service.web.forms.elected import kind_in_words


@dataclass(frozen=True)
class Compared:
    """One field in both versions; a text is empty where nothing was typed."""

    what: str
    mine: str
    theirs: str


def compared(mine: DelegationDraft, theirs: DelegationDraft, event: Event) -> list[Compared]:
    return [_compared(one, mine, theirs, event) for one in differing(mine, theirs)]


def _compared(
    difference: Difference, mine: DelegationDraft, theirs: DelegationDraft, event: Event
) -> Compared:
    if difference.person is None:
        return Compared(
            _("Your own e-mail address"),
            readable(mine.contact_address),
            readable(theirs.contact_address),
        )
    labels = {
        "person": _("Who it is"),
        "name": _("Name"),
        "role": _("Role in the city"),
        "is_elected": _("Elected official or practitioner?"),
        "address": _("E-mail address"),
        "assistant_address": _("Assistant’s address"),
        "days": _("Days"),
        "session_ids": _("Sessions"),
    }
    what = _(
        "%(person)s: %(field)s",
        person=person_label(difference.person),
        field=labels[difference.field],
    )
    say = _sayer(difference.field, event)
    return Compared(
        what, _said(mine, difference.person, say), _said(theirs, difference.person, say)
    )


def person_label(position: int) -> str:
    if position == 0:
        return _("Head of delegation")
    return _("Person %(number)s", number=position + 1)


def _said(draft: DelegationDraft, position: int, say: Callable[[PersonDraft], str]) -> str:
    return say(draft.people[position]) if position < len(draft.people) else ""


def _sayer(field: str, event: Event) -> Callable[[PersonDraft], str]:
    if field == "person":
        return lambda one: (
            ", ".join(filter(None, (one.name, readable(one.address)))) or _("Nobody yet")
        )
    if field == "is_elected":
        return lambda one: kind_in_words(one.is_elected)
    if field == "days":
        return lambda one: days_list(one.days)
    if field == "session_ids":
        return lambda one: sessions_in_words(event, one)
    if field in ("address", "assistant_address"):
        return lambda one: readable(getattr(one, field))
    return lambda one: str(getattr(one, field))


def sessions_in_words(event: Event, person: PersonDraft) -> str:
    """What a person comes to on their days; nothing where sessions are not asked for."""
    if person.session_ids is not None:
        return "; ".join(one.title for one in event.sessions if one.id in person.session_ids)
    return _("All on these days") if event.calendar_style == "each_session" else ""
