"""Sessions that a person comes to, as a form asks for them: some of them, or all of some days.

Pure: plain values in, a decision out.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from events_service.domain.registration.draft import DelegationDraft, PersonDraft


def coming_to(
    person: PersonDraft, ticked: Collection[int], agenda: Mapping[int, date], days: Sequence[date]
) -> PersonDraft:
    """The person, coming to these sessions of the `agenda` (number and day of each).

    Whoever comes to all sessions of their days comes to whatever else there will be on these, and
    whoever comes to all there are, on all `days` of the event.
    """
    held = {number: agenda[number] for number in ticked if number in agenda}
    on = sorted(set(held.values()))
    if not held:
        return replace(person, days=(), session_ids=())
    if set(held) == set(agenda):
        return replace(person, days=tuple(days), session_ids=None)
    if all(number in held for number, day in agenda.items() if day in on):
        return replace(person, days=tuple(on), session_ids=None)
    return replace(person, days=tuple(on), session_ids=tuple(sorted(held)))


def sessions_of(person: PersonDraft, agenda: Mapping[int, date]) -> list[int]:
    """Numbers of the sessions they come to."""
    if person.session_ids is not None:
        return [number for number in agenda if number in person.session_ids]
    return [number for number, day in agenda.items() if day in person.days]


def keeping_sessions(draft: DelegationDraft, before: DelegationDraft) -> DelegationDraft:
    """The draft, with the sessions that its people had chosen when the form still asked for them;
    whoever has other days now comes to all of those."""
    chosen = {(one.member_id, one.days): one.session_ids for one in _who_chose(before.people)}
    people = (
        replace(one, session_ids=chosen.get((one.member_id, one.days))) for one in draft.people
    )
    return replace(draft, people=tuple(people))


def _who_chose(people: Iterable[PersonDraft]) -> list[PersonDraft]:
    return [one for one in people if one.member_id is not None and one.session_ids is not None]
