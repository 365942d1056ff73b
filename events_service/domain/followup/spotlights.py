"""Partnerships with the cities behind practices: five steps, each with an owner and a day."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service.domain.delivery.approval import put_aside, put_back
from events_service.domain.followup.due import working_day
from events_service.domain.refusals import Conflict, NotFound
from events_service.letters.facts import LetterName
from events_service.model import Account, Practice, Spotlight, SpotlightStep
from events_service.model.followup import SpotlightState, StepKey
from events_service.translation import gettext as _
from events_service.translation import lazy_gettext


@dataclass(frozen=True)
class Step:
    key: StepKey
    title: str
    letter: LetterName
    after: timedelta  # from the start of the partnership


STEPS = (
    Step("invite", lazy_gettext("Invite the city"), "spotlight_invite", timedelta(0)),
    Step(
        "draft",
        lazy_gettext("Draft the spotlight with the city"),
        "spotlight_draft",
        timedelta(weeks=3),
    ),
    Step(
        "sign_off",
        lazy_gettext("Ask for the city’s sign-off"),
        "spotlight_sign_off",
        timedelta(weeks=7),
    ),
    Step(
        "publish", lazy_gettext("Publish in the library"), "spotlight_publish", timedelta(weeks=9)
    ),
    Step(
        "check_in",
        lazy_gettext("Check in on the partnership"),
        "spotlight_check_in",
        timedelta(weeks=26),
    ),
)
STEP = {step.key: step for step in STEPS}


def plan(starts_on: date) -> list[tuple[StepKey, date]]:
    """Each step with the day it is due by default, never on a week-end."""
    return [(step.key, working_day(starts_on + step.after)) for step in STEPS]


def start_partnership(
    session: Session, practice_id: int, owner: Account, starts_on: date, *, now: datetime
) -> Spotlight:
    """Open a partnership about a practice with its city. Conflict when there is one already."""
    # The lock lets two people press the button at once: the second is told, not failed.
    found = session.execute(
        select(Practice.city_id).where(Practice.id == practice_id).with_for_update()
    ).scalar()
    if found is None:
        raise NotFound
    if session.scalar(select(Spotlight.id).where(Spotlight.practice_id == practice_id)):
        raise Conflict(
            _("There is already a partnership about this practice. Open it from the list.")
        )
    spotlight = Spotlight(
        practice_id=practice_id, city_id=found, owner_id=owner.id, state="open", started_at=now
    )
    spotlight.steps = [
        SpotlightStep(key=key, position=number, due_on=due_on, owner_id=owner.id)
        for number, (key, due_on) in enumerate(plan(starts_on))
    ]
    session.add(spotlight)
    session.flush()
    return spotlight


def partnership(session: Session, spotlight_id: int) -> Spotlight:
    found = session.get(Spotlight, spotlight_id)
    if found is None:
        raise NotFound
    return found


def step_of(session: Session, spotlight_id: int, step_id: int) -> SpotlightStep:
    """A step of this partnership, else NotFound."""
    found = session.get(SpotlightStep, step_id)
    if found is None or found.spotlight_id != spotlight_id:
        raise NotFound
    return found


def finished_at(step: SpotlightStep) -> datetime | None:
    """When the step was done: marked by staff, or by its letter leaving."""
    if step.done_at is not None:
        return step.done_at
    return step.mail.sent_at if step.mail and step.mail.state == "sent" else None


def next_step(spotlight: Spotlight) -> SpotlightStep | None:
    """The first step that is not done, while the partnership goes on."""
    if spotlight.state == "declined":
        return None
    return next((step for step in spotlight.steps if finished_at(step) is None), None)


def state_now(spotlight: Spotlight) -> SpotlightState:
    """What the steps make of the partnership; a refusal of the city stays until taken back."""
    if spotlight.state == "declined":
        return "declined"
    done = {step.key for step in spotlight.steps if finished_at(step) is not None}
    if len(done) == len(spotlight.steps):
        return "ended"
    return "published" if "publish" in done else "open"


def change_step(session: Session, step: SpotlightStep, owner: Account, due_on: date) -> None:
    """Give a step to somebody, or another day."""
    step.owner = owner
    step.due_on = due_on
    session.flush()


def mark_done(session: Session, step: SpotlightStep, *, now: datetime) -> None:
    """The step is done some other way; a letter drafted for it is put aside."""
    if finished_at(step) is not None:
        return
    step.done_at = now
    put_aside(session, step.mail_id)
    _follow(session, step)


def mark_open(session: Session, step: SpotlightStep) -> None:
    """Undo `mark_done`. Conflict when the step's letter has left."""
    if step.mail is not None and step.mail.state == "sent":
        raise Conflict(_("The letter of this step was sent, so the step stays done."))
    step.done_at = None
    put_back(session, step.mail_id)
    _follow(session, step)


def decline(session: Session, spotlight: Spotlight) -> None:
    """The city doesn't want to go on: nothing is due any more, drafted letters are put aside."""
    spotlight.state = "declined"
    for step in spotlight.steps:
        put_aside(session, step.mail_id)
    session.flush()


def reopen(session: Session, spotlight: Spotlight) -> None:
    """Take back that the city declined."""
    spotlight.state = "open"
    spotlight.state = state_now(spotlight)
    current = next_step(spotlight)
    if current is not None:
        put_back(session, current.mail_id)
    session.flush()


def _follow(session: Session, step: SpotlightStep) -> None:
    spotlight = partnership(session, step.spotlight_id)
    spotlight.state = state_now(spotlight)
    session.flush()
