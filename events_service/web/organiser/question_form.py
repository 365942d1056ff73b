"""A question is written or changed; and the whole form is looked at as a person will see it."""

from flask import flash, redirect, render_template, request, url_for
from markupsafe import Markup
from sqlalchemy.orm import Session

from events_service.db import transaction
from events_service.domain.particulars import configuring
from events_service.domain.particulars.consents import current_texts
from events_service.domain.particulars.promises import (
    NOTHING,
    ONLY_ANEW,
    Held,
    breaches,
    held_at,
    lost_choices,
)
from events_service.domain.particulars.question_plan import QuestionPlan
from events_service.domain.particulars.questions import questions_of
from events_service.model import Event, Question
from events_service.translation import LANGUAGES, NAMES, SOURCE, ngettext, said, speaking
from events_service.translation import gettext as _
from events_service.web.access import access, event_for, me
from events_service.web.context import now
from events_service.web.forms.details import attribution_form, consent_form, erased_on, form_of
from events_service.web.forms.questions import (
    QuestionForm,
    answers_form,
    plan_in,
    question_form,
    shorter_form,
)
from events_service.web.organiser import pages
from events_service.web.organiser.questions import QUESTION, QUESTIONS, back_to_list
from events_service.web.staff.form_pages import Page, form_page


@pages.route(f"{QUESTIONS}/new", methods=["GET", "POST"])
@access("organiser")
def new_question(event_id: int) -> Page:
    with transaction() as db:
        event = event_for(db, me(), event_id)
        form = question_form(None)
        if form.validate_on_submit():
            try:
                made = configuring.ask_also(db, event, plan_in(form, None), now=now())
            except configuring.NotAQuestion as wrong:
                form.say(wrong.problems)
            else:
                flash(_("“%(question)s” is asked from now on.", question=made.label))
                return back_to_list(event_id)
        return _form_page(db, event, None, form)


@pages.route(QUESTION, methods=["GET", "POST"])
@access("organiser")
def edit_question(event_id: int, question_key: str) -> Page:
    """What was told otherwise to those who have answered is asked about on a page between."""
    with transaction() as db:
        event = event_for(db, me(), event_id)
        question = configuring.question_at(db, event, question_key)
        if question.removed_at is not None:
            return redirect(url_for("organiser.questions", event_id=event_id), 303)
        closed = configuring.is_closed(event, now())
        form = shorter_form(question) if closed else question_form(question)
        if not form.validate_on_submit():
            return _form_page(db, event, question, form)
        return _change(db, event, question, form)


@pages.get(f"{QUESTIONS}/preview")
@access("organiser")
def preview_questions(event_id: int) -> str:
    """`?in=sv`: as somebody reads it in that language."""
    wanted = request.args.get("in", SOURCE)
    language = wanted if wanted in LANGUAGES else SOURCE
    with transaction() as db:
        event = event_for(db, me(), event_id)
        with speaking(language):
            inner = _as_a_person_sees_it(db, event, language)
        return render_template(
            "organiser/questions_preview.html",
            event=event,
            inner=Markup(inner),  # noqa: S704  rendered by a template of ours
            language=language,
            names=NAMES,
        )


def _change(db: Session, event: Event, question: Question, form: QuestionForm) -> Page:
    plan = plan_in(form, question)
    answers = {"keep": "keep", "erase": "erase"}.get(form.answers.data or "")
    try:
        gone = configuring.change_question(
            db,
            event,
            question.key,
            plan,
            answers=answers,  # type: ignore[arg-type]
            now=now(),
        )
    except configuring.NotAQuestion as wrong:
        form.say(wrong.problems)
        return _form_page(db, event, question, form)
    except configuring.AnswersStand:
        return _ask_about_answers(db, event, question, plan, form)
    flash(_said_changed(said(question.label), gone))
    return back_to_list(event.id)


def _ask_about_answers(
    db: Session, event: Event, question: Question, plan: QuestionPlan, form: QuestionForm
) -> str | tuple[str, int]:
    held = held_at(db, event).get(question.id, NOTHING)
    broken = breaches(question, plan, held)
    asking = answers_form(["erase"] if ONLY_ANEW & set(broken) else ["keep", "erase"])
    if form.asked.data:
        asking.answers.errors = [_("Say what becomes of the answers")]
    page = render_template(
        "organiser/questions_answers.html",
        event=event,
        question=question,
        label=said(question.label),
        form=asking,
        typed=form,
        held=held,
        broken=broken,
        lost=lost_choices(plan, held),
    )
    return (page, 422) if form.asked.data else page


def _form_page(
    db: Session, event: Event, question: Question | None, form: QuestionForm
) -> str | tuple[str, int]:
    held = held_at(db, event).get(question.id, NOTHING) if question else Held()
    return form_page(
        form,
        "organiser/questions_form.html",
        event=event,
        question=question,
        label=said(question.label) if question else "",
        held=held,
        closed=configuring.is_closed(event, now()),
    )


def _as_a_person_sees_it(db: Session, event: Event, language: str) -> str:
    asked = questions_of(db, event)
    return render_template(
        "organiser/questions_as_seen.html",
        event=event,
        asked=[(one, erased_on(event, one)) for one in asked],
        form=form_of(asked, {}),
        naming=attribution_form(event.city.name, None),
        consents=consent_form(current_texts(db, language), {}),
    )


def _said_changed(label: str, gone: int) -> str:
    if not gone:
        return _("“%(question)s” is changed.", question=label)
    return ngettext(
        "“%(question)s” is changed. One answer is erased, and that person is asked again.",
        "“%(question)s” is changed. %(num)s answers are erased, and these people are asked again.",
        gone,
        question=label,
    )
