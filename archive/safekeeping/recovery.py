"""A backup -> an empty home: everything is verified aside, and the database is put there last.

A home without a database is no archive to any command. So one that a crash left half restored
is not taken for a whole one, and is begun again by the next try.
"""

from __future__ import annotations

import json
import re
import shutil
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from archive.database import open_database
from archive.disk import sync_all, sync_folder
from archive.errors import BackupError, HomeNotEmptyError
from archive.safekeeping.backup import (
    DATABASE_ENTRY,
    FORMAT,
    FORMAT_VERSION,
    MANIFEST_ENTRY,
    ORIGINALS_ENTRY,
    Entry,
    Progress,
    copy_in_chunks,
)
from archive.settings import SETTINGS_FILE, Settings

STAGE = ".unfinished-restore"

_NAMES = re.compile(
    rf"{re.escape(DATABASE_ENTRY)}|{re.escape(SETTINGS_FILE)}"
    rf"|{ORIGINALS_ENTRY}/([0-9a-f]{{2}})/(\1[0-9a-f]{{62}})"
)
_LARGEST_MANIFEST = 1 << 30


@dataclass(frozen=True, slots=True)
class Restored:
    """What is in the home now."""

    documents: int
    originals: int


def restore_backup(source: Path, settings: Settings, progress: Progress) -> Restored:
    """Makes an archive of a backup in an empty home; what is in it. The index is not made.

    Raises: HomeNotEmptyError; BackupError if the file is no whole backup, and StoreError if its
        database is of a later version: then the home is as empty as before.
    """
    home = settings.home
    _require_empty(home)
    stage = home / STAGE
    with _failures_named(source), zipfile.ZipFile(source) as archive:
        entries, documents = _read_manifest(archive)
        try:
            home.mkdir(parents=True, exist_ok=True)
            _clear(home)
            stage.mkdir()
            for number, (name, entry) in enumerate(entries.items(), 1):
                _extract(archive, name, entry, stage)
                progress(number, len(entries))
            # An older one is brought up to date here, where that is not yet the archive.
            open_database(stage / DATABASE_ENTRY).close()
            sync_all(stage)
            _put_in_place(stage, home)
        except BaseException:
            _clear(home)
            raise
    return Restored(documents, sum(name.startswith(ORIGINALS_ENTRY) for name in entries))


def _require_empty(home: Path) -> None:
    """What an unfinished restore has left counts for nothing."""
    names = {path.name for path in home.iterdir()} if home.is_dir() else set()
    if STAGE in names and DATABASE_ENTRY not in names:
        names -= {STAGE, ORIGINALS_ENTRY, SETTINGS_FILE}
    if names:
        raise HomeNotEmptyError(home=home, found=min(names))


def _clear(home: Path) -> None:
    """Takes away what an unfinished restore has left."""
    stage = home / STAGE
    if not stage.is_dir() or (home / DATABASE_ENTRY).exists():
        return
    for name in (ORIGINALS_ENTRY, SETTINGS_FILE):
        if (home / name).exists():
            (home / name).replace(stage / f"{name}.unfinished")
    shutil.rmtree(stage)


def _put_in_place(stage: Path, home: Path) -> None:
    for name in (ORIGINALS_ENTRY, SETTINGS_FILE):
        if (stage / name).exists():
            (stage / name).replace(home / name)
    sync_folder(home)
    (stage / DATABASE_ENTRY).replace(home / DATABASE_ENTRY)
    sync_folder(home)
    shutil.rmtree(stage)


def _read_manifest(archive: zipfile.ZipFile) -> tuple[Mapping[str, Entry], int]:
    """Entry name -> what it must be, and the number of documents."""
    if archive.getinfo(MANIFEST_ENTRY).file_size > _LARGEST_MANIFEST:
        raise ValueError(MANIFEST_ENTRY)
    content = json.loads(archive.read(MANIFEST_ENTRY))
    if (content["format"], content["format_version"]) != (FORMAT, FORMAT_VERSION):
        raise ValueError(f"{content['format']} {content['format_version']}")
    entries = {
        str(name): Entry(str(s), int(size)) for name, (s, size) in content["entries"].items()
    }
    strange = [name for name in entries if not _NAMES.fullmatch(name)]
    if strange or DATABASE_ENTRY not in entries:
        raise ValueError(strange[0] if strange else DATABASE_ENTRY)
    return entries, int(content["documents"])


def _extract(archive: zipfile.ZipFile, name: str, wanted: Entry, stage: Path) -> None:
    target = stage / name
    target.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(name) as packed, target.open("xb") as file:
        found = copy_in_chunks(packed, file, wanted.size)
    named = _NAMES.fullmatch(name)
    if found != wanted or (named and named[2] not in (None, found.sha256)):
        raise ValueError(f"{name}: SHA-256")


@contextmanager
def _failures_named(source: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise BackupError(name=source, reason=getattr(error, "strerror", None) or error) from error
    except (ValueError, KeyError, TypeError, AttributeError, NotImplementedError) as error:
        raise BackupError(name=source, reason=str(error).strip("'\"")) from error
