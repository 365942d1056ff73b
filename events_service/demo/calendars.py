"""The calendars' chapter: answers that come by mail, a forged one, and another time proposed."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from events_service.db import transaction
from events_service.demo.story import Happened, Story
from events_service.domain.inbox.archive import archive
from events_service.itip.messages import Person
from events_service.itip.replies import Asked, asked, counter, reply
from events_service.letters.answering import answering
from events_service.letters.letter import CalendarPart
from events_service.letters.message import seal
from events_service.letters.opened import opened
from events_service.model import InboundMail, Member, OutboxMail

ACCEPTS = "head-of-community-relations@helsinki.example.org"
PROPOSES = "schools-liaison@newark.example.org"
FORGED_FOR = "deputy-mayor@newark.example.org"
AN_HOUR = timedelta(hours=1)


def calendars_answer(story: Story) -> Happened:
    """One accepts, one proposes another time; somebody who never saw the invitation of a third
    person declines for them. All three take the way of mail that comes in."""
    with transaction() as db:
        event = story.coming(db, "stockholm")
        if not db.scalar(select(func.count()).select_from(InboundMail)):
            _post(db, story, event.id, ACCEPTS, "Accepted", _accept(story))
            _post(db, story, event.id, PROPOSES, "New time proposed", _an_hour_later(story))
            _post(db, story, event.id, FORGED_FOR, "Declined", _decline(story), to="rsvp")
        number = event.id
    story.wait_for("the answers to be read", _all_read)
    return Happened(
        "Helsinki accepts in its calendar, Newark’s schools liaison proposes another hour, "
        "and a decline that somebody forged waits for the organiser",
        story.url(f"/organise/events/{number}/replies"),
    )


def _accept(story: Story) -> Callable[[bytes, Asked], CalendarPart]:
    return lambda ics, _: CalendarPart("REPLY", reply(ics, "ACCEPTED", now=story.now))


def _decline(story: Story) -> Callable[[bytes, Asked], CalendarPart]:
    return lambda ics, _: CalendarPart("REPLY", reply(ics, "DECLINED", now=story.now))


def _an_hour_later(story: Story) -> Callable[[bytes, Asked], CalendarPart]:
    def propose(ics: bytes, invitation: Asked) -> CalendarPart:
        starts, ends = invitation.on(None)
        words = "Our flight lands at nine. Could we begin an hour later?"
        written = counter(ics, starts + AN_HOUR, ends + AN_HOUR, now=story.now, comment=words)
        return CalendarPart("COUNTER", written)

    return propose


def _post(
    db: Session,
    story: Story,
    event_id: int,
    address: str,
    said: str,
    write: Callable[[bytes, Asked], CalendarPart],
    *,
    to: str = "",
) -> None:
    """Put a person's answer into the service's own inbox. `to`: not the address they were given."""
    mail = db.scalars(
        select(OutboxMail)
        .join(Member, Member.id == OutboxMail.member_id)
        .where(
            OutboxMail.event_id == event_id,
            Member.address == address,
            OutboxMail.calendar_method == "REQUEST",
        )
        .order_by(OutboxMail.id.desc())
    ).first()
    assert mail is not None and mail.rendered is not None
    letter = opened(seal(story.settings.secret_key, mail.rendered))
    ics = next(one.content for one in letter.attachments if one.content_type == "application/ics")
    invitation = asked(ics)
    recipient = f"{to}@{story.settings.mail_domain}" if to else invitation.organizer
    raw = answering(
        write(ics, invitation),
        said=said,
        title=invitation.title,
        by=Person(mail.to_address, mail.to_name),
        to=recipient,
        in_reply_to=mail.message_id,
        message_id=f"<answer-{mail.id}@{address.rpartition('@')[2]}>",
        date=story.now,
    )
    archive(db, raw, door="mailbox", recipients=[recipient], now=story.now)


def _all_read(db: Session) -> bool:
    unread = select(func.count()).select_from(InboundMail).where(InboundMail.read_at.is_(None))
    return not db.scalar(unread)
