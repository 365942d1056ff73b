"""What a person at the terminal sees: short steps, then the lines of each process."""

import contextlib
import sys
from pathlib import Path
from typing import IO

COLOURS = {"web": 36, "worker": 35, "beat": 33}
WIDTH = len("postgres")


class Terminal:
    """Prints to standard output; what is put aside goes to a file instead."""

    def __init__(self) -> None:
        self._aside: IO[str] | None = None

    def step(self, text: str) -> None:
        with contextlib.suppress(OSError):  # a closed terminal must not end the service midway
            print(text, file=self._aside, flush=True)

    def line(self, name: str, text: str) -> None:
        label = name.ljust(WIDTH)
        if self._aside is None and sys.stdout.isatty():
            label = f"\033[{COLOURS.get(name, 34)}m{label}\033[0m"
        self.step(f"{label} | {text}")

    def put_aside(self, file: Path) -> None:
        self._aside = file.open("a")

    def bring_back(self) -> None:
        if self._aside is not None:
            self._aside.close()
            self._aside = None
