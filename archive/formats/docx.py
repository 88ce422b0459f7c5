"""The paragraphs and tables of a Word file, in the order of the document."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from archive.errors import EmptyFileError, UnreadableFileError
from archive.model import Kind, Line, Reading
from archive.texts import text as sentence

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

# Style names as Word and WPS store them, in English and Chinese editions.
_HEADING_STYLES = ("heading", "title", "subtitle", "标题", "副标题")
_LIST_STYLES = ("list", "列表", "列出段落")
_HINTS = (("title", "title"), ("author", "author"), ("subject", "subject"))


def read_docx(data: bytes, name: str) -> Reading:
    """The blocks of the document's body; its core properties as hints.

    Raises: UnreadableFileError, EmptyFileError.
    """
    document = _open(data, name)
    blocks = [(text, kind) for text, kind in _iter_blocks(document) if text.strip()]
    if not blocks:
        raise EmptyFileError(name=name)
    lines = tuple(Line(number, text, kind) for number, (text, kind) in enumerate(blocks, 1))
    return Reading(lines, "docx", _hints(document))


def _open(data: bytes, name: str) -> Document:
    from docx import Document as open_document

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return open_document(io.BytesIO(data))
    # python-docx lets every fault of zip and XML through under its own class: KeyError for
    # a missing part, lxml's syntax error, BadZipFile, ValueError for a wrong content type.
    except (BadZipFile, KeyError, ValueError, SyntaxError, OSError, AttributeError) as error:
        reason = sentence("reading.not_docx")
        raise UnreadableFileError(name=name, reason=reason) from error
    except Exception as error:
        if type(error).__module__.split(".")[0] not in ("docx", "lxml", "zlib"):
            raise
        reason = sentence("reading.not_docx")
        raise UnreadableFileError(name=name, reason=reason) from error


def _hints(document: Document) -> dict[str, str]:
    properties = document.core_properties
    hints = {name: str(getattr(properties, field) or "").strip() for name, field in _HINTS}
    return {name: value for name, value in hints.items() if value}


def _iter_blocks(container: Document | _Cell) -> Iterator[tuple[str, Kind]]:
    from docx.table import Table

    for block in container.iter_inner_content():
        if isinstance(block, Table):
            yield from _iter_rows(block)
        else:
            # A line break inside a paragraph (shift-enter) is a line of its own.
            for row in block.text.split("\n"):
                yield row, _kind(block)


def _kind(paragraph: Paragraph) -> Kind:
    style = (paragraph.style.name or "").lower() if paragraph.style else ""
    if style.startswith(_HEADING_STYLES):
        return Kind.HEADING
    if style.startswith(_LIST_STYLES):
        return Kind.LIST
    return Kind.PARAGRAPH


def _iter_rows(table: Table) -> Iterator[tuple[str, Kind]]:
    """A line for each row; the blocks themselves when the table is a mere frame around text."""
    for row in table.rows:
        cells: list[_Cell] = []
        for cell in row.cells:
            # A merged cell is listed once for each column that it spans.
            if not cells or cell._tc is not cells[-1]._tc:
                cells.append(cell)
        if len(cells) == 1:
            yield from _iter_blocks(cells[0])
        else:
            texts = [" ".join(cell.text.split()) for cell in cells]
            yield " | ".join(texts), Kind.TABLE
