"""Rows -> an XLSX file, written row by row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import IO

from xlsxwriter import Workbook

from webui.takeaway.rows import Cell

MAX_ROWS = 1_048_576
MAX_CHARACTERS = 32_767
"""What a sheet and a cell hold at most. Source: Excel specifications and limits, Microsoft."""
CUT = "…"


def write_xlsx(
    file: IO[bytes], headings: Sequence[str], rows: Iterable[Sequence[Cell]], max_rows: int
) -> None:
    """Writes the rows under their headings; where a sheet is full, another one follows.

    Text is text: nothing becomes a formula or a link. What a cell cannot hold is cut with CUT.

    Args:
        max_rows: of a sheet, headings counted, > 1; MAX_ROWS but for tests.
    """
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with Workbook(file, options) as book:
        sheet, number = None, 0
        for cells in rows:
            if sheet is None or number == max_rows:
                sheet, number = book.add_worksheet(), 1
                sheet.write_row(0, 0, headings)
            for column, cell in enumerate(cells):
                if isinstance(cell, int):
                    sheet.write_number(number, column, cell)
                elif cell:
                    sheet.write_string(number, column, _fitting(cell))
            number += 1
        if sheet is None:
            book.add_worksheet().write_row(0, 0, headings)


def _fitting(text: str) -> str:
    return text if len(text) <= MAX_CHARACTERS else text[: MAX_CHARACTERS - len(CUT)] + CUT
