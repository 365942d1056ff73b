"""Somebody at a browser, in the words of a user. Every page they come to is judged."""

import re
import time
from urllib.parse import urljoin

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page

from tests.browser.judge import PHONE, Judge, says_nothing_new
from tests.browser.line import Line

HOW_FOCUS_SHOWS = """one => {
  const style = getComputedStyle(one), label = one.nextElementSibling;
  const before = label ? getComputedStyle(label, "::before") : style;
  return [style.outlineStyle !== "none", style.boxShadow !== "none", before.boxShadow !== "none"];
}"""
SECONDS_TO_LOAD = 5.0
SIZES = {"phone": (PHONE, 740), "desktop": (1280, 900)}


class Visitor:
    """`screen`: phone or desktop. `scripts`: whether their browser runs JavaScript. `line`: by
    which their requests go."""

    def __init__(
        self,
        browser: Browser,
        judge: Judge,
        address: str,
        *,
        screen: str = "desktop",
        scripts: bool = True,
        line: Line | None = None,
    ) -> None:
        width, height = SIZES[screen]
        self.judge, self.address = judge, address
        self._context = browser.new_context(
            proxy={"server": line.address, "bypass": "<-loopback>"} if line else None,
            viewport={"width": width, "height": height},
            java_script_enabled=scripts,
            base_url=address,
        )
        self._context.set_default_timeout(10_000)
        self.page: Page = self._context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def leave(self) -> None:
        self._context.close()
        assert self.complaints == []

    # What they do

    def open(self, path: str, *, status: int = 200) -> None:
        answer = self.page.goto(urljoin(self.address, path))
        assert answer is not None and answer.status == status, self.page.content()
        self.look()

    def follow(self, link: str, *, within: str = "body", nth: int = 0) -> None:
        self._come(self.link(link, within=within, nth=nth))

    def press(self, button: str, *, within: str = "body", nth: int = 0) -> None:
        found = self.page.locator(within).get_by_role("button", name=button)
        self._come(found.nth(nth))

    def write(self, label: str, text: str, *, within: str = "body") -> None:
        self.field(label, within=within).fill(text)

    def choose(self, label: str, option: str, *, within: str = "body") -> None:
        """The first option that begins so."""
        select = self.field(label, within=within)
        begins = re.compile(f"^\\s*{re.escape(option)}")
        value = select.locator("option").filter(has_text=begins).first.get_attribute("value")
        select.select_option(value)

    def tick(self, label: str, *, within: str = "body", on: bool = True) -> None:
        self.field(label, within=within).set_checked(on)

    def look(self, where: str = "") -> None:
        self.judge.look(self.page, where=where)

    def waits_for(self, text: str, seconds: float) -> None:
        """Until a page that loads itself again says so."""
        assert self._comes(text, seconds), f"“{text}” is not in:\n{self.shown}"
        self.look()

    def reloads_until(self, text: str, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while not spaced(text).search(self.page.locator("body").text_content() or ""):
            assert time.monotonic() < deadline, f"“{text}” is not in:\n{self.shown}"
            time.sleep(0.3)
            self.page.reload()
        self.look()

    def tab_to(self, element: Locator) -> None:
        """By the Tab key alone; what has the focus must show it."""
        for _ in range(80):
            self.page.keyboard.press("Tab")
            if element.evaluate("one => one === document.activeElement"):
                shown = element.evaluate(HOW_FOCUS_SHOWS)
                assert any(shown), f"nothing shows that {element} has the focus"
                return
        raise AssertionError(f"the Tab key does not lead to {element}")

    def enter(self, element: Locator) -> None:
        """To a link or button by the Tab key, and on by Enter."""
        self.tab_to(element)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.look()

    def type_into(self, label: str, text: str, *, within: str = "body") -> None:
        """By the keyboard alone."""
        self.tab_to(self.field(label, within=within))
        self.page.keyboard.type(text)

    # What they see

    def link(self, text: str, *, within: str = "body", nth: int = 0) -> Locator:
        """One that leads on, whether it looks like a link or like a button."""
        return self.page.locator(within).locator("a").filter(has_text=text).nth(nth)

    def field(self, label: str, *, within: str = "body") -> Locator:
        return self.page.locator(within).get_by_label(label, exact=True)

    def sees(self, *texts: str) -> None:
        for text in texts:
            assert self._comes(text, SECONDS_TO_LOAD), f"“{text}” is not in:\n{self.shown}"

    def misses(self, *texts: str) -> None:
        for text in texts:
            assert not spaced(text).search(self.shown), f"“{text}” is in:\n{self.shown}"

    @property
    def shown(self) -> str:
        """The words of the page, without the empty lines between them."""
        return re.sub(r"\s*\n\s*", "\n", self.page.locator("body").inner_text())

    def _comes(self, text: str, seconds: float) -> bool:
        deadline = time.monotonic() + seconds
        while not spaced(text).search(self.page.locator("body").text_content() or ""):
            if time.monotonic() > deadline:
                return False
            time.sleep(0.1)
        return True

    @property
    def heading(self) -> str:
        return self.page.locator("h1").inner_text()

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.address)

    @property
    def focused(self) -> str:
        """The id of what has the focus."""
        return str(self.page.evaluate("document.activeElement.id"))

    def slips(self) -> list[tuple[str, str]]:
        """The error summary: the field each line leads to, and what it says. Following a line
        puts the focus there."""
        found = []
        for line in self.page.locator(".govuk-error-summary__list a").all():
            target = (line.get_attribute("href") or "").removeprefix("#")
            line.click()
            assert self.focused == target
            found.append((target, " ".join(line.inner_text().split())))
        return found

    def _come(self, to: Locator) -> None:
        with self.page.expect_navigation():
            to.click()
        self.look()

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not says_nothing_new(message, self.page):
            self.complaints.append(f"{message.text} ({message.location['url']})")


def spaced(text: str) -> re.Pattern[str]:
    """The text, whichever kinds of spaces and line ends part its words."""
    return re.compile(r"\s+".join(map(re.escape, text.split())))
