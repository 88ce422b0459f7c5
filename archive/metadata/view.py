"""A reading as the rules look at it: head, body, tail and furniture, folded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from archive.metadata.folding import compact, fold
from archive.model import Line, Reading

HEAD_LINES = 60
"""A page's head is looked for in so many lines: navigation saved as text can be that long."""

BODY_LINE = 100
"""A line of so many characters is prose: where no salutation is, the head ends there."""

OPENING_LINES = 5
TAIL_LINES = 15

_OPENING = re.compile(r"各位代表|现在,?我代表|我受.{2,20}委托|Fellow Deputies", re.IGNORECASE)
_FUSED = re.compile("政府工作的?报告.{0,12}(?:19|20)\\d\\d年.{2,20}(?:人民代表大会|人大)")
"""Title and session of a page that was saved as one line with its text."""

_SECTION = re.compile(r"[一二三四五六七八九十]{1,2}、|\([一二三四五六七八九十]{1,2}\)")


@dataclass(frozen=True, slots=True)
class ViewLine:
    """A line in three shapes: as shown, folded, and folded without blanks."""

    shown: str
    folded: str
    compact: str


@dataclass(frozen=True, slots=True)
class View:
    """What the rules look at.

    Attributes:
        lines: every line of the file that is not blank.
        head: those before the report's first words, and the line that has them.
        kept: the lines that are the report's.
        furniture: what the format's reader removed.
        hints: the values that the format states outside the text.
    """

    lines: tuple[ViewLine, ...]
    head: tuple[ViewLine, ...]
    kept: tuple[ViewLine, ...]
    furniture: tuple[ViewLine, ...]
    hints: Mapping[str, str]

    @property
    def opening(self) -> tuple[ViewLine, ...]:
        """The head and the first lines after it."""
        return self.lines[: len(self.head) + OPENING_LINES]

    @property
    def tail(self) -> tuple[ViewLine, ...]:
        """The last lines, as far as the head does not hold them."""
        return self.lines[len(self.head) :][-TAIL_LINES:]

    @property
    def text(self) -> str:
        """The report's words without blanks, line by line."""
        return "\n".join(line.compact for line in self.kept)


def open_view(reading: Reading, kept: Sequence[Line]) -> View:
    """The view of a reading and of those of its lines that were kept."""
    lines = _look(line.text for line in reading.lines)
    return View(
        lines=lines,
        head=_head(lines),
        kept=_look(line.text for line in kept),
        furniture=_look(removed.text for removed in reading.removed),
        hints=reading.hints,
    )


def _look(texts: Iterable[str]) -> tuple[ViewLine, ...]:
    return tuple(
        ViewLine(text.strip(), fold(text), compact(text)) for text in texts if text.strip()
    )


def _head(lines: tuple[ViewLine, ...]) -> tuple[ViewLine, ...]:
    first = lines[:HEAD_LINES]
    for index, line in enumerate(first):
        if _OPENING.search(line.compact) or "Fellow Deputies" in line.folded:
            return first[: index + 1]
    head = tuple(takewhile(lambda line: not _is_body(line), first))
    below = first[len(head) : len(head) + 1]
    return (*head, *(line for line in below if _FUSED.search(line.compact[:BODY_LINE])))


def _is_body(line: ViewLine) -> bool:
    return len(line.compact) > BODY_LINE or bool(_SECTION.match(line.compact))
