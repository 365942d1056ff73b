"""Places where tests kill a worker, to show that nothing is lost. Nothing happens unless the
variable FAILPOINT names the place."""

import os
import signal
from typing import Literal

Failpoint = Literal["claimed", "connected", "data", "after_dot", "after_250"]

_CHOSEN = os.environ.get("FAILPOINT")


def failpoint(name: Failpoint) -> None:
    if name == _CHOSEN:
        os.kill(os.getpid(), signal.SIGKILL)
