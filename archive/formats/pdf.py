"""The lines of a PDF's text layer, without page numbers and running headers."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archive.formats.garbled import garbled_by
from archive.limits import MEGABYTE, PDF_CHARACTERS, PDF_MEMORY_BYTES, PDF_PAGES, PDF_SECONDS
from archive.model import Line, Reading, RemovedLine
from archive.refusals import (
    GarbledTextError,
    IngestError,
    NoTextLayerError,
    TooCostlyError,
    TooManyPagesError,
    UnreadableFileError,
)
from archive.texts import text as sentence

_PAGE_NUMBER = re.compile(
    r"[\s\-–—―─－·.•/|]*(?:第\s*)?(?:page|p\.)?\s*\d{1,4}(?:\s*页?)?"
    r"(?:[\s,，/]*(?:of|共)?\s*\d{1,4}\s*页?)?[\s\-–—―─－·.•|]*",
    re.IGNORECASE,
)
# pdfium ends a line with U+FFFE where a word was hyphenated across lines.
_SOFT_HYPHEN = re.compile("[\ufffe\u00ad]")
_PAGES_THAT_MAKE_A_HEADER = 3
_DIGITS = re.compile(r"\d+")
_READER = Path(__file__).with_name("pdf_pages.py")
_GARBLED_SHARE = 0.1
_SAMPLE_LENGTH = 20


@dataclass(frozen=True, slots=True)
class _Page:
    number: int
    text: str
    is_picture: bool


def read_pdf(data: bytes, name: str) -> Reading:
    """The lines of all pages as they stand; paragraphs are joined later.

    Raises: UnreadableFileError, TooManyPagesError, TooCostlyError, NoTextLayerError,
        GarbledTextError.
    """
    pages = _pages(data, name)
    warnings = _require_text(pages, name)
    lines, removed = _sort([_rows(page.text) for page in pages])
    return Reading(lines, "pdf", removed=removed, warnings=warnings)


def _require_text(pages: Sequence[_Page], name: str) -> tuple[str, ...]:
    """Warnings of the pages that cannot be read. Raises when they are too many to go without."""
    pictures = [page.number for page in pages if page.is_picture]
    text = "".join(page.text for page in pages)
    if len(pictures) * 2 > len(pages) or not text.strip("\x00 \t\r\n\u3000"):
        raise NoTextLayerError(name=name, pages=len(pictures) or len(pages))
    garbled = [page for page in pages if garbled_by(page.text)]
    share = sum(len(page.text) for page in garbled) / len(text)
    if share > _GARBLED_SHARE or garbled_by(text):
        sample = " ".join((garbled[0].text if garbled else text).split())[:_SAMPLE_LENGTH]
        raise GarbledTextError(name=name, pages=len(garbled) or len(pages), sample=sample)
    stated = (
        ("garbled_pages", [page.number for page in garbled]),
        ("pages_without_text", pictures),
    )
    return tuple(
        sentence(f"reading.{key}", pages=", ".join(map(str, numbers)))
        for key, numbers in stated
        if numbers
    )


def _sort(pages: Sequence[Sequence[str]]) -> tuple[tuple[Line, ...], tuple[RemovedLine, ...]]:
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
    return tuple(lines), tuple(removed)


def _pages(data: bytes, name: str) -> list[_Page]:
    limits = (PDF_PAGES, PDF_CHARACTERS, PDF_MEMORY_BYTES, PDF_SECONDS)
    # -P: the folder of the program holds modules that are called html and docx.
    command = [sys.executable, "-P", str(_READER), *map(str, limits)]
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=PDF_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise _too_costly(name) from error
    if done.returncode > 0 and done.stderr:
        raise RuntimeError(done.stderr.decode("utf-8", "replace"))
    if done.returncode:
        raise _too_costly(name)
    answer = json.loads(done.stdout)
    if "error" in answer:
        raise _error(answer, name)
    return [_Page(number, *page) for number, page in enumerate(answer["pages"], 1)]


def _error(answer: Mapping[str, Any], name: str) -> IngestError:
    if answer["error"] == "too_many_pages":
        return TooManyPagesError(name=name, pages=answer["pages"], limit=PDF_PAGES)
    if answer["error"] == "too_costly":
        return _too_costly(name)
    return UnreadableFileError(name=name, reason=sentence(f"reading.{answer['error']}"))


def _too_costly(name: str) -> TooCostlyError:
    megabytes = PDF_MEMORY_BYTES // MEGABYTE
    return TooCostlyError(name=name, seconds=PDF_SECONDS, memory_mb=megabytes)


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
