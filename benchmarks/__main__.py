"""Measure the service on this machine and print the table: `make bench`.

`python -m benchmarks --quick` runs each part once; names of parts run only those.
"""

import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks import confirmations, mails, pages, references
from benchmarks.smtp_sink import sink
from benchmarks.stand import Stand, free_port, pss_of, stand
from benchmarks.table import Row, printed


def memory_after_load(place: Stand, smtp_url: str) -> Row:
    """All three processes after work of every kind."""
    with place.web() as web, place.workers(smtp_url) as workers:
        confirmations.load(place, confirmations.prepared(1, 500))
        pages.load(place.settings.port, ["/", "/events/page-0", "/events/page-1?clock=host-1"], 5)
        time.sleep(12)
        return Row("web, worker and beat after the load", pss_of([web, *workers]), "MB", "≤ 350")


def main() -> None:
    quick, chosen = "--quick" in sys.argv, [one for one in sys.argv[1:] if one != "--quick"]
    runs, seconds = (1, 3.0) if quick else (3, 8.0)
    rows: list[Row] = []
    with (
        tempfile.TemporaryDirectory(dir="/tmp", prefix="bench-") as folder,
        stand(Path(folder)) as place,
        sink(free_port()) as smtp,
    ):
        parts: dict[str, Callable[[], list[Row]]] = {
            "references": lambda: references.measure(place, seconds / 2),
            "pages": lambda: pages.measure(place, runs, seconds),
            "confirmations": lambda: confirmations.measure(place, runs),
            "last mail": lambda: [confirmations.measure_last_mail(place, smtp)],
            "mails": lambda: mails.measure(place, smtp, runs),
            "memory": lambda: [memory_after_load(place, smtp.url)],
        }
        for name in chosen or parts:
            part = parts[name]
            print(f"measuring {name} …", file=sys.stderr, flush=True)
            rows += part()
    print(f"\nPython {platform.python_version()}, {os.cpu_count()} processors, {runs} runs each")
    print(printed(rows))


if __name__ == "__main__":
    main()
