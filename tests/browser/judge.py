"""What every page must stand, whoever looks at it: axe, a narrow screen, a quiet console, errors
that are told, and what strain.py puts it through."""

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Route

from tests.browser.slips import wrong_with_errors
from tests.browser.strain import enlarged, moving, spilled, unseen, unseen_in_forced_colours

PHONE = 320  # px: WCAG 2.2, 1.4.10
# Frames hold letters, which are judged by themselves: see `look_at_letter`.
AS_A_PAGE = {
    "resultTypes": ["violations"],
    "iframes": False,
    "rules": {"target-size": {"enabled": True}},  # 2.5.8, which axe leaves out of itself
}
AS_A_LETTER = {  # a letter is a document, not a page with landmarks
    "resultTypes": ["violations"],
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]},
}
PARTS = re.compile(r'<(?:\w+)[^>]* class="([^"]*)"')
CHANGES_EACH_TIME = re.compile(r'(name="csrf_token"[^>]*?value=)"[^"]*"')
TOO_SLOW = re.compile("was preloaded using link preload but not used within a few seconds")
BLOCKED = re.compile("Service Worker registration blocked by Playwright")
OWN_STATUS = re.compile(r"Failed to load resource: the server responded with a status of")


class Judge:
    """Looks at pages in a window of its own, where scripts run: axe needs them. A page whose
    reader has them switched off is shown to the judge as it was sent, under its own address."""

    def __init__(self, browser: Browser) -> None:
        self._context = browser.new_context(
            viewport={"width": PHONE, "height": 740},
            reduced_motion="reduce",
            service_workers="block",  # or it would answer in place of what is to be looked at
        )
        self._page = self._context.new_page()
        self.complaints: list[str] = []
        self._page.on("console", self._heard)
        self._seen: dict[tuple[int, str], str] = {}
        self._strained: set[frozenset[str]] = set()
        self.axe = Axe()
        self.looked_at: list[str] = []

    def look(self, page: Page, *, where: str = "") -> None:
        """Fail on anything wrong with what `page` shows now. A page seen before is let through."""
        address, source = page.url.partition("#")[0], page.content()
        width = (page.viewport_size or {"width": 1280})["width"]
        key = width, CHANGES_EACH_TIME.sub(r"\1", source)
        if key in self._seen:
            return
        self._seen[key] = address
        self.looked_at.append(where or address)
        self.complaints = []
        self._context.clear_cookies()
        self._context.add_cookies(page.context.cookies())  # frames ask who looks
        with self._shown(address, source):
            wrong = [*wrong_with_errors(self._page), *spilled(self._page, f"{PHONE} px")]
            if width != PHONE:
                self._page.set_viewport_size({"width": width, "height": 800})
            found = self.axe.run(self._page, options=AS_A_PAGE)
            wrong += [*map(said_of, found.response["violations"]), *self._strain(source)]
            self._page.set_viewport_size({"width": PHONE, "height": 740})
        wrong += self.complaints
        assert wrong == [], "\n".join([f"{where} {address}:", *wrong])

    def _strain(self, source: str) -> list[str]:
        """A page of the same parts as one before stands what that one stood."""
        parts = frozenset(PARTS.findall(source))
        if parts in self._strained:
            return []
        self._strained.add(parts)
        return [
            *unseen(self._page),
            *unseen_in_forced_colours(self._page),
            *moving(self._page),
            *enlarged(self._page),
        ]

    def look_at_letter(self, source: str, *, where: str) -> None:
        """A letter's HTML, as a mail program shows it."""
        self.looked_at.append(where)
        with self._shown("http://letter.example.org/", source):
            wrong = spilled(self._page, f"{PHONE} px")
            found = self.axe.run(self._page, options=AS_A_LETTER)
        self.complaints = []
        wrong += map(said_of, found.response["violations"])
        assert wrong == [], "\n".join([f"{where}:", *wrong])

    @contextmanager
    def _shown(self, address: str, source: str) -> Iterator[None]:
        def answer(route: Route, request: Request) -> None:
            if request.is_navigation_request() and request.frame == self._page.main_frame:
                route.fulfill(body=source, content_type="text/html; charset=utf-8")
            else:
                route.fallback()

        self._page.route("**/*", answer)
        self._page.goto(address)
        try:
            yield
        finally:
            self._page.unroute("**/*", answer)

    def _heard(self, message: ConsoleMessage) -> None:
        if BLOCKED.search(message.text) or TOO_SLOW.search(message.text):
            return
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.text} ({message.location['url']})")


def said_of(violation: dict[str, Any]) -> str:
    places = "; ".join(
        f"{node['html'][:200]} {html.unescape(node.get('failureSummary', ''))[:300]}"
        for node in violation["nodes"][:4]
    )
    return f"{violation['id']}: {violation['help']}: {places}"


def says_nothing_new(message: ConsoleMessage, page: Page) -> bool:
    """Chromium says that the page itself came with a status of 400 or more, or that this machine
    is slow."""
    own_status = bool(OWN_STATUS.match(message.text)) and message.location["url"] == page.url
    return own_status or bool(TOO_SLOW.search(message.text))
