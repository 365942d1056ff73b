"""What people of a delegation are asked, why, and for how long the answer is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import ColumnElement, Table, exists, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from events_service.model import Event, Question
from events_service.model.particulars import QuestionKind
from events_service.translation import NAMES, SOURCE, speaking
from events_service.translation import lazy_gettext as _

LETTERS = "letters"  # key of the question in which language somebody gets their letters
VISA, VISA_NAME = "visa_letter", "visa_name"


@dataclass(frozen=True)
class Default:
    """A question that every event begins with. Texts are in English where they are kept."""

    key: str
    kind: QuestionKind
    label: str
    purpose: str
    keep_days: int
    hint: str = ""
    sensitive: bool = False
    choices: tuple[str, ...] = ()


DEFAULT_QUESTIONS = (
    Default(
        "title",
        "text",
        _("How should we address you?"),
        _("It stands before your name in letters and when you are introduced."),
        730,
        _("For example Councillor, Dr or Ms"),
    ),
    Default(
        "organisation",
        "text",
        _("Which department or organisation do you work for?"),
        _("It helps the hosts to seat people with those who do the same work."),
        730,
        _("For example Department of Social Affairs"),
    ),
    Default(
        "languages",
        "text",
        _("Which languages do you speak?"),
        _("The hosts plan interpreters and working groups by it."),
        30,
        _("Those in which you can follow a discussion"),
    ),
    Default(
        "dietary",
        "long_text",
        _("Is there anything you don’t eat?"),
        _("The kitchen plans the meals by it. It is given what is needed, and no names."),
        30,
        _("Allergies, and what you leave out for reasons of health, faith or choice"),
        sensitive=True,
    ),
    Default(
        "access",
        "long_text",
        _("What do you need to take part fully?"),
        _("The hosts prepare the rooms and the programme by it."),
        30,
        _("For example step-free ways, captions, a place near the front, or time to rest"),
        sensitive=True,
    ),
    Default(
        "travel",
        "long_text",
        _("When and how do you arrive and leave?"),
        _("The hosts plan by it who is met and when the programme can begin."),
        30,
        _("As far as you know it now. You can change it later"),
    ),
    Default(
        VISA,
        "yes_no",
        _("Do you need a letter for your visa?"),
        _("The secretariat writes a letter of invitation for the consulate."),
        60,
    ),
    Default(
        VISA_NAME,
        "text",
        _("What is your name as in your passport, and your nationality?"),
        _("Both stand in the letter for the consulate, and are used for nothing else."),
        60,
    ),
    Default(
        "emergency_contact",
        "text",
        _("Whom should we call in an emergency?"),
        _("Used if something happens to you during the workshop, and otherwise not looked at."),
        7,
        _("A name and a telephone number with its country code. Ask them first"),
        sensitive=True,
    ),
    Default(
        LETTERS,
        "choice",
        _("In which language do you want our letters?"),
        _("Letters about this workshop come to you in that language."),
        30,
        choices=tuple(NAMES.values()),
    ),
)


def questions_of(session: Session, event: Event) -> list[Question]:
    """What is asked at this event, in order. For an event without any of its own these are the
    defaults, not kept yet: reading keeps nothing."""
    if not _has_some(session, event):
        return [Question(**row) for row in _rows(event)]
    asked = Question.event_id == event.id, Question.removed_at.is_(None)
    return list(session.scalars(select(Question).where(*asked).order_by(*ORDER)))


def asks_anything(event_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether `questions_of` the event would find any; for a query."""
    own = Question.event_id == event_id
    return or_(~exists().where(own), exists().where(own, Question.removed_at.is_(None)))


def ensure_questions(session: Session, event: Event) -> None:
    """An event that has no questions gets the defaults; one that has some keeps its own."""
    if _has_some(session, event):
        return
    table = cast(Table, Question.__table__)
    session.execute(insert(table).on_conflict_do_nothing(), _rows(event))


def asked_of(questions: Sequence[Question], answers: dict[str, object]) -> list[Question]:
    """Those that are to be asked after what was answered so far: a name for the consulate only
    of who needs a letter."""
    keys = {one.key for one in questions}
    needless = VISA in keys and answers.get(VISA) is not True
    return [one for one in questions if not (one.key == VISA_NAME and needless)]


ORDER = (Question.position, Question.id)


def _has_some(session: Session, event: Event) -> bool:
    return bool(session.scalar(select(exists().where(Question.event_id == event.id))))


def _rows(event: Event) -> list[dict[str, object]]:
    with speaking(SOURCE):
        return [
            {
                "event_id": event.id,
                "key": one.key,
                "kind": one.kind,
                "label": str(one.label),
                "hint": str(one.hint),
                "purpose": str(one.purpose),
                "keep_days": one.keep_days,
                "sensitive": one.sensitive,
                "required": False,
                "choices": list(one.choices),
                "position": position,
            }
            for position, one in enumerate(DEFAULT_QUESTIONS)
        ]
