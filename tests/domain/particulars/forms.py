"""People who tell about themselves: a city with two members, and the form of the first."""

from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.particulars.consents import current_texts
from events_service.domain.particulars.filling import answer_consents, save_answer
from events_service.domain.particulars.people import Named, form_for, people_named
from events_service.model import CityInvitation, Event, Particulars
from events_service.tokens import token_for
from tests import cast, office
from tests.conftest import SECRET, TestClock


def delegation(
    db: Session, settings: Settings, clock: TestClock, event: Event | None = None
) -> CityInvitation:
    """Newark comes with a mayor and a liaison."""
    return office.registered(
        db, settings, clock, event or cast.event(db), "Newark", "Mayor", "Liaison"
    )


def people(db: Session, clock: TestClock, invitation: CityInvitation) -> list[Named]:
    db.flush()
    return people_named(db, invitation, now=clock.now)


def form(db: Session, clock: TestClock, invitation: CityInvitation, number: int = 1) -> Particulars:
    """Of the person with that number, made when there is none."""
    person = people(db, clock, invitation)[number - 1]
    return form_for(db, invitation, person, now=clock.now)


def tells(db: Session, clock: TestClock, form: Particulars, **answers: object) -> None:
    """The person answers these questions themselves."""
    for key, value in answers.items():
        save_answer(db, form, key, value, saved_by="person", now=clock.now)


def agrees(db: Session, clock: TestClock, form: Particulars, *, to_all: bool = True) -> None:
    """The person agrees to the wordings; but `to_all`, not to keeping what is sensitive."""
    texts = current_texts(db, "en")
    given = {one.kind: to_all or one.kind == "data" for one in texts}
    answer_consents(db, form, texts, given, now=clock.now)


def own_page(form: Particulars) -> str:
    return f"/me/{token_for(SECRET, 'self', form.id, form.link_version)}"
