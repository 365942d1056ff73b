"""For whoever registers a city: who has told what they are asked, and who is to be asked."""

from contextlib import suppress

from flask import flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from events_service.db import transaction
from events_service.domain.addresses import NotAnAddress
from events_service.domain.particulars.answers import by_key, in_words
from events_service.domain.particulars.asking import ask_person, ask_those_silent
from events_service.domain.particulars.filling import (
    Unfinished,
    complete,
    may_be_typed,
    save_answer,
)
from events_service.domain.particulars.links import is_over
from events_service.domain.particulars.people import (
    Named,
    form_for,
    people_named,
    person_numbered,
)
from events_service.domain.particulars.questions import questions_of
from events_service.domain.refusals import LinkEnded
from events_service.model import CityInvitation, Question
from events_service.translation import gettext as _
from events_service.translation import ngettext, said
from events_service.web.access import access
from events_service.web.context import now, settings
from events_service.web.forms import PageForm
from events_service.web.forms.details import answers_in, form_of
from events_service.web.officials import pages
from events_service.web.officials.links import invitation_for

DETAILS = "/r/<token>/details"


@pages.get(DETAILS)
@access("link")
def details_list(token: str) -> str:
    with transaction() as db:
        invitation = _invitation(db, token)
        return render_template(
            "officials/details_list.html",
            token=token,
            invitation=invitation,
            event=invitation.event,
            people=people_named(db, invitation, now=now()),
            questions=questions_of(db, invitation.event),
        )


@pages.post(f"{DETAILS}/ask")
@access("link")
def ask_everyone(token: str) -> Response:
    with transaction() as db:
        invitation = _invitation(db, token)
        people = people_named(db, invitation, now=now())
        sent, left = ask_those_silent(db, settings(), invitation, people, now=now())
    if sent:
        flash(
            ngettext("%(num)s person is sent a link.", "%(num)s people are sent a link.", len(sent))
        )
    if left:
        names = ", ".join(left)
        flash(
            _(
                "Not sent to %(names)s: there is no address to write to, or several links were "
                "sent today.",
                names=names,
            )
        )
    return redirect(url_for("officials.details_list", token=token), 303)


@pages.get(f"{DETAILS}/<int:person>")
@access("link")
def details_of(token: str, person: int) -> str:
    with transaction() as db:
        invitation = _invitation(db, token)
        named = person_numbered(people_named(db, invitation, now=now()), person)
        questions, answers = _known(db, invitation, named)
        form = form_of(_typed_here(named, questions), answers)
        return _page(db, token, invitation, named, form)


@pages.post(f"{DETAILS}/<int:person>")
@access("link")
def save_details_of(token: str, person: int) -> str | tuple[str, int] | Response:
    with transaction() as db:
        invitation = _invitation(db, token)
        named = _as_shown(db, invitation, person)
        questions, answers = _known(db, invitation, named)
        mine = _typed_here(named, questions)
        form = form_of(mine, answers)
        typed = answers_in(form, mine)
        if typed is None:
            return _page(db, token, invitation, named, form), 422
        theirs = form_for(db, invitation, named, now=now())
        for key, value in typed.items():
            if value is not None or answers.get(key) is not None:
                save_answer(db, theirs, key, value, saved_by="city", now=now())
        with suppress(Unfinished):  # the person says what only they can say
            complete(db, theirs, by="city", now=now())
        flash(_("Saved: what you know about %(name)s.", name=named.name))
    return redirect(url_for("officials.details_list", token=token), 303)


@pages.post(f"{DETAILS}/<int:person>/ask")
@access("link")
def ask_one(token: str, person: int) -> Response:
    with transaction() as db:
        invitation = _invitation(db, token)
        named = _as_shown(db, invitation, person)
        try:
            form = form_for(db, invitation, named, now=now())
            ask_person(db, settings(), form, name=named.name, address=named.address, now=now())
        except NotAnAddress as problem:
            flash(str(problem))
        else:
            flash(_("A link is on its way to %(name)s.", name=named.name))
    return redirect(url_for("officials.details_list", token=token), 303)


def _invitation(db: Session, token: str) -> CityInvitation:
    invitation = invitation_for(db, token)
    if is_over(invitation.event, now()):
        raise LinkEnded(_("This workshop is over, so nobody is asked for details any more."))
    return invitation


def _as_shown(db: Session, invitation: CityInvitation, person: int) -> Named:
    people = people_named(db, invitation, now=now())
    return person_numbered(people, person, seen_as=request.form.get("who", ""))


def _known(
    db: Session, invitation: CityInvitation, person: Named
) -> tuple[list[Question], dict[str, object]]:
    questions = questions_of(db, invitation.event)
    answers = by_key(questions, person.form.details if person.form else [])
    return questions, answers


def _typed_here(person: Named, questions: list[Question]) -> list[Question]:
    if person.form is None:
        return [one for one in questions if not one.sensitive]
    return [one for one in questions if may_be_typed(person.form, one)]


def _page(
    db: Session, token: str, invitation: CityInvitation, person: Named, form: PageForm
) -> str:
    questions, answers = _known(db, invitation, person)
    mine = {one.key for one in _typed_here(person, questions)}
    theirs = [
        (said(one.label), _may_be_seen(one, answers)) for one in questions if one.key not in mine
    ]
    return render_template(
        "officials/details_person.html",
        token=token,
        invitation=invitation,
        event=invitation.event,
        person=person,
        form=form,
        mine=[one for one in questions if one.key in mine],
        theirs=theirs,
    )


def _may_be_seen(question: Question, answers: dict[str, object]) -> str:
    if question.key not in answers:
        return _("Asked of the person alone")
    if question.sensitive:
        return _("Dealt with by the person; you are not shown the answer")
    return in_words(answers[question.key]) or _("Left out by the person")
