"""Making letters of what was promised, once each; the bytes are kept and every try sends them."""

import random

import structlog
from sqlalchemy.orm import Session

from events_service.db import transaction
from events_service.domain.delivery.rendering import Unrendered, keep, refuse, take_unrendered
from events_service.letters import LETTERS, Letter
from events_service.letters.message import AddressNotSendable, compose
from events_service.letters.sender import sender_in
from events_service.trace import trace_id
from events_service.translation import speaking
from workers.faults import kind_and_place
from workers.process import Turn, now, settings

log = structlog.get_logger("workers.render")
chance = random.SystemRandom().random


def render_due_letters() -> None:
    """Render until nothing is due or the turn is over."""
    turn = Turn()
    while not turn.over:
        with transaction() as session:
            if not render_batch(session):
                return


def render_batch(session: Session) -> int:
    """Render a batch in one transaction; how many rows it took. One that can't be rendered is
    put off and harms no other."""
    mails = take_unrendered(session, now=now())
    for mail in mails:
        trace_id.set(mail.trace_id)
        _render(session, mail)
    trace_id.set(None)
    return len(mails)


def _render(session: Session, mail: Unrendered) -> None:
    try:
        letter, rendered = _written(mail)
    except Exception as error:  # whatever is wrong with this letter, the others are rendered
        why, at_once = kind_and_place(error), isinstance(error, AddressNotSendable)
        state = refuse(session, mail, why, chance=chance(), now=now(), at_once=at_once)
        log.error(
            "letter can't be rendered", mail=mail.id, letter=mail.letter, state=state, why=why
        )
        return
    method = letter.calendar.method if letter.calendar else None
    keep(session, mail, rendered, subject=letter.subject, method=method, now=now())


def _written(mail: Unrendered) -> tuple[Letter, bytes]:
    with speaking(mail.language):
        letter = LETTERS[mail.letter](mail.facts, sender_in(settings()))
    rendered = compose(
        letter,
        to_name=mail.to_name,
        to_address=mail.to_address,
        cc_address=mail.cc_address,
        message_id=mail.message_id,
        date=mail.created_at,
    )
    return letter, rendered
