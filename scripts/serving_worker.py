"""A worker in a process of its own beside a server: begun again if it dies, ended with it."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from archive.settings import Settings

RESTART_SECONDS = 1.0
STOP_SECONDS = 10.0


@contextmanager
def worker_beside(settings: Settings) -> Iterator[None]:
    """A worker for as long as the block lasts.

    Where another one works for the archive already, this one waits for its turn.
    """
    beside = _WorkerProcess(settings)
    try:
        yield
    finally:
        beside.stop()


class _WorkerProcess:
    """The process, and the thread that begins it again."""

    def __init__(self, settings: Settings) -> None:
        self._command = [
            *(sys.executable, "-P", "-m", "scripts.cli"),
            *("--home", str(settings.home), "--language", settings.text("language")),
            *("worker", "--beside"),
        ]
        self._stopping = threading.Event()
        self._process = self._start()
        self._thread = threading.Thread(target=self._begin_again, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Ends the process and waits for its end."""
        self._stopping.set()
        self._end()
        self._thread.join()
        # It may have been begun again at the same moment.
        self._end()

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            self._command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, start_new_session=True
        )

    def _end(self) -> None:
        process = self._process
        assert process.stdin
        with suppress(OSError):
            process.stdin.close()
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _begin_again(self) -> None:
        self._process.wait()
        while not self._stopping.wait(RESTART_SECONDS):
            self._process = self._start()
            self._process.wait()
