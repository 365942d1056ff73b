"""A person's own page: what they are asked to, and their answer."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast
from zoneinfo import ZoneInfo

from flask import flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from events_service.db import transaction
from events_service.domain.registration.answers import Answer, TimesChanged, check_seen
from events_service.domain.registration.answers import answer as record_answer
from events_service.domain.registration.links import member_behind
from events_service.domain.registration.loading import hold_own_invitations
from events_service.domain.registration.runs import run_of, standing
from events_service.itip.day_answers import by_day
from events_service.itip.days import Run
from events_service.model import Invitation, Member
from events_service.translation import gettext as _
from events_service.translation import lazy_gettext
from events_service.web.access import access
from events_service.web.context import now, settings
from events_service.web.forms import PageForm
from events_service.web.officials import pages
from events_service.web.reader import comes_from

WORDS: dict[str, str] = {
    "ACCEPTED": lazy_gettext("Yes, I will come"),
    "TENTATIVE": lazy_gettext("Perhaps"),
    "DECLINED": lazy_gettext("No, I can’t come"),
}

_VERSION = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True)
class Question:
    """What is ticked about an invitation: about all of its days, or about one `day`. `missing`:
    nothing was, though the answer was sent."""

    name: str
    day: date | None
    said: str
    missing: bool


@dataclass(frozen=True)
class Asked:
    """One invitation as the page asks about it: by one question, or one for each of its days."""

    invitation: Invitation
    run: Run
    questions: list[Question]
    zone: ZoneInfo

    def hours_on(self, day: date) -> tuple[datetime, datetime] | None:
        """When it begins and ends on one of its days; None: all day."""
        hours = self.run.hours
        if hours is None:
            return None
        starts, ends = (datetime.combine(day, at, self.zone) for at in hours)
        return starts, ends


def member_for(db: Session, token: str) -> Member:
    member = member_behind(db, settings().secret_key, token)
    comes_from(member.delegation.city)
    return member


@pages.get("/a/<token>")
@access("link")
def answer(token: str) -> str:
    """`?days=each` asks about each day by itself, `?days=all` about all at once; else as answered
    before."""
    with transaction() as db:
        return _page(token, member_for(db, token))


@pages.post("/a/<token>")
@access("link")
def give_answer(token: str) -> str | tuple[str, int] | Response:
    with transaction() as db:
        member = member_for(db, token)
        hold_own_invitations(db, member)
        try:
            check_seen(member, _seen(member))
        except TimesChanged as changed:
            return _page(token, member, changed=str(changed)), 409
        answers = {one.id: _said(one) for one in standing(member)}
        if not all(_is_complete(said) for said in answers.values()):
            return _page(token, member, sent=True), 422
        record_answer(member, cast(dict[int, Answer], answers), now=now())
    flash(_("Thank you. Your answer is recorded, and you can change it here at any time."))
    return redirect(url_for("officials.answer", token=token), 303)


def _seen(member: Member) -> dict[int, int]:
    """The version of each invitation that the form showed."""
    shown = {one.id: request.form.get(f"version-{one.id}", "") for one in standing(member)}
    return {number: int(text) for number, text in shown.items() if _VERSION.fullmatch(text)}


def _said(invitation: Invitation) -> str | dict[date, str]:
    """What the form says: one word, or one for each day."""
    single = {day: request.form.get(_name(invitation, day), "") for day in invitation.days}
    if any(single.values()):
        return single
    return request.form.get(_name(invitation), request.form.get("answer", ""))


def _is_complete(said: str | dict[date, str]) -> bool:
    return all(word in WORDS for word in ([said] if isinstance(said, str) else said.values()))


def _name(invitation: Invitation, day: date | None = None) -> str:
    return f"day-{invitation.id}-{day}" if day else f"answer-{invitation.id}"


def _page(token: str, member: Member, *, sent: bool = False, changed: str = "") -> str:
    """`sent`: shows what was ticked and what is missing, not what stands."""
    asked = [_asked(one, member, sent=sent) for one in standing(member)]
    return render_template(
        "officials/answer.html",
        form=PageForm(),
        token=token,
        member=member,
        delegation=member.delegation,
        event=member.delegation.event,
        invitations=asked,
        several=sum(len(one.questions) for one in asked) > 1,
        each_day=any(len(one.questions) > 1 for one in asked),
        several_days=any(len(one.run.days) > 1 for one in asked),
        words=WORDS,
        changed=changed,
    )


def _asked(invitation: Invitation, member: Member, *, sent: bool) -> Asked:
    run = run_of(invitation, member.delegation.event)
    given = {one.day: one.partstat for one in invitation.day_answers}
    each = request.args.get("days", "each" if given else "all") == "each" and len(run.days) > 1
    stands: dict[date | None, str] = {None: invitation.partstat}
    if each:
        stands = dict(by_day(run.days, invitation.partstat, given).items())
    questions = [_question(_name(invitation, day), day, stands[day], sent) for day in stands]
    return Asked(invitation, run, questions, member.delegation.event.zone)


def _question(name: str, day: date | None, stands: str, sent: bool) -> Question:
    said = request.form.get(name, "") if sent else stands
    return Question(name, day, said, missing=sent and said not in WORDS)
