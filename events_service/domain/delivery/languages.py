"""Letters that wait as drafts follow a choice of language: their reader's, else their city's."""

from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from events_service.domain.delivery.approval import render_again
from events_service.model import City, Member, OutboxMail
from events_service.translation import SOURCE


def write_drafts_anew(session: Session, *which: ColumnElement[bool], now: datetime) -> int:
    """Have those drafts written anew whose reader has another language by now; how many. Whoever
    has read one before reads it again before it can leave."""
    session.flush()
    language = func.coalesce(Member.language, City.language, SOURCE)
    asked = (
        select(OutboxMail, language)
        .outerjoin(Member, Member.id == OutboxMail.member_id)
        .outerjoin(City, City.id == OutboxMail.city_id)
        .where(OutboxMail.state == "drafted", OutboxMail.language != language, *which)
        .order_by(OutboxMail.id)
        .with_for_update(of=OutboxMail)
        .execution_options(populate_existing=True)
    )
    found = session.execute(asked).all()
    for mail, spoken in found:
        mail.language = spoken
        render_again(mail, now=now)
    session.flush()
    return len(found)
