"""Paths given on a command line -> the files to add."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

SIDE_SUFFIXES = frozenset(
    {".csv", ".db", ".ini", ".json", ".jsonl", ".md", ".py", ".pyc", ".sqlite", ".tsv"}
)
"""Tables and notes that lie beside reports in a folder; a file named outright is always tried."""


def iter_files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files of the paths: files as given, folders with all below them, in name order.

    In folders, hidden files and those with SIDE_SUFFIXES are passed over. A path that does not
    exist is given too: reading it will say so.
    """
    for path in paths:
        if path.is_dir():
            yield from sorted(found for found in path.rglob("*") if _is_candidate(found, path))
        else:
            yield path


def _is_candidate(path: Path, folder: Path) -> bool:
    is_hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    return path.is_file() and not is_hidden and path.suffix.lower() not in SIDE_SUFFIXES
