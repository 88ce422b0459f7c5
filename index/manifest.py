"""What an index was built with; an index built otherwise is not searched in silence."""

from __future__ import annotations

import json
import zlib
from datetime import UTC, datetime
from pathlib import Path

from archive.disk import write_durably
from archive.errors import IndexStaleError
from index.analysis import analysis_versions

MANIFEST_FILE = "manifest.json"
LAYOUT = "3"
"""Raised when the fields of the index change."""


def current_versions() -> dict[str, str]:
    """Name -> version of everything that the content of an index depends on."""
    return {"layout": LAYOUT, **analysis_versions()}


def write_manifest(build: Path) -> None:
    """Notes in the folder of a build what it is built with."""
    content: dict[str, object] = {
        "versions": current_versions(),
        "built_at": datetime.now(UTC).isoformat(),
    }
    content["checksum"] = _checksum(content)
    write_durably(build / MANIFEST_FILE, _as_text(content).encode())


def is_whole(build: Path) -> bool:
    """Whether the manifest is as it was written."""
    try:
        text = (build / MANIFEST_FILE).read_text("utf-8")
        content = json.loads(text)
        rest = {name: value for name, value in content.items() if name != "checksum"}
    except (OSError, ValueError, AttributeError):
        return False
    return text == _as_text(content) and content.get("checksum") == _checksum(rest)


def _as_text(content: dict[str, object]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _checksum(content: dict[str, object]) -> int:
    return zlib.crc32(_as_text(content).encode("utf-8"))


def check_manifest(build: Path) -> None:
    """Raises IndexStaleError, naming what differs, if the build is by other rules."""
    try:
        built = json.loads((build / MANIFEST_FILE).read_text("utf-8"))["versions"]
    except (OSError, ValueError, KeyError) as error:
        raise IndexStaleError(differing=MANIFEST_FILE) from error
    current = current_versions()
    differing = [name for name in current if built.get(name) != current[name]]
    if differing:
        raise IndexStaleError(differing=", ".join(differing))


def read_build_time(build: Path) -> datetime | None:
    """When a build was begun, or None if its manifest does not say."""
    try:
        return datetime.fromisoformat(json.loads((build / MANIFEST_FILE).read_text())["built_at"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
