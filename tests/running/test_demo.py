"""`events-service demo --json`: the whole story on data of its own, told as data."""

import json

import pytest

from tests.running.running_service import events_service

pytestmark = pytest.mark.slow

STORY = {
    "Schedule": "Bratislava, Strasbourg, Stockholm, Columbus and Cape Town: {days}, "
    "open for registration",
    "Invite": "Seven cities have a letter with a link of their own",
    "Register": "Five cities name ten people",
    "Calendar invitations": "Ten people have a letter with a calendar invitation",
    "Move": "Stockholm takes place a week later: 17 people were written to, "
    "and their calendars move along",
    "Answer": "Nine people answer on their page",
    "Answer from a calendar": "Helsinki accepts in its calendar, Newark’s schools liaison "
    "proposes another hour, and a decline that somebody forged waits for the organiser",
    "Waiting list": "Strasbourg has a room for four: Berlin waited, Newark withdrew, "
    "Berlin has its places",
    "Attendance": "Stockholm 2024: 58 officials and 10 guests are recorded",
    "Consent": "Refused: The quote “I do not need a new body. I need a telephone number that "
    "someone answers at night.” is to be shown, but consent for it is not recorded as given. "
    "Record the consent, or take the quote out of the document.",
    "Report": "The summary page of Stockholm is published, as a page and as a PDF",
    "Spotlight": "Boise’s practice becomes a City Spotlight: "
    "the letter was drafted, approved and sent",
    "Onboarding": "Seven cities are introduced, each with a task list: Cernay, Dijon, Kalamaria, "
    "Kordelio-Evosmos, Mittelhausbergen, Montpellier and Murcia",
}
MAILS = {"sent": 62}


@pytest.mark.parametrize(
    ("year", "days"),
    [
        ("2026-11-22", "3 March – 2 December 2027"),
        ("2030-06-01", "23 February – 24 November 2033"),
    ],
)
def test_the_story_is_played_on_fresh_data_in_any_year(tmp_path, year, days):
    clock = f"{year}T09:00:00+00:00"
    told = events_service(
        "demo", "--json", "--data", str(tmp_path), seconds=300, CLOCK_STARTS_AT=clock
    )
    assert told.returncode == 0, told.stderr
    happened = json.loads(told.stdout)
    words = {
        chapter["name"]: chapter["happened"].replace("\u00a0", " ")
        for chapter in happened["chapters"]
    }
    assert words == {**STORY, "Schedule": STORY["Schedule"].format(days=days)}
    assert happened["mails"] == MAILS


def test_data_that_is_there_is_not_played_on(tmp_path):
    (tmp_path / "postgres").mkdir()
    refused = events_service("demo", "--json", "--data", str(tmp_path))
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == f"Error: {tmp_path} holds data already; --json wants fresh data.\n"
