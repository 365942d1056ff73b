"""`events-service demo`: the whole story, told as data, with links that open."""

import json
import re
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

import pytest

from tests.running.running_service import RunningService, events_service

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
    "Questions": "Stockholm asks each person eleven questions, one of its own; "
    "Newark sends three people a link each",
    "Somebody else comes": "Boise sends its youth services lead in place of its community "
    "engagement lead: one calendar is cleared (CANCEL), another is filled (REQUEST)",
    "Own details": "Newark’s deputy mayor answers everything and says no to photographs; its "
    "schools liaison stops after four questions and goes on by the same link, "
    "with eight steps left",
    "What people told": "Three people are asked, one has told everything and agreed to its being "
    "read; of the others nobody reads a word yet. The kitchen reads, without names: "
    "“No nuts: I am allergic”",
    "Waiting list": "Strasbourg has a room for four: Berlin waited, Newark withdrew, "
    "Berlin has its places",
    "Kept places": "Columbus has a room for nine, with four places kept for new cities; "
    "six cities are asked, one of them new",
    "Decide": "Newark and Dijon are approved, Dijon on three of the kept places; Edmonton is "
    "turned down and reads why, Helsinki waits as a whole, and Bratislava waits for you to decide",
    "Read and release": "Nineteen letters about these decisions waited in the outbox; "
    "the one to Edmonton got words of its own, and all were released",
    "Offer": "Helsinki is offered two of its three places, with ten days to answer, and takes them",
    "Outbox": "Boise is put on the waiting list; two letters about it wait: release them, "
    "or undo the decision",
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
MAILS = {"sent": 106, "drafted": 2}
# What the page behind each link shows of it, in this order; of those that issue 4 brought.
SHOWN = {
    "Questions": ["Questions to each person", "Which working group would you like to join?"],
    "Somebody else comes": ["Withdrawn: Stockholm", "Community engagement lead, Boise", "CANCEL"],
    "Own details": ["Your details for Stockholm", "8 questions are still open", "Vegetarian"],
    "What people told": ["What people told us", "No nuts: I am allergic"],
    "Kept places": ["Of 9 places 8 are taken", "3 of them are taken", 'value="4"'],
    "Decide": [
        "One delegation awaits your decision",
        "Bratislava",
        "Waiting list",
        "Confirmed",
        "Turned down",
        "belongs to Cape Town",
    ],
    "Read and release": ["No places: Edmonton for Columbus", "naming your people so early"],
    "Offer": ["Helsinki in Columbus", "Your delegation of 2 is registered."],
    "Outbox": ["On the waiting list: Boise", "Release all 2 letters"],
}


def told_in(happened: dict[str, Any]) -> dict[str, str]:
    return {
        chapter["name"]: chapter["happened"].replace("\u00a0", " ")
        for chapter in happened["chapters"]
    }


def story_of(days: str, **other: str) -> dict[str, str]:
    return {**STORY, "Schedule": STORY["Schedule"].format(days=days), **other}


def played_on(data: Path, **environment: str) -> dict[str, Any]:
    told = events_service("demo", "--json", "--data", str(data), seconds=300, **environment)
    assert told.returncode == 0, told.stderr
    happened: dict[str, Any] = json.loads(told.stdout)
    return happened


def test_the_story_is_played_on_fresh_data_in_another_year(tmp_path):
    happened = played_on(tmp_path, CLOCK_STARTS_AT="2030-06-01T09:00:00+00:00")
    assert told_in(happened) == story_of("23 February – 24 November 2033")
    assert happened["mails"] == MAILS


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningService]:
    monkeypatch.setenv("CLOCK_STARTS_AT", "2026-11-22T09:00:00+00:00")
    running = RunningService(tmp_path / "data")
    yield running
    if running.process.poll() is None:
        running.interrupt()


def test_the_story_is_played_on_a_running_service_and_its_links_open(service):
    happened = played_on(service.data)
    assert told_in(happened) == story_of("3 March – 2 December 2027")
    assert happened["mails"] == MAILS
    browser = signed_in(service)
    pages = {one["name"]: opened(browser, one["link"]) for one in happened["chapters"]}
    assert {name: status for name, (status, _page) in pages.items()} == dict.fromkeys(STORY, 200)
    assert {name: shown(words, pages[name][1]) for name, words in SHOWN.items()} == SHOWN
    again = played_on(service.data)
    waited = STORY["Waiting list"].replace("Berlin waited", "Berlin had waited")
    assert told_in(again) == story_of("3 March – 2 December 2027", **{"Waiting list": waited})
    assert again["mails"] == MAILS


def signed_in(service: RunningService) -> OpenerDirector:
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    link = service.sign_in_link()
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', opened(browser, link)[1])
    assert token is not None
    browser.open(link, urlencode({"csrf_token": token[1]}).encode(), timeout=30)
    return browser


def opened(browser: OpenerDirector, link: str) -> tuple[int, str]:
    with browser.open(link, timeout=30) as answer:
        return answer.status, answer.read().decode().replace("\u00a0", " ")


def shown(words: list[str], page: str) -> list[str]:
    """Those of the words that the page shows, in the order of the page."""
    return sorted((one for one in words if one in page), key=page.index)


def test_data_that_is_there_is_not_played_on(tmp_path):
    (tmp_path / "postgres").mkdir()
    refused = events_service("demo", "--json", "--data", str(tmp_path))
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == f"Error: {tmp_path} holds data already; --json wants fresh data.\n"
