"""The builds of an index, of which one is live: search/current names it.

search/current     one line, "0003"
search/0003/       the live build and its manifest
search/0002/       the one before, kept for a while for those who are reading in it
search/0004/       a build that is being made, or that was interrupted and will be continued
search/*.lock      who writes; the system takes a lock back when its owner dies
"""

from __future__ import annotations

import re
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from pathlib import Path

from archive.disk import write_durably
from archive.errors import EngineError, IndexBusyError, IndexMissingError, IndexStaleError
from index.engine import Engine
from index.engines.whoosh import create_whoosh, open_whoosh
from index.locks import Owner, hold, is_held, owner_of
from index.manifest import check_manifest, write_manifest

CURRENT_FILE = "current"
WRITE_LOCK = "write.lock"
REBUILD_LOCK = "rebuild.lock"

GRACE_SECONDS = 120.0
"""So long the build before stays after a switch: several times what a search may take. Who still
reads in it then keeps the files that it has mapped, until it asks for the live build again."""


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

    def owners(self) -> dict[str, Owner]:
        """Name of a lock -> who holds it now; locks that nobody holds are left out."""
        found = {name: owner_of(self._folder / name) for name in (WRITE_LOCK, REBUILD_LOCK)}
        return {name: owner for name, owner in found.items() if owner}

    def start(self) -> str:
        """The name of a new, empty build, with its manifest; it is not live yet."""
        name = f"{max(self._numbers(), default=0) + 1:04}"
        try:
            self.path(name).mkdir()
            create_whoosh(self.path(name)).close()
            write_manifest(self.path(name))
        except OSError as error:
            raise EngineError(reason=error.strerror) from error
        return name

    def ensure(self) -> None:
        """Makes an empty build live where there is none: in a new archive nothing is found, which
        is no failure.

        Raises: IndexBusyError, EngineError.
        """
        if self.live_name() is None:
            with self.writing(0):
                if self.live_name() is None:
                    self.switch(self.start())

    def resume(self) -> str | None:
        """The name of a build that was interrupted and can be continued; others are deleted.

        It is by the rules of today, and all that was committed to it is whole. Only for whoever is
        in `rebuilding`.
        """
        live = int(self.live_name() or 0)
        unfinished = sorted((n for n in self._numbers() if n > live), reverse=True)
        usable: str | None = None
        for name in (f"{number:04}" for number in unfinished):
            if usable is None and self._can_be_continued(name):
                usable = name
            else:
                self.discard(name)
        return usable

    def _can_be_continued(self, name: str) -> bool:
        try:
            check_manifest(self.path(name))
            engine = open_whoosh(self.path(name))
            try:
                return not engine.damaged_files()
            finally:
                engine.close()
        except (IndexStaleError, EngineError):
            return False

    def _numbers(self) -> list[int]:
        return [int(path.name) for path in self._folder.iterdir() if path.name.isdigit()]

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

    def list_held_locks(self) -> dict[str, Owner | None]:
        """Name of each lock that somebody holds -> who, where it is known yet."""
        locks = sorted(self._folder.glob("*.lock"))
        return {path.name: owner_of(path) for path in locks if is_held(path)}

    def tidy(self) -> None:
        """Deletes the builds before the live one that nobody can be reading any more.

        Nothing is done while another process rebuilds; it will be done another time.
        """
        live = self.live_name()
        if live is None or not any(number < int(live) for number in self._numbers()):
            return
        switched_at = (self._folder / CURRENT_FILE).stat().st_mtime
        if time.time() - switched_at < GRACE_SECONDS:
            return
        with suppress(IndexBusyError), self.rebuilding():
            for number in self._numbers():
                if number < int(live):
                    self.discard(f"{number:04}")

    def discard_before(self, name: str) -> None:
        """Deletes the builds that are older than one, unless it is live."""
        for number in self._numbers():
            if number < int(name) and f"{number:04}" != self.live_name():
                self.discard(f"{number:04}")

    @contextmanager
    def _locked(self, name: str, wait_seconds: float) -> Iterator[None]:
        with ExitStack() as stack:
            try:
                stack.enter_context(hold(self._folder / name, wait_seconds))
            except TimeoutError as error:
                raise IndexBusyError() from error
            except OSError as error:
                raise EngineError(reason=error.strerror) from error
            yield


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
