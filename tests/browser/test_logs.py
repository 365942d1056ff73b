"""Links open something, so no log holds one; neither does it hold whom they were sent to."""

import urllib.error
import urllib.request

import pytest

from events_service.domain.feeds import feed_of_person
from events_service.model import SignInLink
from events_service.tokens import token_for
from tests import office
from tests.browser import scenes
from tests.browser.post import PostOffice
from tests.browser.whole_service import WholeService
from tests.conftest import SECRET, TestClock

pytestmark = pytest.mark.browser


def ask(address: str, sent: bytes | None = None) -> int:
    try:
        with urllib.request.urlopen(address, data=sent, timeout=30) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_no_log_holds_a_link_or_an_address(service: WholeService, post: PostOffice) -> None:
    clock = TestClock(service.clock())
    with service.session() as db:
        event = scenes.workshop(db, "logged", "What logs say")
        newark = office.registered(db, service.settings, clock, event, "Newark", "Archivist")
        member = office.people_of(newark)[0]
        address = member.address
        paths = [scenes.city_page(newark), f"/a/{token_for(SECRET, 'answ', member.id)}"]
        scenes.colleague(db, "Keeper of logs", "organiser")
        feed = feed_of_person(db, member, now=service.clock())
        calendar = f"/calendar/{token_for(SECRET, 'feed', feed.id)}.ics"
    paths.append(service.sign_in_path("keeper-of-logs@events.example.org"))
    paths.append(calendar)
    statuses = [
        (ask(f"{service.address}{path}"), ask(f"{service.address}{path}x"))
        for path in [*paths, *(f"{path}?again=1" for path in paths)]
    ]
    assert [good for good, _ in statuses] == [200] * 8
    assert [ask(f"{service.address}{path}", b"x=1") for path in paths] == [405, 400, 400, 405]
    assert ask(f"{service.address}/no-such-page{paths[0]}") == 404
    post.wait_for(address, "Invitation: ", about="What logs say")

    log = service.log_of("web")
    for line in (
        "GET /r/<token> 200",
        "GET /a/<token> 200",
        "POST /sign-in/<token> 400",
        "GET /calendar/<token>.ics 200",
    ):
        assert line in log
    with service.session() as db:
        tokens = [path.rpartition("/")[2].removesuffix(".ics") for path in paths]
        tokens += [token_for(SECRET, "sign", one.id) for one in db.query(SignInLink)]
    assert "mail sent" in service.log_of("worker")
    for name in ("web", "worker", "beat"):
        log = service.log_of(name)
        assert [token for token in tokens if token in log] == []
        assert address not in log and "keeper-of-logs" not in log
        assert SECRET not in log
