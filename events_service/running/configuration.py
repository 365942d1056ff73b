"""docs/configuration.md, made from the settings themselves so that it cannot lag behind them."""

from dataclasses import MISSING, Field, fields
from typing import Any

from events_service.config import Settings

HEAD = """\
# Configuration

Made from `events_service/config.py` by `make docs`; change it there.

The service reads its settings from the environment. `events-service up` (and so `make run`)
needs none of them: it brings its own servers and keeps the secrets that it makes in its data
folder. On several machines set the first three, the same everywhere.

| variable | default | what it is |
|---|---|---|
"""

TAIL = """
`events-service` takes its data folder from `--data`, else from `DATA_DIR`, else `./data`.
`events-service doctor` checks the settings and says how to mend what is wrong.
"""


def settings_as_markdown() -> str:
    rows = [_row(each) for each in fields(Settings)]
    return HEAD + "\n".join(rows) + "\n" + TAIL


def _row(field: Field[Any]) -> str:
    if field.default is MISSING:
        default = "made by `up`"
    elif field.default is None:
        default = "not set"
    else:
        default = f"`{field.default}`"
    description = field.metadata["description"].replace("|", "\\|")
    return f"| `{field.name.upper()}` | {default} | {description} |"
