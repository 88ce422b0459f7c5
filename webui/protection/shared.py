"""What is counted by address or account: in this process, or by several of one server together.

Several count in a folder that lasts as long as they. Metrics lie there too: prometheus_client keeps
them, and is told the folder when a process begins.
"""

from __future__ import annotations

import hashlib
import mmap
import secrets
import struct
from collections import OrderedDict
from pathlib import Path

MOST_KEYS = 50_000
SALT_BYTES = 16
SLOTS = 65_536


class OwnCounts:
    """Key -> a few numbers and the time of them, in this process."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, tuple[float, ...]] = OrderedDict()

    def get(self, key: str) -> tuple[float, ...] | None:
        """What was put for a key; None if nothing was, or long ago."""
        return self._known.get(key)

    def put(self, key: str, *numbers: float, at: float) -> None:
        """Keeps the numbers of a key, and the time of them after them."""
        self._known[key] = *numbers, at
        self._known.move_to_end(key)
        if len(self._known) > MOST_KEYS:
            self._known.popitem(last=False)


class SharedCounts:
    """Key -> a few numbers and the time of them, in a file that all processes map.

    Two keys may share a slot, and nobody outside can tell which. Nothing is locked: when two
    processes count for the same key at the same instant, one of the two may be forgotten.
    The file is made by the first process, which begins before the others.
    """

    def __init__(self, folder: Path, name: str, numbers: int) -> None:
        """Counts in a file of this name, so many numbers for each key."""
        path = folder / name
        self._slot = struct.Struct("d" * (numbers + 1))
        if not path.exists():
            path.write_bytes(secrets.token_bytes(SALT_BYTES) + bytes(SLOTS * self._slot.size))
        with path.open("r+b") as file:
            self._map = mmap.mmap(file.fileno(), 0)
        self._salt = self._map[:SALT_BYTES]

    def get(self, key: str) -> tuple[float, ...] | None:
        """What was put for a key; None if nothing was."""
        found = self._slot.unpack_from(self._map, self._place(key))
        return found if found[-1] else None

    def put(self, key: str, *numbers: float, at: float) -> None:
        """Keeps the numbers of a key, and the time of them after them.

        Args:
            at: by a clock that all processes share, > 0.
        """
        self._slot.pack_into(self._map, self._place(key), *numbers, at)

    def _place(self, key: str) -> int:
        digest = hashlib.blake2b(key.encode(), key=self._salt, digest_size=8).digest()
        return SALT_BYTES + int.from_bytes(digest) % SLOTS * self._slot.size


Counts = OwnCounts | SharedCounts


def open_counts(shared: Path | None, name: str, numbers: int) -> Counts:
    """Counts of so many numbers for each key.

    Args:
        shared: the folder of what several processes count together; None if there is one only.
    """
    return SharedCounts(shared, name, numbers) if shared else OwnCounts()
