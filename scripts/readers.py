"""Reading files in processes of their own, as many as there are cores; results in order.

Files are few or many: the first ones are read here, because starting processes takes longer
than reading a handful of reports.
"""

from __future__ import annotations

import os
import pickle
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from queue import Empty, SimpleQueue
from threading import Lock

from archive.originals import printable_name
from archive.preparation import Prepared, try_to_prepare
from archive.refusals import IngestError
from archive.statements.sidecar import Sidecar
from scripts.reading_processes import Forked, Processes, Spawned
from scripts.reading_server import read_outcome

READ_HERE = 32
"""Files that are read before processes are started. A process is ready after half a second, in
which ten reports are read; on two busy cores eighty had to be read before it had paid."""

TRIES = 2
"""A file over which so many processes have died is not read. One may be ended by anybody."""


@dataclass(slots=True)
class Task:
    """A file that is being read, or that was read here.

    Attributes:
        data: let go of when the outcome is there.
        running: gives the pickled outcome, which takes half as much memory as the outcome; None
            if processes died over the file.
    """

    data: bytes
    name: str
    stated: Sidecar
    running: Future[bytes | None] | None = None
    outcome: Prepared | IngestError | None = None

    @property
    def is_done(self) -> bool:
        """Whether the outcome can be had without waiting."""
        return self.outcome is not None or (self.running is not None and self.running.done())


class Readers:
    """Processes that read files, started when there are enough of them.

    Each has a thread here that gives it a file and waits for the outcome. So a process that dies
    takes one file with it, and which one is known.

    Args:
        count: how many; None for one for each core.
        processes: where they come from; None for what is best on this system.
    """

    def __init__(self, count: int | None = None, processes: Processes | None = None) -> None:
        self._count = count_cores() if count is None else count
        self._threads = ThreadPoolExecutor(self._count)
        self._processes = processes or (Forked() if sys.platform == "linux" else Spawned())
        self._idle: SimpleQueue[Connection] = SimpleQueue()
        self._started = 0
        self._here = Lock()

    @property
    def most_waiting(self) -> int:
        """So many files are under way at most: enough that no process waits for the writer."""
        return 4 * self._count

    def start(self, data: bytes, name: str, stated: Sidecar) -> Task:
        """Begins to read a file."""
        task = Task(data, name, stated)
        self._started += 1
        if self._count < 2 or self._started <= READ_HERE:
            task.outcome = try_to_prepare(data, name, stated)
        else:
            task.running = self._threads.submit(self._read, data, name, stated)
        return task

    def finish(self, task: Task) -> Prepared | IngestError:
        """The outcome of a file, waited for. A file that kills its process fails, no other."""
        if task.running is not None:
            task.outcome = _unpickled(task.running.result(), task.name)
        assert task.outcome is not None
        return task.outcome

    def close(self) -> None:
        """Ends the processes, whatever they are doing."""
        self._processes.close()
        self._threads.shutdown(cancel_futures=True)
        with suppress(Empty):
            while True:
                self._idle.get_nowait().close()

    def _read(self, data: bytes, name: str, stated: Sidecar) -> bytes | None:
        for _ in range(TRIES):
            try:
                connection = self._connection()
            except (EOFError, OSError):
                # No process can be begun on this machine: slower, but nothing is lost.
                with self._here:
                    return pickle.dumps(read_outcome(data, name, stated))
            try:
                connection.send((data, name, stated))
                outcome = connection.recv_bytes()
            except (EOFError, OSError):
                connection.close()
            else:
                self._idle.put(connection)
                return outcome
        return None

    def _connection(self) -> Connection:
        try:
            return self._idle.get_nowait()
        except Empty:
            return self._processes.begin()


def count_cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _unpickled(outcome: bytes | None, name: str) -> Prepared | IngestError:
    """Raises: an error that came instead of an outcome, because it concerns every file."""
    if outcome is None:
        return IngestError(name=printable_name(name))
    value = pickle.loads(outcome)
    if isinstance(value, Prepared | IngestError):
        return value
    assert isinstance(value, Exception)
    raise value
