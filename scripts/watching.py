"""The files of a folder, followed: which came, changed or went, once they are complete.

A file is complete when its size and time have not changed for some seconds, so that a copy in
progress or a download is not read in halves. What the system does not report, as on a network
folder, the look at the whole folder finds.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from watchfiles import watch

from archive.statements.sidecar import MANIFEST, META_SUFFIX
from scripts.files import iter_files

STEP_SECONDS = 0.5
LOOK_SECONDS = 60.0
"""So often the whole folder is looked at, whatever the system has reported."""

Stamp = tuple[int, int]
"""Size and time of a file, ns."""


@dataclass(frozen=True, slots=True)
class News:
    """What has happened in the folder.

    Attributes:
        complete: files that came or changed, in name order.
        removed: files that are not there any more.
    """

    complete: list[Path]
    removed: list[Path]


@dataclass(slots=True)
class Follower:
    """What is known of the files of a folder.

    Attributes:
        settle_seconds: without change, after which a file is complete.
        done: the files that were given as complete, as they were then.
        waiting: those that are not complete yet, as they are and since when.
    """

    folder: Path
    settle_seconds: float
    done: dict[Path, Stamp] = field(default_factory=dict)
    waiting: dict[Path, tuple[Stamp, float]] = field(default_factory=dict)

    def look(self, now: float) -> News:
        """Looks at every file of the folder.

        Args:
            now: of a clock that only goes forward, in seconds.
        """
        found = {path: stamp for path in iter_files([self.folder]) if (stamp := _stamp(path))}
        removed = [path for path in self.done if path not in found]
        for path in removed:
            del self.done[path]
        self.waiting = {path: seen for path, seen in self.waiting.items() if path in found}
        for path, stamp in found.items():
            if self.done.get(path) == stamp:
                self.waiting.pop(path, None)
            elif path not in self.waiting or self.waiting[path][0] != stamp:
                self.waiting[path] = stamp, now
        return News(self._complete(now), removed)

    def _complete(self, now: float) -> list[Path]:
        complete = sorted(
            path for path, (_, since) in self.waiting.items() if now - since >= self.settle_seconds
        )
        for path in complete:
            self.done[path] = self.waiting.pop(path)[0]
        return complete


def follow(folder: Path, settle_seconds: float, stopping: threading.Event) -> Iterator[News]:
    """What happens in a folder; begins with all that is in it.

    Ends when the folder is gone, or when it is told to stop.
    """
    follower = Follower(folder, settle_seconds)
    looked_at = float("-inf")
    changes = watch(
        folder,
        watch_filter=None,
        debounce=200,
        rust_timeout=int(STEP_SECONDS * 1000),
        yield_on_timeout=True,
        stop_event=stopping,
    )
    for reported in changes:
        if stopping.is_set() or not folder.is_dir():
            return
        now = time.monotonic()
        if reported or follower.waiting or now - looked_at > LOOK_SECONDS:
            looked_at = now
            news = follower.look(now)
            if news.complete or news.removed:
                yield news


def _stamp(path: Path) -> Stamp | None:
    """A file as it is, with what lies beside it; None if it is not there any more."""
    try:
        own = path.stat()
    except OSError:
        return None
    beside = [_time(path.with_name(path.name + META_SUFFIX)), _time(path.parent / MANIFEST)]
    return own.st_size, max(own.st_mtime_ns, *beside)


def _time(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
