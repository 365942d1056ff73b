"""Whatever is delivered ends archived with an outcome, and nothing raises."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events_service.domain.inbox.archive import archive
from events_service.domain.inbox.reading import read_taken, take_unread
from events_service.model import InboundMail
from tests.domain.inbox import written
from tests.domain.inbox.conftest import Inbox

PROPERTIES = ("UID", "DTSTAMP", "SEQUENCE", "RECURRENCE_ID", "DTSTART", "DTEND", "COMMENT")
VALUES = (
    st.text(max_size=40).map(lambda text: f":{text}")
    | st.from_regex(r"[:;][0-9]{0,9}T?[0-9]{0,7}Z?", fullmatch=True)
    | st.sampled_from([":00010101T000000Z", ":99991231T235959Z", ":-1", ":1" + "0" * 40])
)
SLOWLY = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def ends_with_an_outcome(inbox: Inbox, raw: bytes, recipient: str) -> None:
    number = archive(inbox.db, raw, door="command", recipients=[recipient], now=inbox.now)
    if inbox.db.get_one(InboundMail, number).read_at is None:
        assert take_unread(inbox.db, now=inbox.now) == number
        read_taken(inbox.db, inbox.settings, number, now=inbox.now)
    mail = inbox.db.get_one(InboundMail, number)
    assert (mail.raw, mail.outcome is not None, mail.reason != "") == (raw, True, True)


@SLOWLY
@given(raw=st.binary(max_size=400), recipient=st.text(max_size=60))
def test_any_bytes(inbox: Inbox, raw: bytes, recipient: str) -> None:
    ends_with_an_outcome(inbox, raw, recipient)


@SLOWLY
@given(
    said=st.sampled_from(["ACCEPTED", "DELEGATED", "", "?"]),
    method=st.sampled_from(["REPLY", "COUNTER", "REFRESH"]),
    properties=st.dictionaries(st.sampled_from(PROPERTIES), VALUES | st.none(), max_size=4),
)
def test_any_answer(
    inbox: Inbox, said: str, method: str, properties: dict[str, str | None]
) -> None:
    raw = written.answer(inbox.invitation, said, at=inbox.now, method=method, **properties)
    ends_with_an_outcome(inbox, raw, written.rsvp(inbox.invitation))


@SLOWLY
@given(data=st.data())
def test_any_damage_to_a_real_one(inbox: Inbox, data: st.DataObject) -> None:
    whole = data.draw(
        st.sampled_from(
            [
                written.answer(inbox.invitation, "ACCEPTED", at=inbox.now),
                written.came_back("mayor@newark.example.org"),
            ]
        )
    )
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(start + 60, len(whole))))
    raw = whole[:start] + data.draw(st.binary(max_size=20)) + whole[end:]
    ends_with_an_outcome(inbox, raw, written.rsvp(inbox.invitation))
