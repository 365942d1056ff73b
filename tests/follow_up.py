"""The follow-up's cast: a practice of Newark shown at Stockholm, and people of the secretariat."""

from datetime import date

from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.letters import LETTERS
from events_service.letters.message import compose
from events_service.letters.sender import sender_in
from events_service.model import Account, Attendance, Event, OutboxMail, Practice
from events_service.model.account import Role
from tests import cast


def colleague(db: Session, name: str = "Programme lead", role: Role = "staff") -> Account:
    made = Account(
        address=f"{name.lower().replace(' ', '.')}@example.org",
        name=name,
        role=role,
        created_at=cast.LONG_AGO,
    )
    db.add(made)
    db.flush()
    return made


def practice(
    db: Session, title: str = "Open streets after school", city: str = "Newark"
) -> Practice:
    shown_at = db.query(Event).first() or cast.event(db)
    made = Practice(
        slug=title.lower().replace(" ", "-"),
        event=shown_at,
        city=cast.city(db, city),
        title=title,
        challenge="Children had nowhere to go.",
        approach="Streets close to cars at three.",
        impact="Fewer calls to the police.",
    )
    db.add(made)
    db.flush()
    return made


def came(db: Session, event: Event, city: str, name: str = "Deputy mayor") -> Attendance:
    """Somebody from a city who walked in."""
    made = Attendance(
        event_id=event.id,
        city=cast.city(db, city),
        name=f"{name}, {city}",
        role=name,
        days=[date(2027, 5, 31)],
        walk_in=True,
        recorded_at=cast.LONG_AGO,
    )
    db.add(made)
    db.flush()
    return made


def written(db: Session, settings: Settings, mail: OutboxMail) -> OutboxMail:
    """The mail as the worker leaves it: rendered, waiting for approval or for its turn."""
    letter = LETTERS[mail.letter](mail.facts, sender_in(settings))
    mail.rendered = compose(
        letter,
        to_name=mail.to_name,
        to_address=mail.to_address,
        cc_address=mail.cc_address,
        message_id=mail.message_id,
        date=mail.created_at,
    )
    mail.subject = letter.subject
    db.commit()
    return mail
