"""Beginning processes that read files, and ending them all.

On Linux they are forked from a server that has loaded what reading takes (reading_server), so that
each takes 11 MB of its own; new ones took 43. Elsewhere each is a new one: Windows has no fork, and
the libraries of macOS do not bear it.
"""

from __future__ import annotations

import multiprocessing
import socket
import subprocess
import sys
from abc import ABC, abstractmethod
from contextlib import suppress
from multiprocessing.connection import Connection, Pipe
from multiprocessing.context import SpawnProcess
from threading import Lock

from scripts.reading_server import SAMPLES, answer

_PROGRAM = "scripts.reading_server"


class ReadersClosed(Exception):
    """No more processes are begun; only those hear it whose file nobody waits for."""


class Processes(ABC):
    """Where processes come from. Threads may begin them at once."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._is_closed = False

    def begin(self) -> Connection:
        """A connection to a new process. Raises: ReadersClosed."""
        with self._lock:
            if self._is_closed:
                raise ReadersClosed
            return self._begin()

    def close(self) -> None:
        """Ends them all, whatever they are doing."""
        with self._lock:
            self._is_closed = True
            self._end()

    @abstractmethod
    def _begin(self) -> Connection: ...

    @abstractmethod
    def _end(self) -> None: ...


class Forked(Processes):
    """Processes that share what they have loaded."""

    def __init__(self) -> None:
        super().__init__()
        self._server: _Server | None = None

    def _begin(self) -> Connection:
        if self._server is not None:
            with suppress(EOFError, OSError):
                return self._server.fork()
            # Somebody has ended it.
            self._server.close()
        self._server = _Server()
        return self._server.fork()

    def _end(self) -> None:
        if self._server is not None:
            self._server.close()


class _Server:
    """The process that the others are forked from; those forked are in its group."""

    def __init__(self) -> None:
        self._control, theirs = socket.socketpair()
        with theirs:
            # -P: only what is installed is imported, whatever lies in the current folder.
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", _PROGRAM, str(theirs.fileno()), *_needed_here()],
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )

    def fork(self) -> Connection:
        """A connection to a new process. Raises: EOFError or OSError if the server has ended."""
        ours, theirs = Pipe()
        with theirs:
            socket.send_fds(self._control, [b"."], [theirs.fileno()])
        ours.recv_bytes()
        return ours

    def close(self) -> None:
        self._control.close()
        self._process.wait()


def _needed_here() -> list[str]:
    """The formats whose parsers the first files have needed: those that follow will, too."""
    return [suffix for suffix in SAMPLES if f"archive.formats.{suffix[1:]}" in sys.modules]


class Spawned(Processes):
    """Processes that share nothing."""

    def __init__(self) -> None:
        super().__init__()
        self._processes: list[SpawnProcess] = []

    def _begin(self) -> Connection:
        ours, theirs = Pipe()
        with theirs:
            process = multiprocessing.get_context("spawn").Process(target=answer, args=(theirs,))
            process.start()
        self._processes.append(process)
        return ours

    def _end(self) -> None:
        for process in self._processes:
            process.terminate()
        for process in self._processes:
            process.join()
