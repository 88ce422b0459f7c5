"""Files read by a process of their own, which is ended when one takes too long, and begun again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import cast

from archive.limits import READING_SECONDS
from archive.refusals import ReadingStoppedError
from archive.uploading.reading_program import Answer, reading_stopped, receive, send

_PROGRAM = "archive.uploading.reading_program"


class ReaderDied(Exception):
    """The process died over a file: a crash, or somebody ended it."""


class Reader:
    """A process that reads originals, started at the first one; of one thread at a time.

    Args:
        originals: the folder of originals.
        seconds: that one file may take.
    """

    def __init__(self, originals: Path, seconds: float = READING_SECONDS) -> None:
        self._originals = originals
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """The process, if there is one now."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Starts the process unless it runs; it is ready by and by."""
        if self._process is None or self._process.poll() is not None:
            self.close()
            # -P: only what is installed is imported, whatever lies in the current folder.
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", _PROGRAM, str(self._originals)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                start_new_session=True,
            )

    def read(self, sha256: str, name: str) -> Answer:
        """What is in an original, or the IngestError that says why that is not known.

        Raises: ReaderDied; StoreError if an archive's members cannot be kept.
        """
        self.start()
        assert self._process and self._process.stdin and self._process.stdout
        clock = threading.Timer(self._seconds, self._kill)
        clock.daemon = True
        clock.start()
        answer: object | None = None
        try:
            with suppress(OSError):
                send(self._process.stdin, (sha256, name))
                answer = receive(self._process.stdout)
        finally:
            is_over = not clock.is_alive() and answer is None
            clock.cancel()
            # One that has met a limit of its memory has little left for the next file.
            if answer is None or isinstance(answer, ReadingStoppedError):
                self.close()
        if answer is None and is_over:
            return reading_stopped(name)
        if answer is None:
            raise ReaderDied(name)
        return cast(Answer, answer)

    def close(self) -> None:
        """Ends the process, whatever it is doing."""
        self._kill()
        if self._process and self._process.stdin and self._process.stdout:
            self._process.wait()
            with suppress(OSError):
                self._process.stdin.close()
            self._process.stdout.close()
        self._process = None

    def _kill(self) -> None:
        """Ends the process with those that it started."""
        process = self._process
        if process is None or process.poll() is not None:
            return
        with suppress(ProcessLookupError, PermissionError):
            if hasattr(os, "killpg"):
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
