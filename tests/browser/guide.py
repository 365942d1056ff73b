"""The pictures of the guides: which ones they link, and the camera that takes them."""

import base64
import re
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import FloatRect, Response

from tests.browser.visitor import Visitor

PICTURE = re.compile(r"!\[([^\]]*)\]\((?:docs/)?pictures/([\w-]+)\.png\)")
DESK, PHONE, SHEET = (1200, 900), (360, 800), (1168, 608)  # px
LARGEST = 250_000  # bytes; a guide is also read on a train
BESIDE = "display:flex;gap:16px;margin:0;padding:16px;background:#c6d3ce"


def linked_in(guide: str) -> dict[str, str]:
    """Name of each picture that a guide links → the words for who cannot see it."""
    return {name: words.strip() for words, name in PICTURE.findall(guide)}


def wrong_with(linked: dict[str, str], taken: set[str]) -> list[str]:
    """What a reader of the guides would stumble over, in sentences."""
    return [
        *(f"{name} is linked, but nobody takes it" for name in sorted(linked.keys() - taken)),
        *(f"{name} is taken, but no guide links it" for name in sorted(taken - linked.keys())),
        *(f"{name} has no words for who cannot see it" for name in linked if not linked[name]),
    ]


def width_of(png: bytes) -> int:
    """In px, from the head of the file."""
    return int.from_bytes(png[16:20], "big")


@dataclass
class Camera:
    """Keeps what a visitor has before them, in a folder. `taken`: name → expected width."""

    folder: Path
    taken: dict[str, int] = field(default_factory=dict)

    def take(self, visitor: Visitor, name: str, height: int, *, skip: int = 0) -> None:
        """`height` px of the page below its upper `skip`, as wide as the visitor's screen."""
        page = visitor.page
        width = (page.viewport_size or {"width": DESK[0]})["width"]
        page.set_viewport_size({"width": width, "height": skip + height})
        part: FloatRect = {"x": 0, "y": skip, "width": width, "height": height}
        self._keep(name, width, at_its_best(visitor, part))

    def take_beside(self, visitor: Visitor, name: str, *paths: str) -> None:
        """Pages beside each other, each as wide as on a desk and drawn at half its size."""
        shots = []
        visitor.page.set_viewport_size({"width": DESK[0], "height": 1240})
        for path in paths:
            visitor.open(path)
            shots.append(base64.b64encode(at_its_best(visitor)).decode())
        images = "".join(f'<img width="560" src="data:image/png;base64,{one}">' for one in shots)
        sheet = visitor.page.context.new_page()  # has no policy on what may be shown
        sheet.set_viewport_size({"width": SHEET[0], "height": SHEET[1]})
        sheet.set_content(f'<body style="{BESIDE}">{images}</body>')
        self._keep(name, SHEET[0], sheet.screenshot())
        sheet.close()

    def _keep(self, name: str, width: int, png: bytes) -> None:
        assert name not in self.taken, f"{name} is taken twice"
        self.taken[name] = width
        (self.folder / f"{name}.png").write_bytes(png)


def at_its_best(visitor: Visitor, part: FloatRect | None = None) -> bytes:
    """The page (or a part of it) with its fonts, and nothing that went wrong on it."""
    page = visitor.page
    assert page.locator("h1").count() == 1, visitor.shown
    assert page.locator(".govuk-error-summary").count() == 0, visitor.shown
    page.evaluate("document.fonts.ready")
    page.evaluate("window.scrollTo(0, 0)")
    return page.screenshot(clip=part)


def stands_before(visitor: Visitor, screen: tuple[int, int]) -> Visitor:
    """The same visitor before a screen of this size. From now on a page that comes with a status
    of 400 or more is complained about."""

    def came(answer: Response) -> None:
        if answer.request.is_navigation_request() and answer.status >= 400:
            visitor.complaints.append(f"{answer.status} at {answer.url}")

    visitor.page.set_viewport_size({"width": screen[0], "height": screen[1]})
    visitor.page.on("response", came)
    return visitor
