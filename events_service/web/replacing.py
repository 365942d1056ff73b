"""Somebody comes in place of a person: asked, looked over, confirmed; for the city, and for
organisers."""

from dataclasses import dataclass

from flask import render_template, request
from sqlalchemy.orm import Session

from events_service.domain.refusals import Conflict
from events_service.domain.registration.draft import PersonDraft
from events_service.domain.registration.substituting import (
    named_before,
    not_replaceable_because,
    problems_of_substitute,
    substitute,
)
from events_service.domain.registration.unsent import is_in_untold, is_out_untold
from events_service.model import Member
from events_service.web.context import now, settings
from events_service.web.forms.elected import kind_in_words
from events_service.web.forms.replacing import (
    ReplacingForm,
    person_in,
    replacing_form,
    show_at_fields,
)

Page = str | tuple[str, int]


@dataclass(frozen=True)
class Desk:
    """Where it is done. `layout`: of its pages; `back`: where they lead when it is done or left;
    `for_approval`: the letters wait until an organiser has read them."""

    layout: str
    back: str
    for_approval: bool = False


def ask_who_comes(member: Member, desk: Desk) -> str:
    if reason := not_replaceable_because(member, now()):
        raise Conflict(reason)
    return _page("officials/replace.html", member, desk, replacing_form(member))


def take_answer(db: Session, member: Member, desk: Desk) -> Member | Page:
    """Whoever comes instead, once it was confirmed; until then the page to show."""
    if reason := not_replaceable_because(member, now()):
        raise Conflict(reason)
    form, pressed = replacing_form(member), request.form.get("press", "review")
    person = person_in(form)
    if problems := problems_of_substitute(member, person):
        show_at_fields(form, problems)
        return _page("officials/replace.html", member, desk, form), 422
    if pressed == "confirm":
        return substitute(db, settings(), member, person, now=now(), for_approval=desk.for_approval)
    template = "officials/replace.html" if pressed == "change" else "officials/replace_review.html"
    return _page(template, member, desk, form, **_who_knows(db, member, person))


def _who_knows(db: Session, member: Member, person: PersonDraft) -> dict[str, bool]:
    """Whose letter about an earlier change waits, so that they get none about this one."""
    comes = named_before(member.delegation, person)
    return {
        "goes_untold": is_in_untold(db, member),
        "comes_told": comes is not None and is_out_untold(db, comes),
    }


def _page(template: str, member: Member, desk: Desk, form: ReplacingForm, **knows: bool) -> str:
    person = person_in(form)
    return render_template(
        template,
        member=member,
        delegation=member.delegation,
        event=member.delegation.event,
        city=member.delegation.city,
        desk=desk,
        form=form,
        person=person,
        kind=kind_in_words(person.is_elected),
        **knows,
    )
