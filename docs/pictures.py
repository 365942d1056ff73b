"""Draw docs/pictures from a service of its own, with the sample data and the story of the demo.

Run it by `make pictures`. The clock is set, so that a picture changes only with what it shows.
"""

import base64
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from events_service.running.alone import a_free_port

PICTURES = Path(__file__).parent / "pictures"
CLOCK = "2026-11-22T12:00:00Z"
SECONDS_TO_PLAY = 180.0
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
WIDTH = 1200


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "events_service.cli", *words]


@contextmanager
def played_service() -> Iterator[tuple[Path, str]]:
    """A service on fresh data on which the story was played; its folder and address."""
    port = a_free_port()
    with tempfile.TemporaryDirectory(prefix="events-") as folder:
        data = Path(folder)
        service = subprocess.Popen(  # noqa: S603 (ourselves)
            command("demo", "--data", folder, "--port", str(port)),
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "CLOCK_STARTS_AT": CLOCK},
        )
        try:
            assert service.stdout is not None
            deadline = time.monotonic() + SECONDS_TO_PLAY
            for line in service.stdout:  # until it greets, after the story
                if line.startswith("The service is ready"):
                    break
                if time.monotonic() > deadline:
                    sys.exit("The story was not played in time.")
            else:
                sys.exit("The service ended before the story was played.")
            yield data, f"http://127.0.0.1:{port}"
        finally:
            service.send_signal(signal.SIGINT)
            service.communicate(timeout=30)


def said(data: Path, *words: str) -> str:
    done = subprocess.run(  # noqa: S603 (ourselves)
        [*command(*words), "--data", str(data)], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


class Camera:
    """One browser page on one service; `take` keeps what it shows."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser, self.page, self.address = browser, browser.new_page(), address

    def go(self, path: str) -> None:
        self.page.goto(path if path.startswith("http") else self.address + path)

    def press(self, words: str) -> None:
        self.page.get_by_role("button", name=words, exact=True).first.click()
        self.page.wait_for_load_state()

    def follow(self, words: str) -> None:
        self.page.get_by_role("link", name=words).first.click()
        self.page.wait_for_load_state()

    def fill(self, label: str, words: str, within: str = "main") -> None:
        self.page.locator(within).get_by_label(label, exact=True).fill(words)

    def take(self, name: str, height: int) -> None:
        """The page's upper `height` pixels."""
        self.page.evaluate("document.fonts.ready")
        self.page.set_viewport_size({"width": WIDTH, "height": height})
        self.page.evaluate("window.scrollTo(0, 0)")
        self.page.screenshot(path=PICTURES / f"{name}.png")

    def take_side_by_side(self, name: str, *paths: str) -> None:
        """Pages beside each other, each as wide as on a desk and drawn at half its size."""
        shots = []
        self.page.set_viewport_size({"width": WIDTH, "height": 1240})
        for path in paths:
            self.go(path)
            self.page.evaluate("document.fonts.ready")
            shots.append(base64.b64encode(self.page.screenshot()).decode())
        style = "display:flex;gap:16px;margin:0;padding:16px;background:#c6d3ce"
        images = "".join(f'<img width="560" src="data:image/png;base64,{one}">' for one in shots)
        sheet = self.browser.new_page()  # without the service's policy on what may be shown
        sheet.set_viewport_size({"width": 1168, "height": 608})
        sheet.set_content(f'<body style="{style}">{images}</body>')
        sheet.screenshot(path=PICTURES / f"{name}.png")
        sheet.close()


def number_of(camera: Camera, city: str) -> str:
    """The number of the coming workshop in that city."""
    camera.go("/organise")
    link = camera.page.get_by_role("link", name=city).first.get_attribute("href") or ""
    return link.rpartition("/")[2]


def picture_organisers(camera: Camera) -> None:
    camera.go("/organise")
    camera.take("workshops", 900)
    columbus, stockholm = number_of(camera, "Columbus"), number_of(camera, "Stockholm")
    camera.take_side_by_side(
        "service", "/series/workshop-series-2027", f"/organise/events/{stockholm}"
    )
    camera.go(f"/organise/events/{stockholm}")
    camera.take("board", 1080)
    camera.go(f"/organise/events/{stockholm}/move")
    camera.fill("First day", "2027-06-21")
    camera.press("See what changes")
    camera.take("move-preview", 1000)
    camera.page.locator("main form button.govuk-button").first.click()
    camera.page.wait_for_load_state()
    camera.go(f"/organise/events/{stockholm}")
    camera.take("undo", 420)
    camera.press("Undo")
    camera.go(f"/organise/events/{columbus}/cities/invite")
    camera.take("invite", 700)


def picture_city(camera: Camera, data: Path) -> None:
    """What an official sees: Newark looks after its delegation to Stockholm."""
    mails = json.loads(said(data, "mailbox", "list", "--json"))
    kind, to = ("city_invited", "stockholm-2027"), "newark@cities.example.org"
    letter = next(m for m in mails if (m["letter"], m["event"]) == kind and m["to"] == to)
    raw = said(data, "mailbox", "raw", str(letter["id"])).replace("=\n", "")
    link = re.search(r"http\S+/r/[a-z2-7]{32}", raw)
    assert link is not None, "the letter holds a link"
    camera.go(link[0])
    camera.take("city", 700)
    camera.press("Change the delegation")
    camera.take("people", 1000)


def picture_staff(camera: Camera) -> None:
    camera.go("/organise")
    camera.page.get_by_role("link", name="Stockholm").last.click()
    camera.page.wait_for_load_state()
    camera.follow("Report")
    camera.take("report", 900)
    camera.go("/staff/spotlights/new")
    camera.fill("First letter on", "2026-11-20")
    camera.press("Start the partnership")
    for _ in range(20):
        camera.go("/staff/letters")
        letter = camera.page.get_by_role("link", name="May we tell others")
        if letter.count():
            break
        time.sleep(1)
    letter.first.click()
    camera.page.get_by_role("heading", name="Approve").wait_for()
    camera.take("letter", 900)
    camera.go("/staff/mailbox")
    camera.page.get_by_role("link", name="Invitation: Stockholm").first.click()
    camera.page.get_by_text("Puts this into the calendar").wait_for()
    camera.take("mailbox", 800)


def main() -> None:
    with played_service() as (data, address), sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=CHROMIUM
        )
        camera = Camera(browser, address)
        camera.go(said(data, "sign-in-link", "administrator@events.example.org"))
        camera.press("Sign in")
        picture_organisers(camera)
        picture_staff(camera)
        picture_city(camera, data)
        browser.close()


main()
