"""Named arrays in one file, mapped into memory: the form in which a segment lies on the disk.

    magic, length of the directory, directory, arrays

The directory is JSON: name -> [type, place, number of values]; places count from the beginning
of the file and are multiples of 64, so that every array is aligned. Nothing is read before it
is used, and what was used can be dropped by the system at any time.
"""

from __future__ import annotations

import json
import mmap
import os
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

MAGIC = b"zhengwen1\n"
_ALIGNMENT = 64
_LENGTH_BYTES = 8
_CHUNK_BYTES = 1 << 20


def write_arrays(path: Path, arrays: Mapping[str, Array]) -> int:
    """Writes the arrays, synced; the checksum of the file.

    Raises: OSError.
    """
    checksum = 0
    with path.open("wb") as file:
        for part in _parts(arrays):
            file.write(part)
            checksum = zlib.crc32(part, checksum)
        file.flush()
        os.fsync(file.fileno())
    return checksum


def map_arrays(path: Path) -> dict[str, Array]:
    """The arrays of a file, read-only, by name.

    Raises: OSError; ValueError if the file is no such file or is cut off.
    """
    with path.open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    if mapped[: len(MAGIC)] != MAGIC:
        raise ValueError(f"{path.name}: not a file of arrays")
    start = len(MAGIC) + _LENGTH_BYTES
    length = int.from_bytes(mapped[len(MAGIC) : start], "little")
    directory = json.loads(mapped[start : start + length])
    return {
        name: np.frombuffer(mapped, np.dtype(kind), count, place) if count else np.empty(0, kind)
        for name, (kind, place, count) in directory.items()
    }


def drop_pages(array: Array) -> None:
    """Lets go of what memory holds of the file that an array is mapped from.

    What is used again is mapped again. Nothing happens to an array that is not mapped, or where
    the system cannot be told.
    """
    mapped = array.base.obj if isinstance(array.base, memoryview) else None
    if isinstance(mapped, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
        mapped.madvise(mmap.MADV_DONTNEED)


def file_checksum(path: Path) -> int:
    """The CRC-32 of a file. Raises: OSError."""
    checksum = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            checksum = zlib.crc32(chunk, checksum)
    return checksum


def _parts(arrays: Mapping[str, Array]) -> Iterator[bytes | memoryview]:
    directory = _directory(arrays)
    encoded = json.dumps(directory).encode("ascii")
    head = MAGIC + len(encoded).to_bytes(_LENGTH_BYTES, "little") + encoded
    yield head
    written = len(head)
    for name, array in arrays.items():
        place = directory[name][1]
        yield bytes(place - written)
        # As it lies in memory: a copy of the positions would be the largest array of all.
        yield np.ascontiguousarray(array).view(np.uint8).data if len(array) else b""
        written = place + array.nbytes


def _directory(arrays: Mapping[str, Array]) -> dict[str, list[Any]]:
    """Name -> [type, place, number of values]; room is left for the longest directory."""
    longest = {name: [a.dtype.str, 1 << 60, len(a)] for name, a in arrays.items()}
    place = len(MAGIC) + _LENGTH_BYTES + len(json.dumps(longest))
    directory = {}
    for name, array in arrays.items():
        place = -(-place // _ALIGNMENT) * _ALIGNMENT
        directory[name] = [array.dtype.str, place, len(array)]
        place += array.nbytes
    return directory


class Strings:
    """A list of byte strings in two arrays.

    Attributes:
        content: all bytes, one string after the other.
        ends: for each string, where it ends in content.
    """

    __slots__ = ("content", "ends")

    def __init__(self, content: Array, ends: Array) -> None:
        self.content = content
        self.ends = ends

    @classmethod
    def pack(cls, strings: Sequence[bytes]) -> Strings:
        """The arrays of a list."""
        ends = np.cumsum([len(string) for string in strings], dtype=np.uint64)
        return cls(np.frombuffer(b"".join(strings), np.uint8), narrowed(ends))

    def __len__(self) -> int:
        return len(self.ends)

    def __getitem__(self, index: int) -> bytes:
        start = self.ends.item(index - 1) if index else 0
        return self.content[start : self.ends.item(index)].tobytes()

    def all(self) -> list[bytes]:
        """Every string, in order."""
        content, start, strings = self.content.tobytes(), 0, []
        for end in self.ends.tolist():
            strings.append(content[start:end])
            start = end
        return strings

    def find(self, string: bytes) -> int:
        """The place of a string in strings that ascend, or where it would be inserted."""
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self[middle] < string:
                low = middle + 1
            else:
                high = middle
        return low


def narrowed(values: Array) -> Array:
    """Whole numbers >= 0 in the narrowest type that holds them: uint8, 16, 32 or 64."""
    return values.astype(np.min_scalar_type(int(values.max()) if len(values) else 0))


def stable_order(keys: Array, bound: int) -> npt.NDArray[np.intp]:
    """The order that sorts whole numbers in [0, bound), equal ones as they stand.

    numpy sorts 16 bits by counting, several times as fast as it compares; so 32 are done in two
    rounds, the lower half first.
    """
    if bound <= 1 << 16:
        return np.argsort(keys.astype(np.uint16), kind="stable")
    by_low = np.argsort((keys & 0xFFFF).astype(np.uint16), kind="stable")
    return by_low[np.argsort((keys >> 16).astype(np.uint16)[by_low], kind="stable")]


def run_starts(*sorted_keys: Array) -> npt.NDArray[np.intp]:
    """Where a new value begins in arrays that are sorted by these keys together."""
    first, *others = sorted_keys
    changes = np.ones(len(first), bool)
    np.not_equal(first[1:], first[:-1], out=changes[1:])
    for keys in others:
        changes[1:] |= keys[1:] != keys[:-1]
    return changes.nonzero()[0]
