"""The page in a saved web archive (.mht, .mhtml), read like any other page.

Source: RFC 2557 (a page as multipart/related), section 4.2 for Content-Location and 2.1 for the
root part; Snapshot-Content-Location as Chromium writes it.
"""

from __future__ import annotations

import codecs
import re
from contextlib import suppress
from dataclasses import replace
from email import message_from_bytes
from email.errors import (
    CloseBoundaryNotFoundDefect,
    InvalidBase64CharactersDefect,
    InvalidBase64LengthDefect,
    InvalidBase64PaddingDefect,
    MessageError,
    NoBoundaryInMultipartDefect,
    StartBoundaryNotFoundDefect,
)
from email.header import decode_header, make_header
from email.message import Message

from archive.decode import canonical_encoding, decode
from archive.formats.html import read_html
from archive.limits import MAIL_PARTS, MARKUP_BYTES, MEGABYTE
from archive.model import Reading
from archive.refusals import EmptyFileError, FileTooLargeError, UnreadableFileError
from archive.texts import text as sentence

_LOCATIONS = ("Snapshot-Content-Location", "Content-Location")
_PAGE_TYPES = ("text/html", "application/xhtml+xml")
_MULTIPART = re.compile(rb"^content-type:\s*multipart/", re.IGNORECASE | re.MULTILINE)
_PART = re.compile(rb"^content-type:", re.IGNORECASE | re.MULTILINE)
# Frames saved within frames; each level costs the parser a level of its stack.
_NESTED_PARTS = 50
_DAMAGE = (
    CloseBoundaryNotFoundDefect,
    InvalidBase64CharactersDefect,
    InvalidBase64LengthDefect,
    InvalidBase64PaddingDefect,
    NoBoundaryInMultipartDefect,
    StartBoundaryNotFoundDefect,
)


def read_mht(data: bytes, name: str) -> Reading:
    """The lines of the archive's root page; its address as the hint "saved-from".

    Raises: UnreadableFileError, FileTooLargeError, EmptyFileError, UndecodableTextError.
    """
    message = _parse(data, name)
    part = _root(message)
    if part is None:
        raise UnreadableFileError(name=name, reason=sentence("reading.damaged_mht"))
    reading = _read_page(part, name)
    hints = dict(reading.hints) | _envelope_hints(message, part)
    if subject := _header(message, "Subject"):
        hints.setdefault("title", subject)
    return replace(reading, hints=hints, warnings=_warnings(message, part) + reading.warnings)


def _parse(data: bytes, name: str) -> Message:
    data = data.removeprefix(codecs.BOM_UTF8).lstrip()
    nested, parts = len(_MULTIPART.findall(data)), len(_PART.findall(data))
    if nested > _NESTED_PARTS or parts > MAIL_PARTS:
        raise UnreadableFileError(name=name, reason=sentence("reading.damaged_mht"))
    return message_from_bytes(data)


def _root(message: Message) -> Message | None:
    """The page that the other parts belong to: the one that the envelope names, or the first."""
    pages = [part for part in message.walk() if part.get_content_type() in _PAGE_TYPES]
    start = str(message.get_param("start") or "")
    address = _header(message, _LOCATIONS[0])
    for part in pages:
        if start and _header(part, "Content-ID") == start:
            return part
    for part in pages:
        if address and _header(part, "Content-Location") == address:
            return part
    return pages[0] if pages else None


def _read_page(part: Message, name: str) -> Reading:
    payload = part.get_payload(decode=True)
    page = payload if isinstance(payload, bytes) else b""
    if not page.strip():
        raise EmptyFileError(name=name)
    if len(page) > MARKUP_BYTES:
        raise FileTooLargeError(name=name, limit_mb=MARKUP_BYTES // MEGABYTE)
    charset = str(part.get_param("charset") or "")
    if canonical_encoding(charset) is None:
        return read_html(page, name)
    # The charset of the envelope is known here only; the page gets it as a byte order mark.
    decoded = decode(page, name=name, declared=charset)
    reading = read_html(codecs.BOM_UTF8 + decoded.text.encode("utf-8"), name)
    warnings = decoded.warnings + reading.warnings
    return replace(reading, encoding=decoded.encoding, warnings=warnings)


def _envelope_hints(message: Message, part: Message) -> dict[str, str]:
    """Where the browser had the page from; an address on its disk is nobody's business."""
    stated = [_header(source, name) for source in (message, part) for name in _LOCATIONS]
    address = next((url for url in stated if url.startswith(("http://", "https://"))), None)
    return {"saved-from": address} if address else {}


def _header(message: Message, name: str) -> str:
    """A header's value in plain characters; empty if there is none."""
    value = str(message.get(name, ""))
    with suppress(MessageError, LookupError, ValueError):
        value = str(make_header(decode_header(value)))
    return " ".join(value.encode("utf-8", "replace").decode("utf-8").split())


def _warnings(message: Message, part: Message) -> tuple[str, ...]:
    defects = [*message.defects, *(part.defects if part is not message else ())]
    faults = {type(defect).__name__ for defect in defects if isinstance(defect, _DAMAGE)}
    if not faults:
        return ()
    return (sentence("reading.cut_off_mht", faults=", ".join(sorted(faults))),)
