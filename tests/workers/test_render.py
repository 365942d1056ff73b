"""Rendering: once, in batches, and no letter harms another."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from events_service.db import transaction
from events_service.domain.outbox import Recipient, promise
from events_service.letters.facts import SignInFacts
from events_service.translation import LANGUAGES, LOCALES, current_language, speaking
from workers.render import render_due_letters

pytestmark = pytest.mark.usefixtures("jobs")
GOOD = SignInFacts(account="Editor", link={"number": 7, "version": 1}, minutes=15)


def promised(
    key: str,
    facts: object = GOOD,
    letter: str = "sign_in",
    language: str = "",
    **given: object,
) -> None:
    with transaction() as session:
        promise(
            session,
            letter,
            Recipient(f"{key}@city.example.org", "Editor", language=language),
            key=key,
            facts=facts,
            now=datetime.now(UTC),
            mail_domain="events.example.org",
            **given,
        )


def test_a_promise_becomes_bytes_without_a_token(post):
    promised("a")
    render_due_letters()
    ((subject, method, rendered, state),) = post.rows(
        "subject", "calendar_method", "rendered", "state"
    )
    assert (subject, method, state) == (
        "Your link to sign in to Network of Cities",
        None,
        "queued",
    )
    assert b"zzlinkzzsign000000000007v0000001" in bytes(rendered)


def test_letters_are_rendered_once(post):
    promised("a")
    render_due_letters()
    before = post.rows("rendered", "rendered_at")
    render_due_letters()
    assert post.rows("rendered", "rendered_at") == before


def test_what_waits_for_approval_is_rendered_and_stays(post):
    promised("a", for_approval=True)
    render_due_letters()
    assert post.rows("state", "rendered is not null") == [("drafted", True)]


def test_what_is_not_due_is_not_rendered(post):
    promised("a")
    post.change(due_at=datetime.now(UTC) + timedelta(minutes=1))
    render_due_letters()
    assert post.rows("rendered is null") == [(True,)]


def test_a_letter_that_fails_is_put_off_and_the_others_are_rendered(post):
    promised("bad", facts={"account": "a private name"})
    promised("unknown", letter="no_such_letter")
    promised("good")
    with capture_logs() as lines:
        render_due_letters()
    assert post.rows("state", "render_attempts", "rendered is not null") == [
        ("queued", 1, False),
        ("queued", 1, False),
        ("queued", 0, True),
    ]
    assert post.rows("due_at > now() + interval '20 seconds'") == [(True,), (True,), (False,)]
    assert [line["event"] for line in lines] == ["letter can't be rendered"] * 2
    assert "a private name" not in str(lines)


@pytest.mark.parametrize(
    ("for_approval", "state"),
    [
        (False, "dead"),
        (True, "drafted"),  # dead mail can be sent again without approval
    ],
)
def test_the_fifth_failure_is_the_last(for_approval, state, post):
    promised("bad", facts={}, for_approval=for_approval)
    for _ in range(6):
        render_due_letters()
        post.change(due_at=datetime.now(UTC))
    ((found, attempts, why),) = post.rows("state", "render_attempts", "last_answer")
    assert (found, attempts) == (state, 5)
    assert why.startswith("The letter can't be rendered: KeyError at ")


def test_an_address_that_no_server_takes_is_dead_at_once(post):
    promised("žofia")
    render_due_letters()
    assert post.rows("state") == [("dead",)]


def spoken(rendered: bytes) -> str:
    """The language that both the message and its page say they are in."""
    [language] = [each for each in LANGUAGES if f"Content-Language: {each}".encode() in rendered]
    assert f'<html lang="{LOCALES[language].replace("_", "-")}"'.encode() in rendered
    return language


def test_each_letter_is_written_in_its_own_language_whoever_asks(post):
    promised("bad", facts={}, language="sk")
    for key, language in (("a", "fr"), ("b", "sv"), ("c", ""), ("d", "fr")):
        promised(key, language=language)
    with speaking("sv"):
        render_due_letters()
        assert current_language() == "sv"
    found = post.rows("language", "rendered")
    assert [language for language, _ in found] == ["sk", "fr", "sv", "en", "fr"]
    assert [spoken(bytes(rendered)) for _, rendered in found[1:]] == ["fr", "sv", "en", "fr"]


def test_two_threads_at_once_keep_their_languages_apart(post):
    for number in range(120):
        promised(f"a{number}", language=LANGUAGES[number % 4])
    with ThreadPoolExecutor(2) as pool:
        for job in [pool.submit(render_due_letters) for _ in range(2)]:
            job.result()
    found = post.rows("language", "rendered")
    assert len(found) == 120
    assert [spoken(bytes(rendered)) for _, rendered in found] == [said for said, _ in found]
