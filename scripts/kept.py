"""A process beside this one: begun again when it dies, ended with this one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress

RESTART_SECONDS = 1.0
STOP_SECONDS = 10.0


class KeptProcess:
    """The process, and the thread that begins it again.

    Its standard input is a pipe that closes when this process is gone, however it went; it
    ends then by stop_with_parent. What it writes to standard output, a line or two, is read
    by read_line if it is to be heard.
    """

    def __init__(
        self,
        command: Sequence[str],
        descriptors: Sequence[int] = (),
        variables: Mapping[str, str] | None = None,
        *,
        is_heard: bool = False,
    ) -> None:
        self._command = [sys.executable, "-P", "-m", *command]
        self._descriptors = tuple(descriptors)
        self._variables = variables
        self._output = subprocess.PIPE if is_heard else subprocess.DEVNULL
        self._stopping = threading.Event()
        self._process = self._start()
        self._thread = threading.Thread(target=self._begin_again, daemon=True)
        self._thread.start()

    def read_line(self) -> str:
        """The next line that the process writes; empty when it has ended."""
        assert self._process.stdout
        return self._process.stdout.readline().decode()

    def end(self) -> None:
        """Tells the process to end, and waits for nothing."""
        self._stopping.set()
        self._process.terminate()

    def stop(self) -> None:
        """Ends the process and waits for its end."""
        self.end()
        self._wait()
        self._thread.join()
        # It may have been begun again at the same moment.
        self._wait()
        _close_pipes(self._process)

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=self._output,
            start_new_session=True,
            pass_fds=self._descriptors,
            env=self._variables,
        )

    def _wait(self) -> None:
        process = self._process
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _begin_again(self) -> None:
        self._process.wait()
        while not self._stopping.wait(RESTART_SECONDS):
            _close_pipes(self._process)
            self._process = self._start()
            self._process.wait()


def stop_with_parent() -> None:
    """Ends this process, as SIGTERM does, when the one that began it is gone."""
    threading.Thread(target=_wait_for_parent, daemon=True).start()


def _wait_for_parent() -> None:
    # Not sys.stdin: its lock, held by a thread, would break the end of the interpreter.
    while os.read(0, 4096):
        pass
    signal.raise_signal(signal.SIGTERM)


def _close_pipes(process: subprocess.Popen[bytes]) -> None:
    for pipe in (process.stdin, process.stdout):
        with suppress(OSError):
            if pipe:
                pipe.close()
