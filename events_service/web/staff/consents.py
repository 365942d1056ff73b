"""The texts that people agree to: what is in force, what was, and a new one written."""

from typing import get_args

from flask import flash, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from events_service.db import transaction
from events_service.domain.particulars import consent_wordings as domain
from events_service.domain.refusals import NotFound
from events_service.model.particulars import ConsentKind
from events_service.queries.consents import Agreed, versions_of, who_agreed_to_earlier
from events_service.translation import NAMES, ngettext
from events_service.translation import gettext as _
from events_service.web.access import access, me
from events_service.web.context import now
from events_service.web.forms.consents import WordingForm, wording_form
from events_service.web.forms.details import CONSENTS
from events_service.web.staff import pages
from events_service.web.staff.form_pages import Page, form_page

KINDS: dict[str, ConsentKind] = {kind: kind for kind in get_args(ConsentKind)}
CONSENT = "/consents/<consent_kind>"


@pages.get("/consents")
@access("staff")
def consents() -> str:
    with transaction() as db:
        newest = domain.versions_in_force(db)
        return render_template(
            "staff/consents.html",
            names=NAMES,
            kinds=[
                (
                    kind,
                    label,
                    newest[kind],
                    domain.texts_in_force(db, kind),
                    versions_of(db, kind),
                    len(_earlier(db, kind)),
                )
                for kind, label in CONSENTS.items()
            ],
        )


@pages.get(CONSENT)
@access("staff")
def consent(consent_kind: str) -> str:
    """Every version with its texts as they were read, and who agreed to an earlier one."""
    kind = _kind(consent_kind)
    with transaction() as db:
        return render_template(
            "staff/consents_kind.html",
            kind=kind,
            label=CONSENTS[kind],
            names=NAMES,
            newest=domain.versions_in_force(db)[kind],
            texts=domain.texts_in_force(db, kind),
            versions=versions_of(db, kind),
            earlier=_earlier(db, kind),
        )


@pages.route(f"{CONSENT}/new", methods=["GET", "POST"])
@access("staff")
def new_consent(consent_kind: str) -> Page:
    """Written first, then shown beside what is in force; held only when that page is sent."""
    kind = _kind(consent_kind)
    with transaction() as db:
        version = domain.versions_in_force(db)[kind]
        before = domain.texts_in_force(db, kind)
        form = wording_form(before, version)
        if form.validate_on_submit() and form.press.data == "hold":
            try:
                return _held(db, kind, form)
            except domain.NotAWording as wrong:
                form.say(wrong.problems)
        elif form.is_submitted():
            form.say(domain.problems(domain.cleaned(form.texts()), before))
        step = "form" if form.errors or not form.is_submitted() else "review"
        page = {"kind": kind, "label": CONSENTS[kind], "names": NAMES, "version": version}
        page |= {"before": before, "after": domain.cleaned(form.texts())}
        page["earlier"] = _yeses(db, kind)
        page["left_behind"] = [
            NAMES[one] for one in domain.left_behind(before, domain.cleaned(form.texts()))
        ]
        if step == "review":
            return render_template("staff/consents_review.html", form=form, **page)
        return form_page(form, "staff/consents_new.html", **page)


def _held(db: Session, kind: ConsentKind, form: WordingForm) -> Response:
    asked = domain.write_wording(
        db,
        kind,
        form.texts(),
        after=_number(form.after.data or ""),
        asks_again=form.asks_again.data,
        by=me(),
        now=now(),
    )
    flash(_("The new text holds from now on. Earlier answers stay with what was read."))
    if form.asks_again.data:
        flash(ngettext("One person is asked again.", "%(num)s people are asked again.", asked))
    return redirect(url_for("staff.consent", consent_kind=kind), 303)


def _number(text: str) -> int:
    """0, which is no version, for what is none."""
    return int(text) if text.isascii() and text.isdigit() else 0


def _earlier(db: Session, kind: ConsentKind) -> list[Agreed]:
    return who_agreed_to_earlier(db, kind, domain.agreed_to_earlier(kind, now()))


def _yeses(db: Session, kind: ConsentKind) -> int:
    """People whose last word is a yes, whatever the version."""
    return sum(one.yes for one in versions_of(db, kind))


def _kind(name: str) -> ConsentKind:
    if name not in KINDS:
        raise NotFound
    return KINDS[name]
