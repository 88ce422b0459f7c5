"""Writes archive/data/simplified.txt from the character tables of OpenCC.

    pip install opencc==1.4.2
    python -m scripts.build_simplified

The table is shipped, not looked up at run time: an index must be searched with the table that
it was built with, whatever version of OpenCC a machine has. Run this only to adopt a newer
table; every index then asks to be rebuilt.
"""

from __future__ import annotations

import importlib.metadata
from pathlib import Path

import click

TARGET = Path(__file__).resolve().parents[1] / "archive" / "data" / "simplified.txt"
IDEOGRAPHS = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0xF900, 0xFB00))


@click.command()
def main() -> None:
    """Write the table of traditional characters with one simplified form each."""
    import opencc  # not a dependency of the product

    convert = opencc.OpenCC("t2s").convert
    pairs = [(chr(point), convert(chr(point))) for block in IDEOGRAPHS for point in block]
    changed = [(old, new) for old, new in pairs if old != new and len(new) == 1]
    header = (
        f"# OpenCC {importlib.metadata.version('opencc')}, t2s by single characters (Apache-2.0)"
    )
    traditional = "".join(old for old, _ in changed)
    simplified = "".join(new for _, new in changed)
    TARGET.write_text(f"{header}\n{traditional}\n{simplified}\n", "utf-8")
    click.echo(f"{TARGET}: {len(changed)} characters")


if __name__ == "__main__":
    main()
