"""The lines of a plain text file, each with its number, none left out."""

from __future__ import annotations

from archive.decode import decode
from archive.model import Line, Reading


def read_text(data: bytes, name: str) -> Reading:
    """Every line of the file, blank ones too.

    Raises: EmptyFileError, UndecodableTextError.
    """
    decoded = decode(data, name=name)
    rows = decoded.text.removesuffix("\n").split("\n")
    lines = tuple(Line(number, row) for number, row in enumerate(rows, 1))
    return Reading(lines, decoded.encoding, warnings=decoded.warnings)
