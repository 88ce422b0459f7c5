"""The text of a PDF's pages as a program: standard input -> JSON on standard output.

PDFium is a large C++ library, and a file of a hundred kilobytes can make it take minutes and
gigabytes, or crash. So this module is run as a program, with limits that the system holds, and
imports nothing of the project. It writes {"pages": [[text, is_picture], ...]}, or {"error": ...,
"pages": their number} with "not_pdf", "encrypted_pdf", "too_many_pages" or "too_costly".
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from typing import Any

import pypdfium2
import pypdfium2.raw

# More than the overhang of a mark, less than two characters of the smallest print (10.5 points).
_INDENT_POINTS = 14.0
# What scanners print on a page that is a picture: its number, their own name.
_PICTURE_CHARACTERS = 20


def main(pages: int, characters: int, memory_bytes: int, seconds: int) -> None:
    """Answers for the PDF on standard input.

    Args:
        pages, characters: the most that are read, of the whole file.
        memory_bytes, seconds: what the system lets this process use, where it can.
    """
    _limit(memory_bytes, seconds)
    try:
        answer = _answer(sys.stdin.buffer.read(), pages, characters)
    except MemoryError:
        answer = {"error": "too_costly", "pages": 0}
    sys.stdout.write(json.dumps(answer))


def _limit(memory_bytes: int, seconds: int) -> None:
    try:
        import resource
    except ImportError:
        # Windows: the parent's clock is the only limit there.
        return
    limits = ((resource.RLIMIT_AS, memory_bytes), (resource.RLIMIT_CPU, seconds))
    for limit, most in limits:
        # Not every system holds every limit.
        with suppress(ValueError, OSError):
            resource.setrlimit(limit, (most, most))


def _answer(data: bytes, pages: int, characters: int) -> dict[str, Any]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        is_encrypted = "password" in str(error).lower()
        return {"error": "encrypted_pdf" if is_encrypted else "not_pdf", "pages": 0}
    count = len(document)
    if count > pages:
        return {"error": "too_many_pages", "pages": count}
    read: list[tuple[str, bool]] = []
    try:
        for index in range(count):
            read.append(_page(document[index], characters))
            characters -= len(read[-1][0])
    except pypdfium2.PdfiumError:
        return {"error": "not_pdf", "pages": count}
    except OverflowError:
        return {"error": "too_costly", "pages": count}
    return {"pages": read}


def _page(page: pypdfium2.PdfPage, characters: int) -> tuple[str, bool]:
    """The text of a page, and whether it is a picture with next to no text."""
    text_page = page.get_textpage()
    try:
        if text_page.count_chars() > characters:
            raise OverflowError
        text = _text(text_page)
        is_picture = len("".join(text.split())) < _PICTURE_CHARACTERS and _has_picture(page)
        return text, is_picture
    finally:
        text_page.close()
        page.close()


def _has_picture(page: pypdfium2.PdfPage) -> bool:
    return any(page.get_objects(filter=(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE,), max_depth=3))


def _text(text_page: pypdfium2.PdfTextPage) -> str:
    """The text of a page, indented lines with the two blanks that print gives them."""
    text = str(text_page.get_text_range())
    # Character boxes can be found by place only where a character is one code unit.
    return _indented(text, text_page) if len(text) == text_page.count_chars() else text


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


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
