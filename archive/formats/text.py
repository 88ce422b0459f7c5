"""The lines of a plain text file, each with its number, none left out."""

from __future__ import annotations

import re

from archive.decode import decode
from archive.limits import LINE_CHARACTERS
from archive.model import Line, Reading
from archive.refusals import LineTooLongError

_LINE_ENDS = re.compile(rb"[\r\n]")
_MOST_BYTES = 4


def read_text(data: bytes, name: str) -> Reading:
    """Every line of the file, blank ones too.

    Raises: EmptyFileError, UndecodableTextError, MixedEncodingsError, LineTooLongError.
    """
    # Before decoding: no encoding has the bytes of line ends inside other characters but UTF-16,
    # where that only shortens the rows.
    if any(len(row) > _MOST_BYTES * LINE_CHARACTERS for row in _LINE_ENDS.split(data)):
        raise LineTooLongError(name=name, limit=LINE_CHARACTERS)
    decoded = decode(data, name=name)
    rows = decoded.text.removesuffix("\n").split("\n")
    lines = tuple(Line(number, row) for number, row in enumerate(rows, 1))
    return Reading(lines, decoded.encoding, warnings=decoded.warnings)
