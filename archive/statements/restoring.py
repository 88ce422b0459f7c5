"""Single lines put back among the paragraphs of a document, or taken out of them.

Every other paragraph keeps its id: a line that is put back stands as a paragraph of its own,
and is never joined with what stands beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from archive.body.paragraphs import identify
from archive.body.repairs import repair
from archive.model import Document, Kind, Paragraph, Part, RemovedLine

PERSON_RULE = "person"
"""The rule of lines that a person has taken out."""

Taken = Mapping[str, Any]
"""What putting a paragraph back needs: itself, the one before it, those under its heading."""


def put_back(document: Document, line: RemovedLine) -> tuple[Document, str]:
    """The document with a removed line as a paragraph at its place, and the paragraph's id."""
    place = _place(document.paragraphs, line.line)
    paragraph = _as_paragraph(document, line, place)
    paragraphs = (*document.paragraphs[:place], paragraph, *document.paragraphs[place:])
    removed = list(document.removed)
    removed.remove(line)
    return _with_parts(document, paragraphs, removed), paragraph.paragraph_id


def put_away(document: Document, paragraph_id: str, line: RemovedLine) -> Document:
    """The document without a paragraph, with a removed line in its stead: undoes put_back.

    It is left as it is if it has no such paragraph any more.
    """
    paragraphs = [p for p in document.paragraphs if p.paragraph_id != paragraph_id]
    if len(paragraphs) == len(document.paragraphs):
        return document
    return _with_parts(document, paragraphs, [*document.removed, line])


def take_out(document: Document, paragraph: Paragraph) -> tuple[Document, RemovedLine, Taken]:
    """The document without a paragraph that is furniture, its removed line, and its way back.

    Where the paragraph stood as a heading, nothing stands under it any more.
    """
    number = document.paragraphs.index(paragraph)
    path = (*paragraph.section, paragraph.text.removesuffix("。"))
    after = document.paragraphs[number - 1].paragraph_id if number else None
    rest, under = [], []
    for other in document.paragraphs[number + 1 :]:
        if paragraph.kind is Kind.HEADING and other.section[: len(path)] == path:
            under.append(other.paragraph_id)
            other = replace(other, section=(*paragraph.section, *other.section[len(path) :]))
        rest.append(other)
    received = paragraph.as_received or paragraph.text
    line = RemovedLine(paragraph.line or 0, received, PERSON_RULE)
    shorter = _with_parts(
        document, (*document.paragraphs[:number], *rest), [*document.removed, line]
    )
    return shorter, line, {"paragraph": asdict(paragraph), "after": after, "under": under}


def put_in(document: Document, line: RemovedLine, taken: Taken) -> Document:
    """The document with a paragraph that had been taken out: undoes take_out.

    It is left as it is if the line is not among the removed ones any more.
    """
    if line not in document.removed:
        return document
    paragraph = _read_paragraph(taken["paragraph"])
    depth = len(paragraph.section)
    heading = paragraph.text.removesuffix("。")
    under = set(taken["under"])
    paragraphs = [
        replace(p, section=(*p.section[:depth], heading, *p.section[depth:]))
        if p.paragraph_id in under
        else p
        for p in document.paragraphs
    ]
    ids = [p.paragraph_id for p in paragraphs]
    if paragraph.paragraph_id in ids:
        # A line with the same words was put back meanwhile.
        paragraph = replace(paragraph, paragraph_id=_free_id(document, line.text))
    after = taken["after"]
    place = ids.index(after) + 1 if after in ids else _place(paragraphs, line.line)
    paragraphs.insert(place, paragraph)
    removed = list(document.removed)
    removed.remove(line)
    return _with_parts(document, paragraphs, removed)


def _place(paragraphs: Sequence[Paragraph], line: int) -> int:
    """How many paragraphs begin above a line of the file."""
    below = (n for n, p in enumerate(paragraphs) if p.line is not None and p.line > line)
    return next(below, len(paragraphs))


def _as_paragraph(document: Document, line: RemovedLine, place: int) -> Paragraph:
    shown = repair(line.text.strip(), Kind.PARAGRAPH, with_readings=False) or line.text.strip()
    above = document.paragraphs[place - 1] if place else None
    return Paragraph(
        _free_id(document, line.text),
        place,
        _section_below(document.paragraphs, place),
        Kind.PARAGRAPH,
        shown,
        part=above.part if above else None,
        as_received=line.text.strip() if shown != line.text.strip() else None,
        line=line.line,
    )


def _free_id(document: Document, text: str) -> str:
    """The first id for these words that no paragraph of the document has."""
    ids = {paragraph.paragraph_id for paragraph in document.paragraphs}
    repeat = 1
    while (found := identify(document.document_id, text, repeat)) in ids:
        repeat += 1
    return found


def _section_below(paragraphs: Sequence[Paragraph], place: int) -> tuple[str, ...]:
    """The section of what is put at a place: the one that is open behind the paragraph above."""
    if not place:
        return ()
    above = paragraphs[place - 1]
    path = (*above.section, above.text.removesuffix("。"))
    opens = any(other.section[: len(path)] == path for other in paragraphs[place : place + 1])
    return path if above.kind is Kind.HEADING and opens else above.section


def _with_parts(
    document: Document, paragraphs: Sequence[Paragraph], removed: Sequence[RemovedLine]
) -> Document:
    return replace(
        document,
        paragraphs=tuple(replace(p, ordinal=number) for number, p in enumerate(paragraphs)),
        removed=tuple(sorted(removed, key=lambda line: line.line)),
    )


def _read_paragraph(row: Mapping[str, Any]) -> Paragraph:
    values = {
        **row,
        "section": tuple(row["section"]),
        "kind": Kind(row["kind"]),
        "part": Part(row["part"]) if row["part"] else None,
    }
    return Paragraph(**values)
