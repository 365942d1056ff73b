"""In which outbox a drafted letter waits, and with which others it is read there."""

from sqlalchemy import ColumnElement, and_

from events_service.model.mail import OutboxMail

NUDGE = "member_nudge"
# A group for each kind; every other letter goes with those of its city, since one decision about
# a delegation writes to several people.
BY_KIND = ("city_invited", "city_reminder", NUDGE, "member_details", "proposal_declined")
AGAIN = "again"  # calendar entries that are sent once more
OF_CITY = "city-"


def at_their_event() -> ColumnElement[bool]:
    """Letters that organisers read at their event; those of the follow-up are read by staff."""
    follow_up = OutboxMail.letter.startswith("spotlight_", autoescape=True)
    return and_(OutboxMail.event_id.is_not(None), ~follow_up)


def sends_again(mail: type[OutboxMail]) -> ColumnElement[bool]:
    """Whether it sends an entry once more that its person was told of."""
    return mail.dedupe_key.startswith(f"{AGAIN}:", autoescape=True)


def group_of(letter: str, dedupe_key: str, city_id: int | None) -> str:
    """city_invited · again · city-12"""
    if dedupe_key.startswith(f"{AGAIN}:"):
        return AGAIN
    return letter if letter in BY_KIND or city_id is None else f"{OF_CITY}{city_id}"
