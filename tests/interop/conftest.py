"""Two readers that we did not write. Without one of them these tests fail; they never skip."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
Judge = Callable[[list[bytes]], list[dict[str, Any]]]


def asked(command: list[str], calendars: list[bytes], missing: str) -> list[dict[str, Any]]:
    """What the judge says of each calendar."""
    done = subprocess.run(
        command,
        input=json.dumps([each.decode() for each in calendars]).encode(),
        capture_output=True,
        check=False,
        timeout=120,
    )
    if done.returncode:
        pytest.fail(f"{missing}\n{done.stderr.decode()}")
    verdicts: list[dict[str, Any]] = json.loads(done.stdout)
    return verdicts


@pytest.fixture(scope="session")
def libical() -> Judge:
    missing = "libical did not judge: apt-get install python3-gi gir1.2-ical-3.0"
    python = shutil.which("python3-with-gi") or "/usr/bin/python3"  # set up by make test
    command = [python, "-W", "ignore", str(HERE / "libical_judge.py")]
    return lambda calendars: asked(command, calendars, missing)


@pytest.fixture(scope="session")
def icaljs() -> Judge:
    missing = "ical.js did not judge: npm ci in assets/"
    command = [shutil.which("node") or "node", str(HERE / "icaljs_judge.mjs")]
    return lambda calendars: asked(command, calendars, missing)
