"""Whether a city has been written to about its invitation. The outbox says so, and nothing else
does, so that whatever is done there (released, taken back, left out, put back) holds at once: a row
of `city_invitation` only says that somebody means to ask the city."""

from typing import Literal, cast

from sqlalchemy import ColumnElement, Exists, case, exists, literal_column, not_

from events_service.model.mail import OutboxMail
from events_service.model.registration import CityInvitation

FirstLetter = Literal["gone", "waits", "left_out"]


def first_letter() -> ColumnElement[FirstLetter]:
    """Of the CityInvitation in a query. "gone": a letter to the city was released, or somebody
    there has its page already, or no first letter was kept. "waits": in the outbox. "left_out":
    it was drafted, and put aside."""
    return case(
        (CityInvitation.opened_at.is_not(None), "gone"),
        (_invited(OutboxMail.state.not_in(("drafted", "discarded"))), "gone"),
        (not_(_invited(_is_first())), "gone"),
        (_invited(OutboxMail.state == "drafted"), "waits"),
        else_="left_out",
    )


def _is_first() -> ColumnElement[bool]:
    return not_(cast(ColumnElement[bool], OutboxMail.facts["again"].as_boolean()))


def _invited(*which: ColumnElement[bool]) -> Exists:
    return exists().where(
        OutboxMail.event_id == CityInvitation.event_id,
        OutboxMail.city_id == CityInvitation.city_id,
        OutboxMail.letter == literal_column("'city_invited'"),  # as in the index
        *which,
    )
