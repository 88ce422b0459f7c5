"""The map of rooms in ARCHITECTURE.md: every module is on it, and nothing else is."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
TEXT = (REPOSITORY / "ARCHITECTURE.md").read_text("utf-8")
ROOMS = ("archive", "index", "webui", "scripts")


def rooms() -> dict[str, str]:
    """Top folder -> what the map says of it."""
    section = TEXT.split("\n## Rooms\n")[1].split("\n## ")[0]
    parts = re.split(r"\n    (\w+)/\n", section)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def modules(room: str) -> Iterator[str]:
    """Modules and folders that lie in a room; of folders of folders, the modules in them too."""
    for path in sorted((REPOSITORY / room).iterdir()):
        if path.suffix == ".py" and path.stem != "__init__":
            yield path.stem
        elif (path / "__init__.py").exists():
            yield f"{path.name}/"


@pytest.mark.parametrize("room", ROOMS)
def test_every_module_has_its_place_on_the_map(room):
    text = rooms()[room]

    missing = [
        name
        for name in modules(room)
        if not re.search(rf"(?<![\w]){re.escape(name)}(?![\w])", text) and not _is_built(name)
    ]
    assert missing == []


def _is_built(name: str) -> bool:
    return name.startswith("build_") and "build_*" in TEXT


def test_each_room_is_told_of_once():
    rows = re.findall(r"^\| `(\w+)/` \|", TEXT, re.M)

    assert sorted(rows) == sorted({*rows, *ROOMS, "corpus", "tests"})
