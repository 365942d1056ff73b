"""Secrets that the service makes for itself at its first start and keeps beside its data."""

import os
import secrets
from pathlib import Path


def kept_secret(path: Path) -> str:
    """The secret in that file; made when there is none yet. Only its owner may read the file."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)  # unlike a rename, never replaces what another process made
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()
