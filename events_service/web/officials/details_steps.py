"""One question a page: each answer is saved as one goes."""

from collections.abc import Sequence
from typing import Any

from flask import redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from events_service.db import transaction
from events_service.domain.particulars.answers import SKIPPED
from events_service.domain.particulars.consents import (
    current_texts,
    refuse_if_changed,
    standing,
)
from events_service.domain.particulars.filling import (
    answer_consents,
    asked_in,
    choose_attribution,
    open_steps,
    opened,
    save_answer,
)
from events_service.domain.refusals import NotFound
from events_service.model import Delegation, Particulars, Question
from events_service.translation import current_language
from events_service.web.access import access
from events_service.web.context import now
from events_service.web.forms import PageForm
from events_service.web.forms.details import (
    YES,
    answers_in,
    attribution_form,
    consent_form,
    erased_on,
    form_of,
)
from events_service.web.officials import pages
from events_service.web.officials.details import form_behind, shown

Page = str | tuple[str, int] | Response
ATTRIBUTION, CONSENTS = "attribution", "consents"


@pages.get("/me/<token>/<step>")
@access("link")
def details_step(token: str, step: str) -> str:
    """`?from=review`: back there afterwards. `?saved=`: the step before was saved."""
    with transaction() as db:
        form = form_behind(db, token)
        return _page(db, token, form, step, _asked(db, form, step))


@pages.post("/me/<token>/<step>")
@access("link")
def save_details_step(token: str, step: str) -> Page:
    """`press=skip`: the question is left out knowingly."""
    with transaction() as db:
        form = form_behind(db, token)
        posted = _asked(db, form, step)
        if not _save(db, form, step, posted):
            return _page(db, token, form, step, posted), 422
        opened(form, now=now())
        return redirect(_next(db, token, form, step), 303)


def _asked(db: Session, form: Particulars, step: str) -> PageForm:
    if step == ATTRIBUTION:
        city = db.get_one(Delegation, form.delegation_id).city.name
        return attribution_form(city, form.attribution)
    if step == CONSENTS:
        given = {str(kind): one.given for kind, one in standing(form.consents).items()}
        return consent_form(current_texts(db, current_language()), given)
    question, answers = _question(db, form, step)
    return form_of([question], answers)


def _save(db: Session, form: Particulars, step: str, posted: PageForm) -> bool:
    if step in (ATTRIBUTION, CONSENTS):
        if not posted.validate():
            return False
        if step == ATTRIBUTION:
            choose_attribution(form, posted["attribution"].data)
        else:
            _save_consents(db, form, posted)
        return True
    question, _ = _question(db, form, step)
    skipped = request.form.get("press") == "skip" and not question.required
    answers = {step: SKIPPED} if skipped else answers_in(posted, [question])
    if answers is None:
        return False
    save_answer(db, form, step, answers[step], saved_by="person", now=now())
    return True


def _save_consents(db: Session, form: Particulars, posted: PageForm) -> None:
    texts = current_texts(db, current_language())
    refuse_if_changed(texts, {one.kind: posted[f"read_{one.kind}"].data for one in texts})
    given = {one.kind: posted[f"say_{one.kind}"].data == YES for one in texts}
    answer_consents(db, form, texts, {str(kind): said for kind, said in given.items()}, now=now())


def _question(db: Session, form: Particulars, step: str) -> tuple[Question, dict[str, Any]]:
    asked, answers = asked_in(db, form)
    found = next((one for one in asked if one.key == step), None)
    if found is None:
        raise NotFound
    return found, answers


def _next(db: Session, token: str, form: Particulars, step: str) -> str:
    if step == CONSENTS and not standing(form.consents)["data"].given:
        return url_for("officials.own_details", token=token)
    following = _following(db, form, step)
    if request.args.get("from") == "review" or following is None:
        return url_for("officials.review_details", token=token)
    return url_for("officials.details_step", token=token, step=following, saved="yes")


def _following(db: Session, form: Particulars, step: str) -> str | None:
    """The next open step below this one, else the first open one; None when all is said."""
    steps, open_ones = _steps(asked_in(db, form)[0]), open_steps(db, form)
    place = steps.index(step)
    below = (one for one in open_ones if steps.index(one) > place)
    return next(below, next(iter(open_ones), None))


def _steps(asked: Sequence[Question]) -> list[str]:
    return [*(one.key for one in asked), ATTRIBUTION, CONSENTS]


def _page(db: Session, token: str, form: Particulars, step: str, asking: PageForm) -> str:
    asked, answers = asked_in(db, form)
    steps = _steps(asked)
    question = next((one for one in asked if one.key == step), None)
    page = shown(db, token, form)
    return render_template(
        "officials/details_step.html",
        **page,
        form=asking,
        step_key=step,
        question=question,
        erased_on=erased_on(db.get_one(Delegation, form.delegation_id).event, question)
        if question
        else None,
        place=steps.index(step) + 1,
        places=len(steps),
        before=steps[steps.index(step) - 1] if steps.index(step) else None,
        from_review=request.args.get("from") == "review",
        answered=answers.get(step) is not SKIPPED,
        saved="saved" in request.args,
    )
