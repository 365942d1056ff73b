"""Run a program that ends when its parent does. Started by path, so it imports nothing of ours.

`python -I -S tether.py SIGNAL PARENT PROGRAM ARGUMENT…` asks Linux to send SIGNAL (a number) to
this process once PARENT (a process id) has ended, however it ended, and becomes PROGRAM.
prctl(2), PR_SET_PDEATHSIG: the wish outlives the exec, and concerns the thread that started us,
so start programs from a thread that lives as long as they should.
"""

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1


def main() -> None:
    wanted, parent, program = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, wanted, 0, 0, 0)
        if os.getppid() != parent:  # it ended before we asked
            sys.exit(1)
    os.execvp(program[0], program)  # noqa: S606 (the program is the caller's own)


if __name__ == "__main__":
    main()
