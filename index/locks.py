"""Locks between processes, with the owner to be seen; a dead owner's lock is free at once.

The system holds the lock and lets go of it when its owner dies, so none is ever left behind. The
owner's name lies beside it, and is believed only while somebody holds the lock.
"""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout


@dataclass(frozen=True, slots=True)
class Owner:
    """Who holds a lock.

    Attributes:
        since: when it was taken, ISO 8601 in UTC.
    """

    pid: int
    host: str
    since: str

    def __str__(self) -> str:
        return f"{self.pid}@{self.host}"


def this_process() -> Owner:
    """This process, as an owner from now on."""
    return Owner(os.getpid(), socket.gethostname(), datetime.now(UTC).isoformat(timespec="seconds"))


@contextmanager
def hold(path: Path, wait_seconds: float) -> Iterator[Owner]:
    """Whoever is in this block is the only one to hold the lock.

    Args:
        wait_seconds: 0 to try once; below 0 to wait for as long as it takes.
    Raises: TimeoutError if another does not let go of it in time; OSError.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path)
    try:
        lock.acquire(timeout=wait_seconds)
    except Timeout as error:
        raise TimeoutError(str(path)) from error
    owner = this_process()
    try:
        with suppress(OSError):
            # On a disk without room the lock holds all the same; only its owner is not shown.
            _owner_file(path).write_text(json.dumps(asdict(owner)), "utf-8")
        yield owner
    finally:
        with suppress(OSError):
            _owner_file(path).unlink()
        lock.release()


def owner_of(path: Path) -> Owner | None:
    """Who holds a lock now; None if nobody does, or it is not known yet who."""
    if not _owner_file(path).exists() or not is_held(path):
        return None
    try:
        return Owner(**json.loads(_owner_file(path).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def is_held(path: Path) -> bool:
    """Whether somebody holds a lock. It is taken for a moment to find out."""
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    lock.release()
    return False


def _owner_file(path: Path) -> Path:
    return path.with_name(f"{path.name}.owner")
