"""The builds of an index, of which one is live: search/current names it.

search/current     one line, "0003"
search/0003/       the live build and its manifest
search/0004/       a build that is being made, or that a crash left behind
"""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

from archive.errors import IndexMissingError
from archive.originals import sync_folder
from index.engine import Engine
from index.engines.whoosh import open_whoosh
from index.manifest import check_manifest, write_manifest

CURRENT_FILE = "current"


class Builds:
    """The folder of builds."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def live_name(self) -> str | None:
        """The name of the live build, or None before the first."""
        try:
            return (self._folder / CURRENT_FILE).read_text("ascii").strip()
        except FileNotFoundError:
            return None

    def path(self, name: str) -> Path:
        """The folder of a build."""
        return self._folder / name

    def start(self) -> str:
        """The name of a new, empty build, with its manifest; it is not live yet."""
        self._folder.mkdir(parents=True, exist_ok=True)
        numbers = [int(path.name) for path in self._folder.iterdir() if path.name.isdigit()]
        name = f"{max(numbers, default=0) + 1:04}"
        self.path(name).mkdir()
        write_manifest(self.path(name))
        return name

    def switch(self, name: str) -> None:
        """Makes a build the live one, at once and for good."""
        fresh = self._folder / f"{CURRENT_FILE}.new"
        fresh.write_text(f"{name}\n", "ascii")
        fresh.replace(self._folder / CURRENT_FILE)
        sync_folder(self._folder)

    def discard(self, name: str) -> None:
        """Deletes a build. Whoever still reads it keeps the files it has open."""
        shutil.rmtree(self.path(name), ignore_errors=True)

    def discard_others(self) -> None:
        """Deletes every build but the live one."""
        for path in self._folder.iterdir():
            if path.name.isdigit() and path.name != self.live_name():
                self.discard(path.name)


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
            made by other rules than those in force.
        """
        with self._lock:
            name = self.builds.live_name()
            if name is None:
                raise IndexMissingError()
            if self._engine is None or name != self._name:
                check_manifest(self.builds.path(name))
                self._engine, self._name = open_whoosh(self.builds.path(name)), name
            return self._engine

    def close(self) -> None:
        """Lets go of files."""
        with self._lock:
            if self._engine:
                self._engine.close()
            self._engine = self._name = None
