"""The wheel, in an environment that holds nothing else, away from any checkout."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.running.running_service import RunningService, clean_environment

pytestmark = pytest.mark.slow

RENDER = """
from events_service.config import shipped
from events_service.letters import LETTERS, Sender

sender = Sender("Network", "example.org", "https://example.org", "secretariat@example.org")
facts = {"account": "Organiser", "link": {"number": 1, "version": 1}, "minutes": 15}
letter = LETTERS["sign_in"](facts, sender)
print(shipped("templates"))
print(letter.subject)
print("https://example.org/sign-in/" in letter.text, "</html>" in letter.html)
"""


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip(sys.executable, "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", folder, root)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel and what it asks for; its folder is no checkout."""
    folder = tmp_path_factory.mktemp("elsewhere")
    python = folder / "env/bin/python"
    venv = [sys.executable, "-m", "venv", "--without-pip", str(folder / "env")]
    subprocess.run(venv, check=True)
    into = ["--python", python, "install", "-q", "--disable-pip-version-check", "--no-deps"]
    pip(sys.executable, *into, "--require-hashes", "-r", root / "requirements.txt")
    pip(sys.executable, *into, "--no-index", wheel)
    return folder


def pip(python: str, *arguments: object) -> None:
    command = [python, "-m", "pip", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, env=clean_environment())
    assert done.returncode == 0, done.stderr


def test_it_carries_everything_that_the_service_reads(wheel, root):
    carried = set(zipfile.ZipFile(wheel).namelist())
    for folder, inside in {
        "events_service": "events_service",
        "workers": "workers",
        "templates": "events_service/templates",
        "assets/build": "events_service/static",
    }.items():
        files = (path for path in (root / folder).rglob("*") if path.is_file())
        wanted = {
            f"{inside}/{path.relative_to(root / folder).as_posix()}"
            for path in files
            if "__pycache__" not in path.parts
        }
        assert wanted <= carried, wanted - carried
    assert "events_service/Procfile" in carried


def test_it_serves_a_page_and_ends(elsewhere):
    service = RunningService(elsewhere / "data", [str(elsewhere / "env/bin/events-service")])
    status, page = service.get("/")
    assert (status, "/assets/app." in page) == (200, True)
    assert service.interrupt() < 10


def test_it_renders_a_letter(elsewhere):
    script = elsewhere / "render.py"
    script.write_text(RENDER)
    done = subprocess.run(
        [elsewhere / "env/bin/python", script],
        capture_output=True,
        text=True,
        cwd=elsewhere,
        env=clean_environment(),
    )
    assert done.returncode == 0, done.stderr
    templates, *letter = done.stdout.splitlines()
    assert templates.startswith(os.fspath(elsewhere))
    assert letter == ["Your link to sign in to Network", "True True"]
