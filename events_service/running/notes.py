"""What a running service leaves in its data folder for the commands beside it."""

import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from events_service.running.alone import is_running


@dataclass(frozen=True)
class Notes:
    """Where people reach it, and how far its clock is ahead of the real one, in seconds."""

    public_url: str
    clock_is_ahead: float


def leave_notes(data: Path, notes: Notes) -> None:
    (data / "notes.json").write_text(json.dumps(asdict(notes)) + "\n")


def noted_settings(data: Path) -> dict[str, object]:
    """The address of the last start; and, while that service runs, the instant its clock shows."""
    file = data / "notes.json"
    if not file.exists():
        return {}
    notes = Notes(**json.loads(file.read_text()))
    found: dict[str, object] = {}
    if not os.environ.get("PUBLIC_URL"):
        found["public_url"] = notes.public_url
    if notes.clock_is_ahead and is_running(data):
        found["clock_starts_at"] = datetime.now(UTC) + timedelta(seconds=notes.clock_is_ahead)
    return found
