"""What lies beside a file and says what is in it: report.html.meta.json, or manifest.csv."""

from __future__ import annotations

import csv
import json
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from archive.refusals import StatedValueError
from archive.statements.corrections import FIELDS

META_SUFFIX = ".meta.json"
MANIFEST = "manifest.csv"
FILE_COLUMN = "file"

COLUMNS: Mapping[str, tuple[str, ...]] = {
    FILE_COLUMN: ("文件", "文件名", "文件路径", "路径"),
    "title": ("标题", "题名"),
    "report_year": ("年份", "报告年份", "年度"),
    "region": ("地区", "地名", "行政区划"),
    "publish_date": ("发布日期", "发布时间"),
    "session_date": ("会议日期", "会议时间"),
    "source_site": ("来源", "来源网站", "网站"),
    "source_url": ("网址", "来源网址", "链接", "url"),
    "is_report": ("是否报告", "是否为报告"),
}
"""Field -> the other headings under which archivists keep it."""

_FIELD_OF = {heading: name for name, headings in COLUMNS.items() for heading in headings}
_KEPT_TABLES = 8
_ENCODINGS = ("utf-8-sig", "gb18030")
"""Excel saves tables in the encoding of the system, which on Chinese ones is GBK."""


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


def read_sidecar(path: Path, root: Path | None = None) -> Sidecar:
    """What is stated beside a file; its own sidecar goes before a manifest.

    A manifest speaks of the files of its folder and of those in the folders below, by their
    path from there; of several the nearest that has a row for the file holds. Columns and keys
    that are no field of the metadata are left alone: a manifest is the archivist's own table.
    An empty cell and null state nothing.

    Args:
        root: the outermost folder whose manifest speaks of the file; its own if not given.
    Raises: StatedValueError if the sidecar is not readable as what its name says.
    """
    own = path.with_name(path.name + META_SUFFIX)
    if own.is_file():
        return Sidecar(own.name, _stated(_read_json(own)))
    for folder in _folders(path, root):
        manifest = folder / MANIFEST
        row = _find_row(manifest, path) if manifest.is_file() and path != manifest else None
        if row is not None:
            return Sidecar(MANIFEST, _stated(row))
    return NOTHING_STATED


def _folders(path: Path, root: Path | None) -> Iterator[Path]:
    """The folder of a file, then those around it up to the root."""
    for folder in path.parents:
        yield folder
        if root is None or folder == root or root not in folder.parents:
            return


def _stated(values: Mapping[str, object]) -> dict[str, str]:
    named = {_field_of(name): _as_text(value) for name, value in values.items()}
    return {name: text for name, text in named.items() if name in FIELDS and text}


def _field_of(heading: object) -> str:
    name = str(heading).strip()
    return _FIELD_OF.get(name, name)


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


def _find_row(manifest: Path, path: Path) -> Mapping[str, object] | None:
    state = manifest.stat()
    rows = _load_rows(manifest, state.st_mtime_ns, state.st_size)
    return rows.get(_spell(path.relative_to(manifest.parent).as_posix()))


@lru_cache(maxsize=_KEPT_TABLES)
def _load_rows(manifest: Path, changed: int, size: int) -> Mapping[str, Mapping[str, object]]:
    """File as the manifest spells it -> its row; the first of several.

    Args:
        changed, size: tell a table that was written again from the one that is kept.
    """
    try:
        reader = csv.DictReader(_decode(manifest).splitlines())
        rows = [{_field_of(name): cell for name, cell in row.items()} for row in reader]
    except (ValueError, csv.Error) as error:
        raise _unreadable(manifest, "CSV, UTF-8") from error
    return {_spell(str(row.get(FILE_COLUMN) or "")): row for row in reversed(rows)}


def _decode(manifest: Path) -> str:
    data = manifest.read_bytes()
    for encoding in _ENCODINGS[:-1]:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode(_ENCODINGS[-1])


def _spell(name: str) -> str:
    """The path of a file as it is compared: systems differ in separators and in composition."""
    return unicodedata.normalize("NFC", name.strip().replace("\\", "/")).removeprefix("./")


def _unreadable(path: Path, expected: str) -> StatedValueError:
    return StatedValueError(name=path.name, field=FILE_COLUMN, value=path.name, expected=expected)
