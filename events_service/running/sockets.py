"""Where the servers that we start listen: files, not ports, so nothing is open to the network."""

import hashlib
import os
import tempfile
from pathlib import Path

LONGEST_PATH = 107  # bytes, with the closing NUL: sockaddr_un in unix(7) has 108
LONGEST_NAME = len("/.s.PGSQL.5432.lock")


def socket_folder(data: Path) -> Path:
    """A folder of our own for sockets: in the data folder, or where paths are short enough.

    The same data folder gives the same answer in every process.
    """
    inside = data.resolve() / "sockets"
    if len(os.fsencode(inside)) + LONGEST_NAME < LONGEST_PATH:
        inside.mkdir(mode=0o700, parents=True, exist_ok=True)
        return inside
    name = hashlib.sha256(os.fsencode(inside)).hexdigest()[:16]
    folder = Path(tempfile.gettempdir()) / f"events-service-{os.getuid()}-{name}"
    folder.mkdir(mode=0o700, exist_ok=True)
    status = folder.lstat()
    if status.st_uid != os.getuid() or status.st_mode & 0o077:
        raise PermissionError(f"{folder} is not a folder that only this user can enter; remove it.")
    return folder
