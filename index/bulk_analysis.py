"""Many texts at once -> folded characters and words, as arrays: what building an index needs.

It gives what `analysis.fold_text` and `analysis.words` give text by text, in a hundredth of the
time for the characters: one look-up in a table for all of them. A test holds one against the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from index.analysis import (
    GAP_IN_LATIN,
    NOTE_MARK,
    Codes,
    code_points,
    is_blank,
    load_fold_array,
    load_segmenter,
)

_CODE_POINTS = 0x110000
_BREAK = "\0"
"""Between two texts; folding drops it, so no folded text holds it."""
_OTHER_CONTROL = "\x01"
_LAST_BLANK = 0x3000
"""The ideographic space; no character behind it is white space or a control character."""
_LINE = "\n"


@dataclass(frozen=True, slots=True)
class FoldedTexts:
    """Texts as their folded characters.

    Attributes:
        codes: the code points of all texts, one text after the other.
        lengths: for each text, how many of them are its own; int64.
    """

    codes: Codes
    lengths: npt.NDArray[np.int64]


def fold_texts(texts: Sequence[str]) -> FoldedTexts:
    """The folded characters of the texts; the i-th equals `fold_text(texts[i])`."""
    raw = code_points(NOTE_MARK.sub("", _joined(texts)))
    folded = load_fold_array()[raw]
    is_kept = folded != 0
    return FoldedTexts(folded[is_kept], _summed(is_kept, raw, len(texts)))


def count_characters(texts: Sequence[str]) -> npt.NDArray[np.int64]:
    """For each text, its characters as shown, white space and control characters excluded."""
    raw = code_points(_joined(texts))
    return _summed(~_load_blank_array()[raw], raw, len(texts))


def iter_tokens(texts: Sequence[str]) -> Iterator[list[str]]:
    """The segmenter's tokens of each text; those that `is_word` accepts equal `words(text)`."""
    raw = code_points(NOTE_MARK.sub("", GAP_IN_LATIN.sub(",", _joined(texts))))
    folded = load_fold_array()[raw]
    folded[raw == 0] = ord(_LINE)
    lines = folded[folded != 0].tobytes().decode("utf-32-le", "surrogatepass")
    return map(load_segmenter(), lines.split(_LINE)[:-1])


@cache
def _load_blank_array() -> npt.NDArray[np.bool_]:
    """Whether each code point is white space or a control character; 0x110000 entries."""
    blank = np.zeros(_CODE_POINTS, bool)
    blank[[point for point in range(_LAST_BLANK + 1) if is_blank(chr(point))]] = True
    return blank


def _summed(is_counted: npt.NDArray[np.bool_], raw: Codes, count: int) -> npt.NDArray[np.int64]:
    """How many characters of each text are counted."""
    if not count:
        return np.empty(0, np.int64)
    firsts = np.concatenate(([0], np.flatnonzero(raw == 0)[:-1] + 1))
    return np.add.reduceat(is_counted, firsts, dtype=np.int64)


def _joined(texts: Sequence[str]) -> str:
    """The texts, each with a break behind it."""
    joined = _BREAK.join([*texts, ""])
    if joined.count(_BREAK) != len(texts):
        joined = _BREAK.join([*(text.replace(_BREAK, _OTHER_CONTROL) for text in texts), ""])
    return joined
