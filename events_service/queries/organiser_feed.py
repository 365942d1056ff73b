"""What an organiser's calendar shows: the workshops they work on, drafts too, and how many people
have answered what. Never who."""

from collections import Counter
from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from events_service.itip.day_answers import by_day
from events_service.itip.feeds import FeedEntry
from events_service.letters.sender import Sender
from events_service.model import DayAnswer, Delegation, Event, Invitation, Member
from events_service.model.registration import ParticipationStatus
from events_service.queries.answers import overall
from events_service.queries.feed_rows import STATE, Audience, EventRow, entries_for
from events_service.queries.feeds import Fingerprint
from events_service.translation import gettext as _
from events_service.translation import lazy_gettext, ngettext

Answers = Counter[ParticipationStatus]  # people by answer
WORDS: dict[ParticipationStatus, str] = {
    "ACCEPTED": lazy_gettext("%(people)s will come"),
    "TENTATIVE": lazy_gettext("%(people)s perhaps"),
    "DECLINED": lazy_gettext("%(people)s can’t come"),
    "NEEDS-ACTION": lazy_gettext("%(people)s no answer yet"),
}
# Of all events: parting them costs more than making a feed for an answer that it does not tell of.
_ANSWERED = select(
    func.count(Invitation.id),
    func.max(Invitation.changed_at),
    func.max(Invitation.answered_at),
    *(func.count().filter(Invitation.partstat == word) for word in WORDS),
)
_ANSWERED_BY_DAY = select(func.count(), func.max(DayAnswer.answered_at)).select_from(DayAnswer)
_ASKED = (
    select(Delegation.event_id, Member.id, Invitation.id, Invitation.days, Invitation.partstat)
    .join(Member, Member.id == Invitation.member_id)
    .join(Delegation, Delegation.id == Member.delegation_id)
    .join(Event, Event.id == Delegation.event_id)
    .where(
        Invitation.cancelled_at.is_(None),
        Member.removed_at.is_(None),
        Delegation.state == "confirmed",
    )
)


def worked_on_fingerprint(session: Session, series_ids: Collection[int]) -> Fingerprint:
    """What the feed of somebody who works on these series is made from."""
    events = session.execute(select(*STATE).where(Event.series_id.in_(series_ids))).one()
    answers = session.execute(_ANSWERED).one(), session.execute(_ANSWERED_BY_DAY).one()
    return (*sorted(series_ids), *events, *answers[0], *answers[1])


def worked_on_entries(
    session: Session, series_ids: Collection[int], sender: Sender, *, drafts_at: datetime
) -> list[FeedEntry]:
    """Every event of these series, by day; drafts that nobody has changed are dated `drafts_at`."""
    answers = _answers(session, series_ids)

    def describe(row: EventRow, page: str) -> str:
        return _for_organisers(row, page, answers.get(row.id, Counter()), sender)

    audience = Audience(sender, describe, drafts_at)
    return entries_for(session, audience, Event.series_id.in_(series_ids))


def _answers(session: Session, series_ids: Collection[int]) -> dict[int, Answers]:
    """By event."""
    single: dict[int, dict[date, ParticipationStatus]] = {}
    for one in session.execute(select(DayAnswer.invitation_id, DayAnswer.day, DayAnswer.partstat)):
        single.setdefault(one.invitation_id, {})[one.day] = one.partstat
    given: dict[tuple[int, int], list[ParticipationStatus]] = {}
    asked = session.execute(_ASKED.where(Event.series_id.in_(series_ids)))
    for event_id, member_id, invitation_id, days, answer in asked:
        said = by_day(days, answer, single.get(invitation_id, {}))
        given.setdefault((event_id, member_id), []).extend(said.values())
    found: dict[int, Answers] = {}
    for (event_id, _member_id), answers in given.items():
        found.setdefault(event_id, Counter())[overall(answers)] += 1
    return found


def _for_organisers(row: EventRow, page: str, answers: Answers, sender: Sender) -> str:
    board = f"{sender.public_url}/organise/events/{row.id}"
    parts = [
        _("A draft: only organisers see it.") if row.draft else "",
        "" if row.cancelled else _named(answers),
        _("Who is coming: %(page)s", page=board),
        _("Public page: %(page)s", page=page) if page else "",
    ]
    return "\n".join(part for part in parts if part)


def _named(answers: Answers) -> str:
    told = [text % {"people": answers[word]} for word, text in WORDS.items() if answers[word]]
    if not told:
        return _("Nobody is named yet.")
    return ngettext(
        "1 person is named: %(answers)s.",
        "%(num)s people are named: %(answers)s.",
        answers.total(),
        answers=", ".join(told),
    )
