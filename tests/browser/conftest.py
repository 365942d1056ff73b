"""One browser, and two whole services: one sends by a mail server, one keeps its mail."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.judge import Judge
from tests.browser.post import PostOffice, post_office
from tests.browser.visitor import Visitor
from tests.browser.whole_service import WholeService
from tests.conftest import Databases

BEGAN = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)  # a Monday
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
Visits = Callable[..., Visitor]


def the_chromium(root: Path) -> str:
    """CHROMIUM, else the one on the PATH, else the one that the set-up unpacked."""
    unpacked = root / ".tools/bin/chromium"
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or str(unpacked)
    assert Path(found).exists(), "The tests need Debian's chromium: run `make test`."
    return found


# Of the package, not of the session: they end before the worker's other tests begin.


@pytest.fixture(scope="package")
def chromium(root: Path) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=the_chromium(root), args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def judge(chromium: Browser) -> Judge:
    return Judge(chromium)


@pytest.fixture(scope="package")
def post() -> Iterator[PostOffice]:
    with post_office() as office:
        yield office


@pytest.fixture(scope="package")
def service(
    databases: Databases, post: PostOffice, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[WholeService]:
    """Sends by the mail server."""
    data = tmp_path_factory.mktemp("by-mail-server")
    made = WholeService(databases.fresh(), data, BEGAN, post.url)
    made.load_sample()
    with made.running():
        yield made


@pytest.fixture(scope="package")
def quiet_service(
    databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[WholeService]:
    """Has no mail server: keeps its mail in the mailbox."""
    made = WholeService(databases.fresh(), tmp_path_factory.mktemp("mailbox"), BEGAN, None)
    made.load_sample()
    with made.running():
        yield made


@pytest.fixture(scope="package")
def empty_service(
    databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[WholeService]:
    """As on its first day: one account and nothing else. Only its pages run."""
    made = WholeService(databases.fresh(), tmp_path_factory.mktemp("empty"), BEGAN, None)
    made.make_first_administrator()
    with made.running("web"):
        yield made


@pytest.fixture(scope="package")
def door_service(
    databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[WholeService]:
    """For the door: nobody's mail is sent, so only its pages run."""
    made = WholeService(databases.fresh(), tmp_path_factory.mktemp("door"), BEGAN, None)
    made.make_first_administrator()
    with made.running("web"):
        yield made


@pytest.fixture
def visits(chromium: Browser, judge: Judge) -> Iterator[Visits]:
    """`visits(service, screen="phone", scripts=False)`: somebody at a browser of their own."""
    came: list[Visitor] = []

    def come(service: WholeService, **given: Any) -> Visitor:
        came.append(Visitor(chromium, judge, service.address, **given))
        return came[-1]

    yield come
    for visitor in came:
        visitor.leave()
