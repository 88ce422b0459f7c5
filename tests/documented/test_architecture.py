"""The map of rooms in ARCHITECTURE.md: every module is on it, once."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
TEXT = (REPOSITORY / "ARCHITECTURE.md").read_text("utf-8")
ROOMS = ("archive", "index", "webui", "scripts")
TOLD_AS_A_WHOLE = {"boilerplate", "commands", "formats", "metadata", "search", "whoosh"}
"""Folders whose modules the map does not name one by one."""


def rooms() -> dict[str, str]:
    """Top folder -> what the map says of it."""
    section = TEXT.split("\n## Rooms\n")[1].split("\n## ")[0]
    parts = re.split(r"\n    (\w+)/\n", section)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def names(folder: Path) -> Iterator[str]:
    """The modules in a folder, and the folders in it with theirs."""
    for path in sorted(folder.iterdir()):
        if path.suffix == ".py" and path.stem != "__init__":
            yield "build_*" if path.stem.startswith("build_") else path.stem
        elif any(path.glob("*.py")):
            yield f"{path.name}/"
            if path.name not in TOLD_AS_A_WHOLE:
                yield from names(path)


@pytest.mark.parametrize("room", ROOMS)
def test_every_module_has_its_place_on_the_map(room):
    text = rooms()[room]

    missing = [
        name
        for name in names(REPOSITORY / room)
        if not re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)
    ]
    assert missing == []


def test_each_room_is_told_of_once():
    rows = re.findall(r"^\| `(\w+)/` \|", TEXT, re.M)

    assert sorted(rows) == sorted({*rows, *ROOMS, "corpus", "tests"})
