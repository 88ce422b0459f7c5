"""Paths given on a command line -> the files to add."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from archive.containers import is_candidate


def iter_files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files of the paths: files as given, folders with all below them, in name order.

    In folders, what cannot be a report is passed over (containers.is_candidate); a file named
    outright never is. What does not exist or must not be looked into is given too: reading it
    will say so.
    """
    for path in paths:
        # Path.is_dir raises where a folder above must not be looked into; this says no.
        if os.path.isdir(path):  # noqa: PTH112
            yield from _walk(path)
        else:
            yield path


def _walk(folder: Path) -> Iterator[Path]:
    closed: list[Path] = []
    for root, folders, names in os.walk(folder, onerror=lambda e: closed.append(Path(e.filename))):
        folders.sort()
        here = (Path(root, name) for name in sorted(names))
        yield from (path for path in here if _is_candidate(path, folder))
    yield from closed


def _is_candidate(path: Path, folder: Path) -> bool:
    # What is there but no file is a pipe or a broken link; what cannot even be looked at is
    # given, so that it is named.
    is_special = os.path.lexists(path) and not os.path.isfile(path)  # noqa: PTH113
    return not is_special and is_candidate(path.relative_to(folder))
