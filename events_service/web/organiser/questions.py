"""The questions that the people of an event are asked, in order, each with what it is for."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from flask import flash, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from events_service.db import transaction
from events_service.domain.particulars import configuring
from events_service.domain.particulars.promises import NOTHING, Held, held_at
from events_service.domain.particulars.question_plan import is_own
from events_service.domain.particulars.questions import questions_of
from events_service.model import Event, Question
from events_service.queries.questions import removed_questions
from events_service.translation import gettext as _
from events_service.translation import ngettext, said
from events_service.web.access import access, event_for, me
from events_service.web.context import now
from events_service.web.forms.details import erased_on
from events_service.web.forms.questions import KINDS, answers_form
from events_service.web.organiser import pages
from events_service.web.staff.form_pages import Page, form_page

QUESTIONS = "/events/<int:event_id>/questions"
QUESTION = f"{QUESTIONS}/<question_key>"


@dataclass(frozen=True)
class Line:
    """A question as the list shows it."""

    question: Question
    label: str
    purpose: str
    kind: str
    is_own: bool
    erased_on: date
    held: Held


@pages.get(QUESTIONS)
@access("organiser")
def questions(event_id: int) -> str:
    with transaction() as db:
        event = event_for(db, me(), event_id)
        held = held_at(db, event)
        return render_template(
            "organiser/questions.html",
            event=event,
            closed=configuring.is_closed(event, now()),
            asked=[line_of(event, one, held) for one in questions_of(db, event)],
            removed=[line_of(event, one, held) for one in removed_questions(db, event)],
            staff=me().role != "organiser",
        )


@pages.post(f"{QUESTION}/up")
@access("organiser")
def question_up(event_id: int, question_key: str) -> Response:
    return _moved(event_id, question_key, -1)


@pages.post(f"{QUESTION}/down")
@access("organiser")
def question_down(event_id: int, question_key: str) -> Response:
    return _moved(event_id, question_key, 1)


@pages.route(f"{QUESTION}/remove", methods=["GET", "POST"])
@access("organiser")
def remove_question(event_id: int, question_key: str) -> Page:
    """Ask it no longer; once the event is over, only erase its answers before their time."""
    with transaction() as db:
        event = event_for(db, me(), event_id)
        question = configuring.question_at(db, event, question_key)
        line = line_of(event, question, held_at(db, event))
        closed = configuring.is_closed(event, now()) or question.removed_at is not None
        form = answers_form(_ways(line.held, closed))
        if not form.validate_on_submit() or (closed and not line.held.answered):
            return form_page(
                form, "organiser/questions_remove.html", event=event, line=line, closed=closed
            )
        gone = configuring.stop_asking(
            db, event, question_key, answers=form.answers.data, now=now()
        )
        flash(_said_removed(line.label, gone, closed))
    return back_to_list(event_id)


@pages.post(f"{QUESTION}/put-back")
@access("organiser")
def put_question_back(event_id: int, question_key: str) -> Response:
    with transaction() as db:
        event = event_for(db, me(), event_id)
        configuring.put_back(db, event, question_key, now=now())
        label = said(configuring.question_at(db, event, question_key).label)
    flash(_("“%(question)s” is asked again, as the last question.", question=label))
    return back_to_list(event_id)


def line_of(event: Event, question: Question, held: dict[int, Held]) -> Line:
    return Line(
        question,
        said(question.label),
        said(question.purpose),
        str(dict(KINDS)[question.kind]),
        is_own(question),
        erased_on(event, question),
        held.get(question.id, NOTHING),
    )


def back_to_list(event_id: int) -> Response:
    return redirect(url_for("organiser.questions", event_id=event_id), 303)


def _ways(held: Held, closed: bool) -> tuple[str, ...]:
    """What can become of the answers."""
    if closed:
        return ("erase",)
    return ("keep", "erase") if held.answered else ("keep",)


def _moved(event_id: int, key: str, by: Literal[-1, 1]) -> Response:
    with transaction() as db:
        event = event_for(db, me(), event_id)
        configuring.move_question(db, event, key, by)
        place = _place_of(db, event, key)
        label = said(configuring.question_at(db, event, key).label)
    flash(_("“%(question)s” is question %(place)s now.", question=label, place=place))
    return back_to_list(event_id)


def _place_of(db: Session, event: Event, key: str) -> int:
    return [one.key for one in questions_of(db, event)].index(key) + 1


def _said_removed(label: str, gone: int, closed: bool) -> str:
    if closed:
        return ngettext("One answer is erased.", "%(num)s answers are erased.", gone)
    if not gone:
        return _("“%(question)s” is not asked any more. You can put it back.", question=label)
    return ngettext(
        "“%(question)s” is not asked any more, and one answer is erased.",
        "“%(question)s” is not asked any more, and %(num)s answers are erased.",
        gone,
        question=label,
    )
