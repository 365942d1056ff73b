"""What keeps a draft from being confirmed.

Pure: plain values in, problems out, each in the words of whoever fills in the form.
"""

import unicodedata
from collections.abc import Collection, Iterable, Sequence
from datetime import date

from events_service.domain.addresses import NotAnAddress, normalise
from events_service.domain.registration.allotted import allotment_problems
from events_service.domain.registration.draft import DelegationDraft, PersonDraft, Problem
from events_service.translation import gettext as _
from events_service.translation import ngettext, number

LONGEST = 200  # characters of a name or role


def check(
    draft: DelegationDraft,
    *,
    event_days: Collection[date],
    seats: int,
    seats_elected: int = 0,
    ask_elected: bool = False,
    sessions: Collection[int] = (),
    offered: bool = False,
) -> list[Problem]:
    """Everything to mend, in the order of the form. `seats_elected`: how many of `seats` are for
    elected officials; with none, nobody is asked, unless `ask_elected`. `sessions`: numbers of
    those on the agenda. `offered`: `seats` are a part of the city's places, held for a while."""
    found = list(_address_problem(None, "contact_address", draft.contact_address, needed=True))
    if not draft.people:
        message = _("Name at least one person. A delegation of nobody can’t be registered")
        return [*found, Problem(None, "people", message)]
    found += _number_problems(draft.people, seats, seats_elected, offered=offered)
    for position, person in enumerate(draft.people):
        found += person_problems(
            position, person, event_days, sessions, ask_elected=ask_elected or seats_elected > 0
        )
    return found + list(_twice(draft.people))


def person_problems(
    position: int,
    person: PersonDraft,
    event_days: Collection[date],
    sessions: Collection[int],
    *,
    ask_elected: bool,
) -> Iterable[Problem]:
    """What is to be mended about one person, whoever else comes."""
    if not person.name.strip():
        yield Problem(position, "name", _("Enter the person’s name, or how they are announced"))
    yield from _text_problem(position, "name", person.name)
    yield from _text_problem(position, "role", person.role)
    if ask_elected and person.is_elected is None:
        message = _("Choose whether this person is an elected official or a practitioner")
        yield Problem(position, "is_elected", message)
    yield from _address_problem(position, "address", person.address, needed=True)
    yield from _address_problem(
        position, "assistant_address", person.assistant_address, needed=False
    )
    if person.session_ids is not None:
        yield from _session_problem(position, person.session_ids, sessions)
    elif not person.days:
        yield Problem(position, "days", _("Choose at least one day"))
    elif not set(person.days) <= set(event_days):
        message = _("Choose days of the workshop: its dates have changed")
        yield Problem(position, "days", message)


def _number_problems(
    people: Sequence[PersonDraft], seats: int, seats_elected: int, *, offered: bool
) -> Iterable[Problem]:
    """Too many people: of a kind, if that says it; else altogether."""
    of_a_kind = list(allotment_problems(people, seats, seats_elected))
    if of_a_kind or len(people) <= seats:
        yield from of_a_kind
        return
    if offered:
        yield Problem(None, "people", _too_many_for_offer(len(people), seats))
        return
    message = ngettext(
        "Your city has 1 place and %(people)s people are named: remove some",
        "Your city has %(num)s places and %(people)s people are named: remove some",
        seats,
        people=len(people),
    )
    yield Problem(None, "people", message)


def _too_many_for_offer(people: int, seats: int) -> str:
    return ngettext(
        "Your city is offered 1 place and %(people)s people are named: remove some",
        "Your city is offered %(num)s places and %(people)s people are named: remove some",
        seats,
        people=people,
    )


def _session_problem(
    position: int, chosen: Collection[int], sessions: Collection[int]
) -> Iterable[Problem]:
    if not chosen:
        yield Problem(position, "sessions", _("Choose at least one session"))
    elif not set(chosen) <= set(sessions):
        message = _("Choose the sessions again: one of them is no longer on the agenda")
        yield Problem(position, "sessions", message)


def _text_problem(position: int, name: str, text: str) -> Iterable[Problem]:
    if len(text) > LONGEST:
        told = {"most": number(LONGEST), "has": number(len(text))}
        yield Problem(position, name, _too_long(name) % told)
    elif any(unicodedata.category(letter) == "Cc" for letter in text.strip()):
        yield Problem(position, name, _broken(name))


def _too_long(name: str) -> str:
    if name == "role":
        return _("Shorten the role to %(most)s characters; it has %(has)s")
    return _("Shorten the name to %(most)s characters; it has %(has)s")


def _broken(name: str) -> str:
    if name == "role":
        return _("Write the role on one line, without line breaks or tabs")
    return _("Write the name on one line, without line breaks or tabs")


def _address_problem(
    position: int | None, name: str, text: str, *, needed: bool
) -> Iterable[Problem]:
    if not text.strip():
        if needed:
            yield Problem(position, name, _("Enter an e-mail address"))
        return
    try:
        normalise(text)
    except NotAnAddress as problem:
        yield Problem(position, name, str(problem))


def _twice(people: Sequence[PersonDraft]) -> Iterable[Problem]:
    seen: set[tuple[str, str]] = set()
    for position, person in enumerate(people):
        key = (" ".join(person.name.split()).casefold(), person.address.strip().casefold())
        if all(key) and key in seen:
            message = _(
                "%(name)s is named twice at this address: remove one of the two",
                name=person.name.strip(),
            )
            yield Problem(position, "address", message)
        seen.add(key)
