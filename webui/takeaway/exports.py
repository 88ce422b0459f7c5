"""All hits of a question as a file: CSV, JSON Lines or XLSX."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from io import StringIO
from itertools import chain
from tempfile import TemporaryFile
from urllib.parse import quote

from flask import Blueprint, Response, request, send_file, stream_with_context

from archive.errors import NotFoundError
from index.search import Hit, Question, hit_to_json
from index.walking import walk
from webui.params import read_question
from webui.results.search import ask
from webui.takeaway.rows import Cell, cells_of, headings
from webui.takeaway.spreadsheet import MAX_ROWS, write_xlsx

pages = Blueprint("exports", __name__)

BOM = "\ufeff"
"""Without it Excel takes a CSV file for one in the system's own encoding."""
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so is a formula for spreadsheets. Source: OWASP, CSV Injection."""
LONGEST_NAME = 60

Batches = Iterator[tuple[Hit, ...]]


@pages.get("/export/<kind>")
def send(kind: str) -> Response:
    """Every hit of the parameters, in the order asked for; unit=report gives reports.

    The first hits are fetched before the answer begins, so that a fault is told as one.
    """
    if kind not in KINDS:
        raise NotFoundError(what=kind)
    question = read_question(request.args)
    batches = walk(question, ask)
    first = next(batches)
    response = KINDS[kind](chain([first], batches))
    response.headers["Content-Disposition"] = _attachment(question, kind)
    return response


def _csv(batches: Batches) -> Response:
    return _streamed(chain([BOM + _lines([headings()])], map(_csv_rows, batches)), "text/csv")


def _jsonl(batches: Batches) -> Response:
    def lines(hits: tuple[Hit, ...]) -> str:
        return "".join(json.dumps(hit_to_json(hit), ensure_ascii=False) + "\n" for hit in hits)

    return _streamed(map(lines, batches), "application/jsonl")


def _xlsx(batches: Batches) -> Response:
    """Written to a file that the system removes when it was sent: the format ends with an index."""
    file = TemporaryFile()  # noqa: SIM115 - the answer closes it when it was sent
    write_xlsx(file, headings(), map(cells_of, chain.from_iterable(batches)), MAX_ROWS)
    file.seek(0)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return send_file(file, mimetype=kind)


KINDS: dict[str, Callable[[Batches], Response]] = {"csv": _csv, "jsonl": _jsonl, "xlsx": _xlsx}
"""Ending of the file's name -> how it is made."""


def defused(cell: Cell) -> Cell:
    """A cell that no spreadsheet takes for a formula: an apostrophe makes it text."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_SIGNS) else cell


def _csv_rows(hits: tuple[Hit, ...]) -> str:
    return _lines(cells_of(hit) for hit in hits)


def _lines(rows: Iterable[Iterable[Cell]]) -> str:
    written = StringIO()
    csv.writer(written).writerows([defused(cell) for cell in row] for row in rows)
    return written.getvalue()


def _streamed(pieces: Iterable[str], kind: str) -> Response:
    return Response(stream_with_context(pieces), content_type=f"{kind}; charset=utf-8")


def _attachment(question: Question, kind: str) -> str:
    """The file's name: what was asked and when, with a plainer one for old browsers."""
    today = f"{datetime.now(UTC):%Y%m%d}"
    asked = re.sub(r"[\W_]+", "-", question.query)[:LONGEST_NAME].strip("-")
    name = "-".join(filter(None, ("zhengwen", asked, today)))
    return (
        f'attachment; filename="zhengwen-{today}.{kind}"; '
        f"filename*=UTF-8''{quote(f'{name}.{kind}', safe='')}"
    )
