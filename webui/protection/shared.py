"""What several web processes of one server count together, in a folder that lasts as long as they.

Metrics lie there too: prometheus_client keeps them, and is told the folder when a process begins.
"""

from __future__ import annotations

import hashlib
import mmap
import secrets
import struct
from pathlib import Path

BUCKETS = "buckets"
SALT_BYTES = 16
SLOTS = 65_536
_SLOT = struct.Struct("dd")


class SharedLevels:
    """Address -> level of its bucket and the time of that, in a file that all processes map.

    Two addresses may share a slot, and nobody outside can tell which. Nothing is locked: when
    two processes count the same address at the same instant, one of the two may be forgotten.
    The file is made by the first process, which begins before the others.
    """

    def __init__(self, folder: Path) -> None:
        path = folder / BUCKETS
        if not path.exists():
            path.write_bytes(secrets.token_bytes(SALT_BYTES) + bytes(SLOTS * _SLOT.size))
        with path.open("r+b") as file:
            self._map = mmap.mmap(file.fileno(), 0)
        self._salt = self._map[:SALT_BYTES]

    def get(self, address: str) -> tuple[float, float] | None:
        """What was put for an address; None if nothing was."""
        level, at = _SLOT.unpack_from(self._map, self._place(address))
        return (level, at) if at else None

    def put(self, address: str, level: float, at: float) -> None:
        """Keeps the level of an address.

        Args:
            at: by a clock that all processes share, > 0.
        """
        _SLOT.pack_into(self._map, self._place(address), level, at)

    def _place(self, address: str) -> int:
        digest = hashlib.blake2b(address.encode(), key=self._salt, digest_size=8).digest()
        return SALT_BYTES + int.from_bytes(digest) % SLOTS * _SLOT.size
