"""The supervisor, with small programs that misbehave on purpose."""

import contextlib
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from events_service.running import supervisor as supervisor_module
from events_service.running.procfile import Program, read_procfile, the_procfile
from events_service.running.programs import RunningProgram, pause_before_restart
from events_service.running.supervisor import GivenUp, Supervisor

READY = "from workers.readiness import say_ready; say_ready()\n"


class Stage:
    """Programs in a folder; what they and the supervisor said."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.said: list[tuple[str, str]] = []
        self.stopping = False
        self.programs: list[RunningProgram] = []

    def program(self, name: str, code: str) -> None:
        file = self.folder / f"{name}.py"
        file.write_text("import os, signal, subprocess, sys, time\n" + textwrap.dedent(code))
        program = Program(name, f"{sys.executable} {file}")
        self.programs.append(RunningProgram(program, dict, self.folder))

    def run(self, until: Callable[[], bool], seconds: float = 20) -> None:
        deadline = time.monotonic() + seconds

        def stop_asked() -> bool:
            assert time.monotonic() < deadline, self.said
            return until()

        Supervisor(
            self.programs, [], stop_asked=stop_asked, say=lambda *line: self.said.append(line)
        ).run(lambda: self.said.append(("supervisor", "all ready")))

    def has_said(self, name: str, line: str) -> bool:
        return (name, line) in self.said


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(tmp_path)


def gone(pid: int, seconds: float = 5) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with contextlib.suppress(FileNotFoundError):
            state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
            if state != "Z":
                time.sleep(0.05)
                continue
        return True
    return False


def test_the_procfile_lists_web_worker_and_beat():
    assert [program.name for program in read_procfile(the_procfile())] == ["web", "worker", "beat"]


def test_a_line_that_is_no_program_is_refused(tmp_path):
    (tmp_path / "Procfile").write_text("# fine\n\nweb: true\nnonsense\n")
    with pytest.raises(ValueError, match="nonsense"):
        read_procfile(tmp_path / "Procfile")


def test_pauses_double_up_to_half_a_minute():
    assert [pause_before_restart(falls) for falls in (1, 2, 3, 7, 100)] == [0.5, 1, 2, 30, 30]


def test_the_next_program_starts_when_the_one_before_is_ready(stage):
    stage.program("first", f"time.sleep(1)\nprint('up')\n{READY}time.sleep(60)")
    stage.program("second", f"print('up')\n{READY}time.sleep(60)")
    stage.run(until=lambda: stage.has_said("supervisor", "all ready"))
    assert stage.said == [("first", "up"), ("second", "up"), ("supervisor", "all ready")]


def test_a_program_that_falls_is_started_again_without_its_orphans(stage):
    stage.program(
        "web",
        f"""
        child = subprocess.Popen(["sleep", "60"])
        print("child", child.pid)
        {READY}
        time.sleep(0.2)
        os.kill(os.getpid(), signal.SIGKILL)
        """,
    )
    stage.run(until=lambda: sum(line.startswith("child") for _, line in stage.said) == 2)
    assert stage.has_said("web", "ended (-9); it starts again in 0.5 seconds")
    children = [int(line.split()[1]) for _, line in stage.said if line.startswith("child")]
    assert all(gone(child) for child in children)


def test_a_program_that_never_gets_ready_is_given_up_with_its_words(stage):
    stage.program("web", "sys.exit('no such database')")
    with pytest.raises(GivenUp, match="web ended 3 times before it was ready"):
        stage.run(until=lambda: False)
    assert stage.said.count(("web", "no such database")) == 3


def test_work_in_hand_is_finished_on_stop(stage):
    stage.program(
        "worker",
        f"""
        def end(*_):
            time.sleep(1)
            print("work done", flush=True)
            sys.exit()
        signal.signal(signal.SIGTERM, end)
        {READY}
        while True: time.sleep(0.1)
        """,
    )
    stage.run(until=lambda: stage.has_said("supervisor", "all ready"))
    assert stage.said[-1] == ("worker", "work done")


def test_a_program_that_does_not_end_is_killed_with_its_children(stage, monkeypatch):
    monkeypatch.setattr(supervisor_module, "SECONDS_TO_END", 1.0)
    stage.program(
        "worker",
        f"""
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        print(subprocess.Popen(["sleep", "60"]).pid, os.getpid())
        {READY}
        time.sleep(60)
        """,
    )
    stage.run(until=lambda: stage.has_said("supervisor", "all ready"))
    assert stage.said[-1] == ("worker", "did not end in time and was killed")
    assert all(gone(int(pid)) for pid in stage.said[0][1].split())


SUPERVISED = """
import sys
from pathlib import Path
from events_service.running.procfile import Program
from events_service.running.programs import RunningProgram
from events_service.running.supervisor import Supervisor
folder = Path(sys.argv[1])
program = RunningProgram(Program("web", "sleep 60"), dict, folder)
running = Supervisor([program], [], stop_asked=lambda: False, say=print)
program_started = program.start
program.start = lambda: (program_started(), print(program.process.pid, flush=True))
running.run(lambda: None)
"""


def test_nothing_is_left_after_the_supervisor_is_killed(tmp_path):
    supervisor = subprocess.Popen(
        [sys.executable, "-c", SUPERVISED, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    child = int(supervisor.stdout.readline())
    time.sleep(0.5)  # the tether has become the program
    assert not gone(child, 0.1)
    os.kill(supervisor.pid, signal.SIGKILL)
    supervisor.communicate()
    assert gone(child)


def test_without_a_tether_a_program_would_stay():
    """The control of the test above: the kernel ends nobody's children by itself."""
    parent = subprocess.Popen(
        [sys.executable, "-c", "import subprocess as s; print(s.Popen(['sleep', '60']).pid)"],
        stdout=subprocess.PIPE,
        text=True,
    )
    child = int(parent.stdout.readline())
    parent.wait()
    assert not gone(child, 0.5)
    os.kill(child, signal.SIGKILL)
    parent.stdout.close()
