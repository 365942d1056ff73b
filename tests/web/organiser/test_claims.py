"""What a mail claims, as a sentence."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from events_service.model import Event, InboundMail, Invitation, Member
from events_service.web.organiser.claims import came_to, claim_of, span_words

ANSWER = {"method": "REPLY", "attendee": "mayor@newark.example.org", "said": "DECLINED"}
COUNTER = {
    **ANSWER,
    "method": "COUNTER",
    "starts": "2027-06-07T08:00:00+00:00",
    "ends": "2027-06-07T15:00:00+00:00",
}
MAYOR = "mayor@newark.example.org"


def mail(claims: dict[str, Any] | None, **other: Any) -> InboundMail:
    invitation = Invitation(member=Member(name="Deputy mayor, Newark"))
    values = {"sender": "who@example.net", "outcome": "review", "invitation": invitation, **other}
    return InboundMail(claims=claims, **values)


@pytest.mark.parametrize(
    ("claims", "other", "sentence"),
    [
        (ANSWER, {}, f"{MAYOR} declines for Deputy mayor, Newark"),
        (
            {**ANSWER, "said": "ACCEPTED", "day": "2027-06-01"},
            {},
            f"{MAYOR} accepts for Deputy mayor, Newark, on 1\u00a0June 2027",
        ),
        (
            {**ANSWER, "said": "TENTATIVE", "day": "garbled"},
            {},
            f"{MAYOR} accepts tentatively for Deputy mayor, Newark",
        ),
        ({**ANSWER, "said": None}, {}, f"{MAYOR} answers for Deputy mayor, Newark"),
        (
            {**ANSWER, "said": "DELEGATED", "delegated_to": "b@example.net"},
            {},
            f"{MAYOR} suggests b@example.net in place of Deputy mayor, Newark",
        ),
        (
            COUNTER,
            {},
            f"{MAYOR} proposes another time for Deputy mayor, Newark: "
            "Monday 7\u00a0June 2027, 10:00\u00a0–\u00a017:00",
        ),
        (
            {**COUNTER, "starts": "2027-06-07"},
            {},
            f"{MAYOR} proposes another time for Deputy mayor, Newark",
        ),
        (
            {**ANSWER, "method": "REFRESH"},
            {},
            f"{MAYOR} asks for the invitation of Deputy mayor, Newark again",
        ),
        (ANSWER, {"invitation": None}, f"{MAYOR} declines for somebody"),
        (None, {}, "who@example.net sent a letter in words"),
        (None, {"outcome": "quarantined"}, "who@example.net wrote"),
        (None, {"outcome": "quarantined", "sender": None}, "Somebody wrote"),
        (
            {**ANSWER, "attendee": "a\u202eb\r\nBcc: c@example.net"},
            {},
            "ab Bcc: c@example.net declines for Deputy mayor, Newark",
        ),
    ],
)
def test_a_claim_is_one_inert_sentence(
    claims: dict[str, Any] | None, other: dict[str, Any], sentence: str
) -> None:
    event = Event(timezone="Europe/Stockholm")
    assert claim_of(mail(claims, **other), event) == sentence


@pytest.mark.parametrize(
    ("other", "state"),
    [
        ({}, ("tentative", "Waits for a decision")),
        ({"decision": "dismissed"}, ("none", "Put aside")),
        ({"decision": "applied"}, ("accepted", "Carried out by a person")),
        ({"outcome": "bounce"}, ("declined", "Came back")),
        ({"outcome": None}, ("none", "Being read")),
    ],
)
def test_what_became_of_it(other: dict[str, Any], state: tuple[str, str]) -> None:
    assert came_to(mail(ANSWER, **other)) == state


def test_a_span_over_midnight_names_both_days() -> None:
    starts, ends = (datetime(2027, 6, day, 21, tzinfo=UTC) for day in (1, 2))
    assert span_words(starts, ends, ZoneInfo("Europe/Stockholm")) == (
        "Tuesday 1\u00a0June 2027, 23:00 to Wednesday 2\u00a0June 2027, 23:00"
    )
