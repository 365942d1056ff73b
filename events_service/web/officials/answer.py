"""A person's own page: what they are asked to, and their answer."""

from typing import cast

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from events_service.db import transaction
from events_service.domain.registration.answers import answer as record_answer
from events_service.domain.registration.calendars import standing
from events_service.domain.registration.links import member_behind
from events_service.model import Member
from events_service.model.registration import ParticipationStatus
from events_service.web.access import access
from events_service.web.context import now, settings
from events_service.web.forms import PageForm
from events_service.web.officials import pages

WORDS: dict[str, str] = {
    "ACCEPTED": "Yes, I will come",
    "TENTATIVE": "Perhaps",
    "DECLINED": "No, I can’t come",
}


@pages.get("/a/<token>")
@access("link")
def answer(token: str) -> str:
    with transaction() as db:
        return _page(token, member_behind(db, settings().secret_key, token), missing=False)


@pages.post("/a/<token>")
@access("link")
def give_answer(token: str) -> str | tuple[str, int] | Response:
    with transaction() as db:
        member = member_behind(db, settings().secret_key, token)
        answers = {
            one.id: request.form.get(f"answer-{one.id}", request.form.get("answer", ""))
            for one in standing(member)
        }
        if not all(word in WORDS for word in answers.values()):
            return _page(token, member, missing=True), 422
        record_answer(member, cast(dict[int, ParticipationStatus], answers), now=now())
    flash("Thank you. Your answer is recorded, and you can change it here at any time.")
    return redirect(url_for("officials.answer", token=token), 303)


def _page(token: str, member: Member, *, missing: bool) -> str:
    return render_template(
        "officials/answer.html",
        form=PageForm(),
        token=token,
        member=member,
        delegation=member.delegation,
        event=member.delegation.event,
        invitations=standing(member),
        words=WORDS,
        missing=missing,
    )
