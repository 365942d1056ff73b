"""Measure the service on this machine and print the table: `make bench`.

`python -m benchmarks --quick` runs each part once; names of parts run only those.
"""

import os
import platform
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median

from benchmarks import confirmations, feeds, lists, mails, pages, references
from benchmarks.smtp_sink import Sink, sink
from benchmarks.stand import Stand, free_port, pss_of, stand
from benchmarks.table import Row, printed


def memory_after_load(place: Stand, smtp: Sink, runs: int) -> list[Row]:
    """Medians of all three after work of every kind."""
    sizes = [_sizes(place, smtp, run) for run in range(runs)]
    return [
        Row(
            "web, worker and beat after the load",
            median(sum(each.values()) for each in sizes),
            "MB",
            "≤ 350",
        ),
        *(
            Row(f"  … {name} with its processes", median(each[name] for each in sizes), "MB", "")
            for name in sizes[0]
        ),
    ]


def _sizes(place: Stand, smtp: Sink, run: int) -> dict[str, float]:
    """MB after delegations were confirmed, their mail sent, and pages read."""
    invitations, paths = confirmations.prepared(1, 500 + run), pages.paths()
    before = smtp.taken()[0]
    with place.web() as web, place.workers(smtp.url) as (worker, beat):
        confirmations.load(place, invitations)
        pages.load(place.settings.port, ["/", *paths, f"{paths[0]}?clock=host-1"], 5)
        smtp.wait_for(before + confirmations.MAILS_EACH * len(invitations))
        return {"web": pss_of(web), "worker": pss_of(worker), "beat": pss_of(beat)}


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
            "memory": lambda: memory_after_load(place, smtp, runs),
            "feeds": lambda: feeds.measure(place, runs),
            "lists": lambda: lists.measure(place),
        }
        if unknown := [name for name in chosen if name not in parts]:
            raise SystemExit(f"No such part: {', '.join(unknown)}. There are: {', '.join(parts)}.")
        for name in chosen or parts:
            part = parts[name]
            print(f"measuring {name} …", file=sys.stderr, flush=True)
            rows += part()
    print(
        f"\nPython {platform.python_version()}, {os.cpu_count()} processors, medians of {runs} runs."
    )
    print(
        "Load generator, database and sink on the same machine; the sink: benchmarks/smtp_sink.py"
    )
    print(printed(rows))


if __name__ == "__main__":
    main()
