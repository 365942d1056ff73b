"""`python -m workers worker` and `python -m workers beat`: Celery's two programs, without its
command line, which loads an interactive shell of several megabytes into each of them."""

import sys

from workers.app import app


def main(program: str) -> None:
    if program == "beat":
        app.Beat(quiet=True).run()
    else:
        worker = app.Worker(concurrency=2, without_gossip=True, without_mingle=True, quiet=True)
        worker.start()
        sys.exit(worker.exitcode)


if __name__ == "__main__":
    main(sys.argv[1])
