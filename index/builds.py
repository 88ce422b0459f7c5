"""The builds of an index, of which one is live: search/current names it.

search/current     one line, "0003"
search/0003/       the live build and its manifest
search/0004/       a build that is being made, or that a crash left behind
search/*.lock      who writes; the system takes a lock back when its owner dies
"""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from archive.disk import write_durably
from archive.errors import EngineError, IndexBusyError, IndexMissingError
from index.engine import Engine
from index.engines.whoosh import create_whoosh, open_whoosh
from index.manifest import check_manifest, write_manifest

CURRENT_FILE = "current"
WRITE_LOCK = "write.lock"
REBUILD_LOCK = "rebuild.lock"


class Builds:
    """The folder of builds."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def live_name(self) -> str | None:
        """The name of the live build, or None before the first.

        Raises: EngineError if what should be a name is none.
        """
        try:
            name = (self._folder / CURRENT_FILE).read_bytes().decode("ascii", "replace")
        except FileNotFoundError:
            return None
        if not re.fullmatch(r"[0-9]+\n", name):
            raise EngineError(reason=f"{CURRENT_FILE}: {name!r}")
        return name.strip()

    def path(self, name: str) -> Path:
        """The folder of a build."""
        return self._folder / name

    def writing(self, wait_seconds: float) -> AbstractContextManager[None]:
        """Whoever is in this block is the only one to change the live build, or which it is.

        Raises: IndexBusyError if another process does not leave it in time.
        """
        return self._locked(WRITE_LOCK, wait_seconds)

    def rebuilding(self) -> AbstractContextManager[None]:
        """Whoever is in this block is the only one to make a new build.

        Raises: IndexBusyError at once if another process is at it.
        """
        return self._locked(REBUILD_LOCK, 0)

    def start(self) -> str:
        """The name of a new, empty build, with its manifest; it is not live yet."""
        numbers = [int(path.name) for path in self._folder.iterdir() if path.name.isdigit()]
        name = f"{max(numbers, default=0) + 1:04}"
        try:
            self.path(name).mkdir()
            create_whoosh(self.path(name)).close()
            write_manifest(self.path(name))
        except OSError as error:
            raise EngineError(reason=error.strerror) from error
        return name

    def switch(self, name: str) -> None:
        """Makes a build the live one, at once and for good."""
        write_durably(self._folder / CURRENT_FILE, f"{name}\n".encode("ascii"))

    def discard(self, name: str) -> None:
        """Deletes a build. Whoever still reads it keeps the files it has open."""
        shutil.rmtree(self.path(name), ignore_errors=True)

    def forget_current(self) -> None:
        """Makes no build the live one, for whoever makes a new one."""
        (self._folder / CURRENT_FILE).unlink(missing_ok=True)

    def list_others(self) -> list[str]:
        """The names of the builds that are not live."""
        if not self._folder.is_dir():
            return []
        names = sorted(path.name for path in self._folder.iterdir() if path.name.isdigit())
        return [name for name in names if name != self.live_name()]

    def list_held_locks(self) -> dict[str, int | None]:
        """Name of each lock that somebody holds -> the id of the process, where it can be told."""
        held: dict[str, int | None] = {}
        for path in sorted(self._folder.glob("*.lock")):
            lock = FileLock(path, timeout=0)
            try:
                lock.acquire()
                lock.release()
            except Timeout:
                held[path.name] = _owner(path)
        return held

    def discard_others(self) -> None:
        """Deletes every build but the live one."""
        for path in self._folder.iterdir():
            if path.name.isdigit() and path.name != self.live_name():
                self.discard(path.name)

    @contextmanager
    def _locked(self, name: str, wait_seconds: float) -> Iterator[None]:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self._folder / name, timeout=wait_seconds)
            lock.acquire()
        except Timeout as error:
            raise IndexBusyError() from error
        except OSError as error:
            raise EngineError(reason=error.strerror) from error
        try:
            yield
        finally:
            lock.release()


def _owner(lock: Path) -> int | None:
    """The process that holds a lock, as Linux tells it."""
    locks = Path("/proc/locks")
    if not locks.exists():
        return None
    inode = f":{lock.stat().st_ino}"
    for line in locks.read_text("ascii").splitlines():
        fields = line.split()
        if len(fields) > 5 and fields[5].endswith(inode) and fields[4].isdigit():
            return int(fields[4])
    return None


class LiveIndex:
    """The engine of the live build, followed when another build becomes live.

    Safe to share between threads.
    """

    def __init__(self, folder: Path) -> None:
        self.builds = Builds(folder)
        self._lock = threading.Lock()
        self._name: str | None = None
        self._engine: Engine | None = None

    def engine(self) -> Engine:
        """The engine to search with.

        Raises: IndexMissingError before the first build; IndexStaleError if the live build was
            made by other rules than those in force; EngineError if it is damaged.
        """
        with self._lock:
            name = self.builds.live_name()
            if name is None:
                raise IndexMissingError()
            if self._engine is None or name != self._name:
                check_manifest(self.builds.path(name))
                # The engine before is not closed here: another thread may be searching in it.
                # Its files are let go of when that thread is done.
                self._engine, self._name = open_whoosh(self.builds.path(name)), name
            return self._engine

    def close(self) -> None:
        """Lets go of files."""
        with self._lock:
            if self._engine:
                self._engine.close()
            self._engine = self._name = None
