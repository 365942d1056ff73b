"""The link by which a person fills in their own details. Only who it was sent to has it."""

from datetime import datetime

from sqlalchemy.orm import Session

from events_service.domain.refusals import LinkEnded
from events_service.model import Delegation, Event, Particulars
from events_service.tokens import number_in, token_is_right
from events_service.translation import gettext as _


def particulars_behind(session: Session, secret: str, token: str, *, now: datetime) -> Particulars:
    """The form a link opens. LinkEnded says why it opens none: unknown, replaced, or over."""
    number = number_in(token)
    found = session.get(Particulars, number) if number is not None else None
    if found is None:
        raise LinkEnded(_unknown())
    _check(secret, token, found)
    event = session.get_one(Delegation, found.delegation_id).event
    if is_over(event, now):
        raise LinkEnded(
            _(
                "This workshop is over, and what you told us is erased step by step. To see or "
                "erase it before that, write to the secretariat."
            )
        )
    return found


def is_over(event: Event, now: datetime) -> bool:
    """After its last day, on the calendars of the host city."""
    return now.astimezone(event.zone).date() > event.ends_on


def replace_link(session: Session, particulars: Particulars) -> None:
    """The link that was sent opens nothing from now on."""
    particulars.link_version += 1
    session.flush()


def _check(secret: str, token: str, found: Particulars) -> None:
    if token_is_right(secret, token, "self", found.id, found.link_version):
        return
    earlier = range(1, found.link_version)
    ours = any(token_is_right(secret, token, "self", found.id, one) for one in earlier)
    replaced = _("This link was replaced. Use the link in the newest letter to you.")
    raise LinkEnded(replaced if ours else _unknown())


def _unknown() -> str:
    return _(
        "This link is not one of ours, or part of it is missing. Open it from the letter again, "
        "or ask whoever named you to send you a new one."
    )
