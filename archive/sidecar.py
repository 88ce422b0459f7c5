"""What lies beside a file and says what is in it: report.html.meta.json, or manifest.csv."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from archive.corrections import FIELDS
from archive.errors import StatedValueError

META_SUFFIX = ".meta.json"
MANIFEST = "manifest.csv"
FILE_COLUMN = "file"


@dataclass(frozen=True, slots=True)
class Sidecar:
    """The values stated for one file.

    Attributes:
        where: the name of the sidecar, for evidence and errors.
        values: field name of corrections.FIELDS -> value as text; only what is stated.
    """

    where: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


NOTHING_STATED = Sidecar()


def read_sidecar(path: Path) -> Sidecar:
    """What is stated beside a file; its own sidecar goes before the folder's manifest.

    Columns and keys that are no field of the metadata are left alone: a manifest is the
    archivist's own table. An empty cell and null state nothing.

    Raises: StatedValueError if the sidecar is not readable as what its name says.
    """
    own = path.with_name(path.name + META_SUFFIX)
    if own.is_file():
        return Sidecar(own.name, _stated(_read_json(own)))
    manifest = path.with_name(MANIFEST)
    if manifest.is_file() and path != manifest:
        return Sidecar(MANIFEST, _stated(_read_row(manifest, path.name)))
    return NOTHING_STATED


def _stated(values: Mapping[str, object]) -> dict[str, str]:
    texts = {name: _as_text(value) for name, value in values.items() if name in FIELDS}
    return {name: text for name, text in texts.items() if text}


def _as_text(value: object) -> str:
    return "" if value is None else str(value).strip()


def _read_json(path: Path) -> dict[str, object]:
    try:
        values = json.loads(path.read_text("utf-8-sig"))
    except ValueError as error:
        raise _unreadable(path, "JSON") from error
    if not isinstance(values, dict):
        raise _unreadable(path, "JSON {…}")
    return values


def _read_row(path: Path, file_name: str) -> Mapping[str, object]:
    try:
        rows = list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))
    except (ValueError, csv.Error) as error:
        raise _unreadable(path, "CSV, UTF-8") from error
    return next((row for row in rows if row.get(FILE_COLUMN) == file_name), {})


def _unreadable(path: Path, expected: str) -> StatedValueError:
    return StatedValueError(name=path.name, field=FILE_COLUMN, value=path.name, expected=expected)
