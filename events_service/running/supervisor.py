"""Keeps the processes of the Procfile running, one after the other ready, until told to stop."""

import selectors
import time
from collections.abc import Callable, Sequence

from events_service.running.embedded import AlreadyRunning, EmbeddedServer
from events_service.running.programs import RunningProgram

SECONDS_TO_GET_READY = 60.0
SECONDS_TO_END = 8.0  # the whole stop, servers included, stays under ten
FALLS_BEFORE_FIRST_READY = 3

Say = Callable[[str, str], None]  # (who speaks, line)


class GivenUp(Exception):
    """A program never became ready."""


class Supervisor:
    """`programs` in the order in which they start; `servers` already run.

    `stop_asked()` is looked at several times a second; `say(name, line)` receives what happens.
    Nothing here outlives this process: see `tethered()`.
    """

    def __init__(
        self,
        programs: Sequence[RunningProgram],
        servers: Sequence[EmbeddedServer],
        *,
        stop_asked: Callable[[], bool],
        say: Say,
    ) -> None:
        self._programs = programs
        self._servers = servers
        self._stop_asked = stop_asked
        self._say = say

    def run(self, when_ready: Callable[[], None]) -> None:
        """Start everything, call `when_ready`, watch until asked to stop, stop everything."""
        for program in self._programs:
            program.open()
        try:
            if self._start_in_order():
                when_ready()
                self._watch(self._stop_asked)
        finally:
            self._stop()

    def _start_in_order(self) -> bool:
        """Whether all became ready, as far as they say so, before a stop was asked."""
        for program in self._programs:
            if self._stop_asked():
                return False
            program.start()
            self._watch(self._until_ready(program))
            if self._stop_asked():
                return False
            if not program.ready:
                self._say(program.name, "has not said that it is ready; going on without that")
        return True

    def _until_ready(self, program: RunningProgram) -> Callable[[], bool]:
        deadline = time.monotonic() + SECONDS_TO_GET_READY
        return lambda: self._stop_asked() or program.ready or time.monotonic() > deadline

    def _watch(self, enough: Callable[[], bool]) -> None:
        while not enough():
            self._wait_for_output(0.2)
            for program in self._programs:
                self._relay(program)
                self._revive(program)
            for server in self._servers:
                self._revive_server(server)

    def _wait_for_output(self, seconds: float) -> None:
        with selectors.DefaultSelector() as selector:
            for program in self._programs:
                selector.register(program.notices, selectors.EVENT_READ)
                if program.output is not None and not program.output.closed:
                    selector.register(program.output, selectors.EVENT_READ)
            selector.select(seconds)

    def _relay(self, program: RunningProgram) -> None:
        for line in program.hear():
            self._say(program.name, line)

    def _revive(self, program: RunningProgram) -> None:
        if program.process is None:
            if program.falls and time.monotonic() >= program.start_at:
                program.start()
            return
        if program.alive:
            return
        self._relay(program)
        code = program.process.returncode
        falls = program.fell()
        if falls >= FALLS_BEFORE_FIRST_READY and not program.was_ever_ready:
            raise GivenUp(f"{program.name} ended {falls} times before it was ready; see its lines.")
        pause = program.start_at - time.monotonic()
        self._say(program.name, f"ended ({code}); it starts again in {pause:.1f} seconds")

    def _revive_server(self, server: EmbeddedServer) -> None:
        if server.process is None or server.process.poll() is None:
            return
        try:
            server.start()
        except AlreadyRunning:  # what it left behind has not ended yet; the next look is soon
            return
        self._say(server.name, "had ended and was started again")

    def _stop(self) -> None:
        for program in self._programs:
            program.ask_to_end()
        deadline = time.monotonic() + SECONDS_TO_END
        while any(program.alive for program in self._programs) and time.monotonic() < deadline:
            self._wait_for_output(0.05)
            for program in self._programs:
                self._relay(program)
        for program in self._programs:
            if program.alive:
                self._say(program.name, "did not end in time and was killed")
            program.end_everything()
            self._relay(program)
            program.close()
