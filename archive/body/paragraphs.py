"""Numbered paragraphs with their section path, from the lines that are the report's.

Lines that a format or a fixed width has broken are joined, run-on text is split where a
numbered heading begins, and every paragraph learns the headings above it.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from archive.body import shapes
from archive.body.joining import join_lines
from archive.body.parts import is_appendix, mark_parts
from archive.body.repairs import has_readings, repair
from archive.model import Kind, Line, Paragraph

_HEADING_LIMIT = 60
_PLAIN_HEADING_LIMIT = 30
_LEAD_LIMIT = 45
_RUN_ON_LENGTH = 1_500
_PLAIN_LEVEL = 5
_SENTENCE_LEVEL = 2

_FINAL = re.compile("[。！？；：，、,;:!?…][”’」』）)]*$")
_LEAD = re.compile("^(.{2,}?)[。！？!?](?=.)")
_NUMBERED_START = re.compile(
    r"(?<=[。！？])\s*(?=(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]))"
)


def compose(lines: Sequence[Line], document_id: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a document, in order.

    Args:
        lines: what stripping has kept; blank lines separate and vanish.
        document_id: becomes part of every paragraph's id.
    """
    blocks = [part for block in join_lines(lines) for part in _split_run_on(block)]
    pairs = _repaired(blocks)
    shown = [block for block, _ in pairs]
    outline = _Outline(any(shapes.heading_level(block.text) == 1 for block in shown))
    front = _front_length(shown)
    seen: Counter[str] = Counter()
    paragraphs = []
    for ordinal, (block, received) in enumerate(pairs):
        is_front = ordinal < front and block.kind is not Kind.TABLE
        kind = Kind.HEADING if is_front else _kind(block)
        section = () if ordinal < front else outline.place(block.text, kind)
        key = "".join(received.split())
        seen[key] += 1
        paragraph_id = identify(document_id, key, seen[key])
        as_received = received if received != block.text else None
        paragraphs.append(
            Paragraph(
                paragraph_id,
                ordinal,
                section,
                kind,
                block.text,
                as_received=as_received,
                line=block.number,
            )
        )
    return mark_parts(paragraphs, front)


def _repaired(blocks: Sequence[Line]) -> list[tuple[Line, str]]:
    """Blocks with the text to show, each with its text as received; what cannot be seen goes."""
    with_readings = has_readings(block.text for block in blocks)
    pairs = []
    for block in blocks:
        text = repair(block.text, block.kind, with_readings)
        if text:
            pairs.append((Line(block.number, text, block.kind), block.text))
    return pairs


def identify(document_id: str, text: str, repeat: int = 1) -> str:
    """The identity of a paragraph: the document's, then 8 hexadecimal digits of its words.

    White space does not count, and neither does the place in the document. compose gives
    the words as received, so no repair of the shown text changes an id. What does change
    it: better stripping, joining or splitting that gives the paragraph other words, and
    another paragraph with the same words that comes or goes before it.

    Args:
        text: the words as received.
        repeat: 1 for the first paragraph with these words in the document, 2 for the next.
    Source: SHA-256 (FIPS 180-4) of the UTF-8 text without white space.
    """
    words = "".join(text.split()).encode("utf-8", "surrogatepass")
    digest = hashlib.sha256(words).hexdigest()[:8]
    suffix = f"-{repeat}" if repeat > 1 else ""
    return f"{document_id}-{digest}{suffix}"


def _split_run_on(block: Line) -> Iterator[Line]:
    if block.kind is Kind.TABLE or len(block.text) <= _RUN_ON_LENGTH:
        yield block
        return
    for part in _NUMBERED_START.split(block.text):
        if part.strip():
            yield Line(block.number, part.strip(), block.kind)


def _front_length(blocks: Sequence[Line]) -> int:
    """How many blocks stand before the text begins: title, session and officer lines."""
    for place, block in enumerate(blocks):
        text = block.text
        if shapes.is_address(text) or shapes.heading_level(text) is not None:
            return place
        if _is_sentence(text):
            return place
        if not (shapes.is_title(text) or shapes.is_session(text) or shapes.is_officer(text)) and (
            place >= 8
        ):
            return place
    return 0


def _is_sentence(text: str) -> bool:
    return bool(re.search("[。！？；]", text)) or len(text) > _HEADING_LIMIT * 2


def _kind(block: Line) -> Kind:
    if block.kind is not Kind.PARAGRAPH:
        return block.kind
    if shapes.is_address(block.text):
        return Kind.PARAGRAPH
    return Kind.HEADING if is_heading(block.text) else Kind.PARAGRAPH


def is_heading(text: str) -> bool:
    """Whether a line stands as a heading: short, and without a final mark.

    A numbered one of the two upper levels may be a sentence of its own with a full stop.
    """
    level = shapes.heading_level(text)
    bare = text.removesuffix("。") if level is not None and level <= _SENTENCE_LEVEL else text
    if _FINAL.search(bare) or not re.search(r"\w", bare) or "。" in bare:
        return False
    return len(bare) <= (_PLAIN_HEADING_LIMIT if level is None else _HEADING_LIMIT)


@dataclass(slots=True)
class _Outline:
    """The headings that are open at a place of the document.

    Attributes:
        is_numbered: whether the document numbers its main headings; where it does not,
            plain headings are the main ones.
    """

    is_numbered: bool
    open: list[tuple[int, str]] = field(default_factory=list)

    def place(self, text: str, kind: Kind) -> tuple[str, ...]:
        """The section of a paragraph, after what the paragraph itself opens or closes."""
        if kind is Kind.TABLE:
            return self._path()
        level = shapes.heading_level(text)
        if level is None:
            if kind is not Kind.HEADING:
                return self._path()
            is_main = not self.is_numbered or is_appendix(text)
            level = 1 if is_main else _PLAIN_LEVEL
        self.open = [entry for entry in self.open if entry[0] < level]
        above = self._path()
        if kind is Kind.HEADING or is_heading(text):
            self.open.append((level, text.removesuffix("。")))
            return above
        lead = _lead(text, level)
        if lead:
            self.open.append((level, lead))
        return self._path()

    def _path(self) -> tuple[str, ...]:
        return tuple(text for _, text in self.open)


def _lead(text: str, level: int) -> str | None:
    """The heading that runs into its paragraph: a short first sentence after a number."""
    found = _LEAD.match(text)
    return found[1] if found and level <= 3 and len(found[1]) <= _LEAD_LIMIT else None
