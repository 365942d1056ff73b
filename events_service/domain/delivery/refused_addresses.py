"""Addresses that a mail server takes nothing for: a person decides that one is tried again."""

from sqlalchemy import delete
from sqlalchemy.orm import Session

from events_service.domain.refusals import Conflict
from events_service.model import SuppressedAddress
from events_service.translation import gettext as _


def try_again(session: Session, address: str) -> None:
    """From now on letters go to the address again; those that did not leave stay as they are.
    Conflict where it is not refused."""
    refused = SuppressedAddress.address == address.lower()
    gone = session.scalar(
        delete(SuppressedAddress).where(refused).returning(SuppressedAddress.address)
    )
    if gone is None:
        raise Conflict(_("Letters go to this address already."))
    session.flush()
