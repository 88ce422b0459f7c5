"""Reading files in processes of their own, as many as there are cores; results in order.

Files are few or many: the first ones are read here, because starting processes takes longer
than reading a handful of reports.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass

from archive.originals import printable_name
from archive.preparation import Prepared, try_to_prepare
from archive.refusals import IngestError
from archive.statements.sidecar import Sidecar

READ_HERE = 32
"""Files that are read before processes are started. A process is ready after half a second, in
which ten reports are read; on two busy cores eighty had to be read before it had paid."""


@dataclass(slots=True)
class Task:
    """A file that is being read, or that was read here.

    Attributes:
        data: let go of when the outcome is there.
    """

    data: bytes
    name: str
    stated: Sidecar
    running: Future[Prepared | IngestError] | None = None
    outcome: Prepared | IngestError | None = None

    @property
    def is_done(self) -> bool:
        """Whether the outcome can be had without waiting."""
        return self.outcome is not None or (self.running is not None and self.running.done())


class Readers:
    """Processes that read files, started when there are enough of them."""

    def __init__(self, processes: int | None = None) -> None:
        self._processes = count_cores() if processes is None else processes
        self._executor: ProcessPoolExecutor | None = None
        self._started = 0

    @property
    def most_waiting(self) -> int:
        """So many files are under way at most: enough that no process waits for the writer."""
        return 4 * self._processes

    def start(self, data: bytes, name: str, stated: Sidecar) -> Task:
        """Begins to read a file."""
        task = Task(data, name, stated)
        self._started += 1
        if self._processes < 2 or self._started <= READ_HERE:
            task.outcome = try_to_prepare(data, name, stated)
        else:
            self._submit(task)
        return task

    def finish(self, task: Task) -> Prepared | IngestError:
        """The outcome of a file, waited for. A file that kills its process fails, no other."""
        try:
            if task.running is not None:
                task.outcome = task.running.result()
        except BrokenProcessPool:
            task.outcome = self._read_alone(task)
        assert task.outcome is not None
        return task.outcome

    def close(self) -> None:
        """Ends the processes, whatever they are doing."""
        executor, self._executor = self._executor, None
        if executor is None:
            return
        executor.shutdown(wait=False, cancel_futures=True)
        for process in multiprocessing.active_children():
            process.terminate()
        executor.shutdown()

    def _submit(self, task: Task) -> None:
        if self._executor is None:
            self._executor = ProcessPoolExecutor(
                self._processes, multiprocessing.get_context("spawn"), _leave_interrupts_to_parent
            )
        try:
            task.running = self._executor.submit(try_to_prepare, task.data, task.name, task.stated)
        except BrokenProcessPool:
            self.close()
            self._submit(task)

    def _read_alone(self, task: Task) -> Prepared | IngestError:
        """The outcome of one of the files that were under way when a process died."""
        self.close()
        self._submit(task)
        assert task.running is not None
        try:
            return task.running.result()
        except BrokenProcessPool:
            self.close()
            return IngestError(name=printable_name(task.name))


def count_cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _leave_interrupts_to_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
