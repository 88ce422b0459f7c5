"""The lines of a PDF's text layer, without page numbers and running headers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from archive.errors import NoTextLayerError, UnreadableFileError
from archive.model import Line, Reading, RemovedLine
from archive.texts import text as sentence

if TYPE_CHECKING:
    import pypdfium2

_PAGE_NUMBER = re.compile(
    r"[\s\-–—―─－·.•/|]*(?:第\s*)?(?:page|p\.)?\s*\d{1,4}(?:\s*页?)?"
    r"(?:[\s,，/]*(?:of|共)?\s*\d{1,4}\s*页?)?[\s\-–—―─－·.•|]*",
    re.IGNORECASE,
)
# pdfium ends a line with U+FFFE where a word was hyphenated across lines.
_SOFT_HYPHEN = re.compile("[\ufffe\u00ad]")
_PAGES_THAT_MAKE_A_HEADER = 3
# More than the overhang of a mark, less than two characters of the smallest print (10.5 points).
_INDENT_POINTS = 14.0
_DIGITS = re.compile(r"\d+")


def read_pdf(data: bytes, name: str) -> Reading:
    """The lines of all pages as they stand; paragraphs are joined later.

    Raises: UnreadableFileError, NoTextLayerError.
    """
    pages = [_rows(page) for page in _page_texts(data, name)]
    if not any(row.strip() for rows in pages for row in rows):
        raise NoTextLayerError(name=name, pages=len(pages))
    running = _running_headers(pages)
    lines: list[Line] = []
    removed: list[RemovedLine] = []
    number = 0
    for rows in pages:
        for place, row in enumerate(rows):
            number += 1
            rule = _rule(row, place in (0, len(rows) - 1), running)
            if rule:
                removed.append(RemovedLine(number, row, rule))
            else:
                lines.append(Line(number, row))
    return Reading(tuple(lines), "pdf", removed=tuple(removed))


def _page_texts(data: bytes, name: str) -> list[str]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        key = "encrypted_pdf" if "password" in str(error).lower() else "not_pdf"
        reason = sentence(f"reading.{key}")
        raise UnreadableFileError(name=name, reason=reason) from error
    try:
        return [_page_text(document, index) for index in range(len(document))]
    except pypdfium2.PdfiumError as error:
        reason = sentence("reading.not_pdf")
        raise UnreadableFileError(name=name, reason=reason) from error
    finally:
        document.close()


def _page_text(document: pypdfium2.PdfDocument, index: int) -> str:
    """The text of a page, indented lines with the two blanks that print gives them."""
    page = document[index]
    text_page = page.get_textpage()
    try:
        text = str(text_page.get_text_range())
        # Character boxes can be found by place only where a character is one code unit.
        return _indented(text, text_page) if len(text) == text_page.count_chars() else text
    finally:
        text_page.close()
        page.close()


def _indented(text: str, text_page: pypdfium2.PdfTextPage) -> str:
    rows = text.split("\r\n")
    lefts: list[float | None] = []
    place = 0
    for row in rows:
        first = place + len(row) - len(row.lstrip())
        lefts.append(text_page.get_charbox(first)[0] if row.strip() else None)
        place += len(row) + len("\r\n")
    margin = min((left for left in lefts if left is not None), default=0.0)
    return "\n".join(
        f"\u3000\u3000{row}" if left is not None and left - margin >= _INDENT_POINTS else row
        for row, left in zip(rows, lefts, strict=True)
    )


def _rows(page: str) -> list[str]:
    rows = _SOFT_HYPHEN.sub("", page).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [row.replace("\x00", "") for row in rows if row.strip("\x00 \t\u3000")]


def _running_headers(pages: Sequence[Sequence[str]]) -> set[str]:
    """First and last rows that most pages share, digits aside."""
    edges = Counter(
        key for rows in pages if rows for key in {_header_key(rows[0]), _header_key(rows[-1])}
    )
    least = max(_PAGES_THAT_MAKE_A_HEADER, len(pages) // 2)
    return {key for key, count in edges.items() if count >= least and key}


def _header_key(row: str) -> str:
    return _DIGITS.sub("#", "".join(row.split()))


def _rule(row: str, is_edge: bool, running: set[str]) -> str | None:
    if is_edge and _PAGE_NUMBER.fullmatch(row):
        return "page-number"
    if is_edge and _header_key(row) in running:
        return "running-header"
    return None
