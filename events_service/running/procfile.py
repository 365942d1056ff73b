"""The Procfile: the one list of the service's processes, read here and by other runners."""

import re
from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).parents[1]
LINE = re.compile(r"([A-Za-z0-9_-]+):\s*(.+)")


@dataclass(frozen=True)
class Program:
    """A name and a command in the shell's writing."""

    name: str
    command: str


def the_procfile() -> Path:
    """Inside the package in a wheel, beside it in a checkout."""
    inside = PACKAGE / "Procfile"
    return inside if inside.exists() else PACKAGE.parent / "Procfile"


def read_procfile(path: Path) -> list[Program]:
    """The programs in their order. Empty lines and comments are left out."""
    programs = []
    for line in path.read_text().splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        match = LINE.fullmatch(line.strip())
        if match is None:
            raise ValueError(f"{path} has a line that is no 'name: command': {line}")
        programs.append(Program(match[1], match[2]))
    return programs
