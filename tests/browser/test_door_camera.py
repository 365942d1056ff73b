"""A phone's camera reads entry codes: a film of a code is what Chromium's camera shows."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
import segno
from playwright.sync_api import Browser, Page, expect

from events_service.tokens import token_for
from tests.browser import at_the_door as door
from tests.browser.conftest import QUIET, the_chromium
from tests.browser.judge import PHONE
from tests.browser.whole_service import WholeService
from tests.conftest import SECRET

pytestmark = pytest.mark.browser

WIDTH, HEIGHT, SCALE = 640, 480, 6  # px
PATIENCE = 20_000  # ms


def film(code: str, to: Path) -> Path:
    """A few pictures of a QR code on grey, as YUV4MPEG2."""
    matrix = [list(line) for line in segno.make_qr(code, error="m").matrix_iter(SCALE, border=4)]
    light = bytearray([128] * WIDTH * HEIGHT)
    top, left = (HEIGHT - len(matrix)) // 2, (WIDTH - len(matrix)) // 2
    for y, line in enumerate(matrix):
        start = (top + y) * WIDTH + left
        light[start : start + len(line)] = bytes(30 if dark else 220 for dark in line)
    colour = bytes([128]) * (WIDTH * HEIGHT // 2)
    picture = b"FRAME\n" + bytes(light) + colour
    to.write_bytes(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420\n".encode() + picture * 3)
    return to


Phone = Callable[..., AbstractContextManager[Page]]


@pytest.fixture
def phone(chromium: Browser, root: Path, door_service: WholeService) -> Phone:
    """`phone(film, allowed=False)`: a Chromium of its own, whose camera shows the film."""

    @contextmanager
    def taken(film: Path, *, allowed: bool = True) -> Iterator[Page]:
        camera = [f"--use-file-for-fake-video-capture={film}", "--use-fake-device-for-media-stream"]
        browser = chromium.browser_type.launch(
            executable_path=the_chromium(root), args=[*QUIET, *camera]
        )
        context = browser.new_context(
            viewport={"width": PHONE, "height": 740},
            base_url=door_service.address,
            permissions=["camera"] if allowed else [],
        )
        page = context.new_page()
        wrong: list[str] = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        yield page
        browser.close()
        assert wrong == []

    return taken


def scan(page: Page, link: str) -> None:
    page.goto(link)
    expect(page.locator("#door-net")).to_contain_text("Everything is sent.")
    page.get_by_role("button", name="Scan a code").click()


def code_of(service: WholeService, slug: str, name: str) -> str:
    with service.session() as db:
        number = door.named(db, door.event_of(db, slug), name).id
        return f"{service.address}/pass/{token_for(SECRET, 'pass', number)}"


def test_a_code_before_the_camera_checks_its_person_in_once(
    door_service: WholeService, phone: Phone, tmp_path: Path
) -> None:
    link = door.workshop_today(door_service, "camera")
    code = code_of(door_service, "camera", "Åsa Öberg")
    with phone(film(code, tmp_path / "code.y4m")) as page:
        scan(page, link)
        expect(page.locator("#door-done-name")).to_have_text("Åsa Öberg", timeout=PATIENCE)
        expect(page.locator("#door-done-when")).to_contain_text("ame in")
        page.wait_for_timeout(5000)  # it stays in the picture, and is read again
        page.get_by_role("button", name="Stop the camera").click()
        expect(page.locator("#door-camera")).to_be_hidden()
        expect(page.locator("#door-net")).to_contain_text("Everything is sent.")
    assert door.came_in(door_service, "camera") == ["Åsa Öberg"]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("https://example.org/menu", "This is no entry code of ours."),
        (f"https://example.org/pass/{'a' * 32}", "This code belongs to nobody on the list."),
    ],
)
def test_codes_that_open_nothing(
    door_service: WholeService, phone: Phone, tmp_path: Path, code: str, said: str
) -> None:
    slug = f"camera-{len(code)}"
    link = door.workshop_today(door_service, slug)
    with phone(film(code, tmp_path / "code.y4m")) as page:
        scan(page, link)
        expect(page.locator("#door-camera-says")).to_contain_text(said, timeout=PATIENCE)
    assert door.came_in(door_service, slug) == []


def test_without_permission_it_says_what_to_do(
    door_service: WholeService, phone: Phone, tmp_path: Path
) -> None:
    link = door.workshop_today(door_service, "camera-denied")
    with phone(film("x", tmp_path / "x.y4m"), allowed=False) as page:
        scan(page, link)
        refused = re.compile("The camera can’t be used. Allow it in the browser’s settings")
        expect(page.locator("#door-camera-says")).to_contain_text(refused, timeout=PATIENCE)
