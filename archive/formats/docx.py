"""The paragraphs and tables of a Word file, in the order of the document.

python-docx opens the file and names its styles. The words are read from the elements themselves:
python-docx passes over what Word has wrapped (tags around places and numbers, content controls,
tracked insertions, text boxes), and its table cells repeat as often as a file says they span.

Source: ECMA-376 part 1, 17.3 (paragraphs and runs), 17.4 (tables), 17.5 (tags and controls).
"""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from archive.limits import DOCX_BYTES, DOCX_XML_BYTES, MEGABYTE
from archive.model import Kind, Line, Reading
from archive.refusals import EmptyFileError, UnpacksTooLargeError, UnreadableFileError
from archive.texts import text as sentence

if TYPE_CHECKING:
    from docx.document import Document

# Style names as Word and WPS store them, in English and Chinese editions.
_HEADING_STYLES = ("heading", "title", "subtitle", "标题", "副标题")
_LIST_STYLES = ("list", "列表", "列出段落")
_HINTS = (("title", "title"), ("author", "author"), ("subject", "subject"))

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PARAGRAPH, _TABLE, _ROW, _CELL = (f"{_WORD}{tag}" for tag in ("p", "tbl", "tr", "tc"))
_TEXT, _BOX, _VALUE = f"{_WORD}t", f"{_WORD}txbxContent", f"{_WORD}val"
_FRAMES = frozenset(
    _WORD + tag
    for tag in (
        *("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"),
        *("r", "hyperlink", "fldSimple", "ruby", "rubyBase", "dir", "bdo"),
    )
)
_SIGNS = {
    f"{_WORD}{tag}": sign
    for tag, sign in (("tab", "\t"), ("br", "\n"), ("cr", "\n"), ("noBreakHyphen", "-"))
}

# python-docx lets every fault of zip and XML through under its own class.
_FAULTS = (
    zipfile.BadZipFile,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
)
_FAULTS_OF = ("docx", "lxml", "zlib", "_lzma")


def read_docx(data: bytes, name: str) -> Reading:
    """The blocks of the document's body; its core properties as hints.

    Raises: UnreadableFileError, UnpacksTooLargeError, EmptyFileError.
    """
    blocks, hints = _read(data, name)
    if not blocks:
        raise EmptyFileError(name=name)
    lines = tuple(Line(number, text, kind) for number, (text, kind) in enumerate(blocks, 1))
    return Reading(lines, "docx", hints)


def _read(data: bytes, name: str) -> tuple[list[tuple[str, Kind]], dict[str, str]]:
    try:
        _check_parts(data, name)
        document = _open(data)
        kinds = {style.style_id: _kind(style.name) for style in document.styles}
        blocks = list(_iter_blocks(document.element.body, kinds))
        return [block for block in blocks if block[0].strip()], _hints(document)
    except _FAULTS as error:
        raise UnreadableFileError(name=name, reason=sentence("reading.not_docx")) from error
    except Exception as error:
        if type(error).__module__.split(".")[0] not in _FAULTS_OF:
            raise
        raise UnreadableFileError(name=name, reason=sentence("reading.not_docx")) from error


def _check_parts(data: bytes, name: str) -> None:
    """Refuses what would unpack to too much, and XML that declares entities.

    Source: ECMA-376 part 2, 7.1.4: a part's XML shall not contain a document type declaration.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(info.file_size for info in archive.infolist()) > DOCX_BYTES:
            raise UnpacksTooLargeError(name=name, limit_mb=DOCX_BYTES // MEGABYTE)
        left = DOCX_XML_BYTES
        for info in archive.infolist():
            part = archive.read(info)
            if not part[:64].lstrip(b"\xef\xbb\xbf\xfe\xff\x00 \t\r\n").startswith(b"<"):
                continue
            left -= len(part)
            if left < 0:
                raise UnpacksTooLargeError(name=name, limit_mb=DOCX_XML_BYTES // MEGABYTE)
            if b"<!DOCTYPE" in part.replace(b"\x00", b""):
                raise UnreadableFileError(name=name, reason=sentence("reading.docx_with_dtd"))


def _open(data: bytes) -> Document:
    from docx import Document as open_document

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return open_document(io.BytesIO(data))


def _hints(document: Document) -> dict[str, str]:
    properties = document.core_properties
    hints = {name: str(getattr(properties, field) or "").strip() for name, field in _HINTS}
    return {name: value for name, value in hints.items() if value}


def _kind(style: str | None) -> Kind:
    style = (style or "").lower()
    if style.startswith(_HEADING_STYLES):
        return Kind.HEADING
    return Kind.LIST if style.startswith(_LIST_STYLES) else Kind.PARAGRAPH


def _iter_blocks(container: Any, kinds: Mapping[str, Kind]) -> Iterator[tuple[str, Kind]]:
    for element in container:
        if element.tag == _TABLE:
            yield from _iter_rows(element, kinds)
        elif element.tag == _PARAGRAPH:
            style = element.find(f"{_WORD}pPr/{_WORD}pStyle")
            kind = kinds.get(style.get(_VALUE), Kind.PARAGRAPH) if style is not None else None
            # A line break inside a paragraph (shift-enter) is a line of its own.
            for row in "".join(_iter_words(element)).split("\n"):
                yield row, kind or Kind.PARAGRAPH
            yield from _iter_boxes(element, kinds)
        elif element.tag in _FRAMES:
            yield from _iter_blocks(element, kinds)


def _iter_words(element: Any) -> Iterator[str]:
    """The visible words below an element; those of tracked deletions are not."""
    for child in element:
        if child.tag == _TEXT:
            yield child.text or ""
        elif child.tag in _SIGNS:
            # A page break has a type; a line break has none.
            yield "" if child.get(f"{_WORD}type") in ("page", "column") else _SIGNS[child.tag]
        elif child.tag in _FRAMES:
            yield from _iter_words(child)


def _iter_boxes(paragraph: Any, kinds: Mapping[str, Kind]) -> Iterator[tuple[str, Kind]]:
    """The blocks of the text boxes that hang on a paragraph; Word stores each of them twice."""
    for box in paragraph.iterdescendants(_BOX):
        owner = next(box.iterancestors(_PARAGRAPH))
        above = takewhile(lambda parent: parent.tag != _PARAGRAPH, box.iterancestors())
        if owner is paragraph and all(parent.tag != _FALLBACK for parent in above):
            yield from _iter_blocks(box, kinds)


def _iter_rows(table: Any, kinds: Mapping[str, Kind]) -> Iterator[tuple[str, Kind]]:
    """A line for each row; the blocks themselves when the table is a mere frame around text.

    A cell merged over rows or columns stands once, in its first row.
    """
    for row in _iter_tagged(table, _ROW):
        cells = list(_iter_tagged(row, _CELL))
        if len(cells) == 1:
            yield from _iter_blocks(cells[0], kinds)
            continue
        texts = [" ".join(" ".join(t for t, _ in _iter_blocks(c, kinds)).split()) for c in cells]
        if any(texts):
            yield " | ".join(texts), Kind.TABLE


def _iter_tagged(element: Any, tag: str) -> Iterator[Any]:
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in _FRAMES:
            yield from _iter_tagged(child, tag)
