"""What a letter was, in plain words."""

import pytest

from events_service.model import OutboxMail
from events_service.queries.proof import versions


def letter(name: str, uid: str = "a", *, key: str = "", **facts: object) -> OutboxMail:
    invitation = {"uid": uid} if uid else {}
    return OutboxMail(
        letter=name, dedupe_key=key or name, facts={**facts, "invitation": invitation}, subject="S"
    )


@pytest.mark.parametrize(
    ("mails", "words"),
    [
        (
            [
                letter("member_invited", reason="named"),
                letter("member_updated"),
                letter("member_updated"),
                letter("member_nudge"),
                letter("member_cancelled", reason="event"),
            ],
            ["First invitation", "Change 1", "Change 2", "Reminder", "Cancellation"],
        ),
        (
            [
                letter("delegation_waitlisted", ""),
                letter("member_invited", reason="promoted"),
                letter("member_cancelled", reason="removed"),
                letter("member_invited", reason="readmitted"),
            ],
            [
                "On the waiting list",
                "Invitation, off the waiting list",
                "Withdrawal",
                "Invitation, after a cancellation",
            ],
        ),
        (
            [
                letter("member_invited", "a", reason="named"),
                letter("member_invited", "b", reason="named"),
                letter("member_updated", "b"),
                letter("member_updated", "a"),
                letter("member_invited", "a", key="again:a:0:mail-1", reason="named"),
                letter("member_updated", "b", key="again:b:1:organiser-0a"),
                letter("member_cancelled", "b", reason="days"),
            ],
            [
                "First invitation",
                "First invitation",
                "Change 1",
                "Change 1",
                "The same again, as they asked",
                "The same again, sent by an organiser",
                "Taken out of the calendar",
            ],
        ),
        ([letter("a_new_one")], ["S"]),
    ],
)
def test_versions_count_for_each_entry(mails: list[OutboxMail], words: list[str]) -> None:
    assert versions(mails) == words
