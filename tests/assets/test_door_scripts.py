"""The door's scripts agree with the server: letters, days, and what the list will be."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from events_service.alphabet import folded


@pytest.fixture
def run(root: Path):
    """The value of an expression; `from` names a module of assets/scripts/door."""

    def run(module: str, expression: str, given: object) -> Any:
        script = (
            f'import * as it from "{root}/assets/scripts/door/{module}.js";'
            f"const given = {json.dumps(given)};"
            f"console.log(JSON.stringify({expression}));"
        )
        node = shutil.which("node") or str(root / ".venv/bin/node")
        asked = [node, "--input-type=module", "--eval", script]
        done = subprocess.run(
            asked, capture_output=True, text=True, check=True, cwd=root / "assets"
        )
        return json.loads(done.stdout)

    return run


NAMES = [
    "Malmö", "ÅRHUS", "Łódź", "Žilina", "Saint-Denis", "Straße", "STRASSE", "Ærø", "Œuvre", "Iğdır",
    "Đà Nẵng", "Þingeyri", "  two   spaces ", "Côte d’Ivoire", "Αθήνα", "Київ", "العربية", "東京",
    "ﬁn", "N°5", "A\u030a", "",
]  # fmt: skip


def test_letters_fold_as_the_servers_do(run) -> None:
    shown = run("fold", "given.map(it.fold)", NAMES)
    assert shown == [folded(name) for name in NAMES]


LIST = {
    "zone": "Europe/Stockholm",
    "days": [{"day": "2027-05-31"}, {"day": "2027-06-01"}],
    "people": [
        {"id": "member:1", "days": ["2027-05-31"], "came": {"2027-05-31": {"at": "a", "key": "k"}}},
        {"id": "member:2", "days": ["2027-06-01"], "came": {}},
    ],
}


@pytest.mark.parametrize(
    ("now", "stands"),
    [
        ("2027-05-29T21:59:59Z", ["2027-05-31", "early"]),
        ("2027-05-29T22:00:00Z", ["2027-05-31", "rehearsal"]),
        ("2027-05-30T21:59:59Z", ["2027-05-31", "rehearsal"]),
        ("2027-05-30T22:00:00Z", ["2027-05-31", "open"]),
        ("2027-05-31T22:00:00Z", ["2027-06-01", "open"]),
        ("2027-06-01T22:00:00Z", ["2027-06-01", "over"]),
    ],
)
def test_the_day_is_that_of_the_host_city_whatever_the_device_thinks(run, now, stands) -> None:
    """A device whose clock is wrong by days was set right when it met the server."""
    ahead = "{...given[0], ahead: new Date(given[1]) - Date.now()}"
    expression = f"(({{day, phase}}) => [day, phase])(it.standing({ahead}))"
    assert run("times", expression, [LIST, now]) == stands


def test_the_list_once_everything_is_sent(run) -> None:
    day = "2027-05-31"
    waiting = [
        {"kind": "back", "key": "k"},
        {"kind": "in", "person": "member:2", "day": day, "came_at": "b", "key": "l"},
        {"kind": "in", "person": "member:2", "day": day, "came_at": "c", "key": "m"},
        {"kind": "in", "person": "member:9", "day": day, "came_at": "c", "key": "n"},
        {"kind": "walk-in", "name": "Guest", "role": "", "home": "Oslo", "day": day,
         "came_at": "d", "key": "o"},
        {"kind": "walk-in", "name": "Mistake", "role": "", "home": "Oslo", "day": day,
         "came_at": "e", "key": "p"},
        {"kind": "back", "key": "p"},
    ]  # fmt: skip
    people = run("roster", "it.roster(...given)", [LIST, waiting])
    assert [(one["id"], one["came"]) for one in people] == [
        ("member:1", {}),
        ("member:2", {day: {"at": "b", "key": "l", "waits": True}}),
        ("new:o", {day: {"at": "d", "key": "o", "waits": True}}),
    ]
    numbers = run("roster", "it.count(it.roster(...given), '2027-05-31')", [LIST, waiting])
    assert numbers == {"expected": 1, "came": 0, "besides": 2}
