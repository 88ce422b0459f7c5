"""Text from bytes, with the rule that decided its encoding.

The rules are tried in a fixed order, strongest evidence first: a byte order mark, a
declaration that holds, strict UTF-8, the byte pattern of UTF-16, and then GB 18030
against Big5. The last two accept most of each other's files, so what they give must
also look like Chinese prose. Statistical detectors are not used: they fail on short texts.

Source: encodings and labels as in the WHATWG Encoding Standard, section 4.2; gb2312 and
gbk are read as GB 18030, which contains them.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from archive.refusals import EmptyFileError, MixedEncodingsError, UndecodableTextError
from archive.texts import text as sentence

# The 200 most frequent characters of 36 government work reports (65 % of their text),
# then the traditional forms of those that have one.
_COMMON = frozenset(
    "业化发展和建的全新大实国进加力动设产推工政区中人生一高民增务持强提体成等制保重能会地作行改经资"
    "年市施城开合平要创入家治理济深社基项质个服好农现面长量有点以坚企水为升上育造快用公度完主代万革机"
    "优效在目支出不心定性续文科稳安系法规省技级域投品善程管更共五策事场学府金村三是方各融对源态元放到"
    "本标教我同费亿活型领落就步总部分防群收构海通向多医环统色护关促商位境自期范外决扩居障电整达乡十消"
    "集特结运办打路数口"
    "業發實國進動設產區務強體會經資開創濟質個農現長點堅為萬機優續穩規級場學對費億領總構醫環統護關範決"
    "擴電達鄉結運辦數環標"
)

# Half of what the poorest of 36 reports has in its first 2,000 characters, and four times
# what the wrong one of GB 18030 and Big5 gives.
_PLAUSIBLE_SHARE = 0.25

# What a list of names still has, where nothing else explains the bytes.
_LEAST_SHARE = 0.08
_SHORT_TEXT = 100

# The poorest of 3,000 passages of reports has 40 %, the best of text in the wrong encoding 8 %.
_IMPLAUSIBLE_SHARE = 0.1
_LEAST_JUDGED = 60
_STRAY_SHARE = 0.1

_JUDGED_CHARACTERS = 50_000
_PIECE = 200

_LABELS = {
    "utf-8": ("utf-8", "utf8", "unicode-1-1-utf-8", "x-unicode20utf8"),
    "gb18030": ("gb18030", "gb2312", "gb_2312-80", "gbk", "gb-2312", "x-gbk", "cp936", "euc-cn"),
    "big5": ("big5", "big5-hkscs", "cn-big5", "x-x-big5", "cp950"),
    "utf-16": ("utf-16", "utf-16le", "utf-16be", "utf16", "unicode"),
}
_CODECS = {"big5": "big5hkscs"}
_ENCODING_OF_LABEL = {label: name for name, labels in _LABELS.items() for label in labels}

_HIGH_BYTES = bytes((0x00, 0x20, 0x30, 0xFF, *range(0x4E, 0xA0)))

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16-be"),
)

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_INVISIBLE = re.compile("[\ufeff\u200b]")
_REPLACED = re.compile("\ufffd+")
_CHARACTERS_PER_FAULT = 1_000
# One lost byte can make all bytes of its character unreadable.
_BYTES_PER_FAULT = 3


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, line ends as newline characters.

    Attributes:
        encoding: "utf-8", "utf-16", "gb18030" or "big5".
        rule: "bom", "declared", "strict-utf-8", "utf-16-pattern", "gb18030", "big5", or one
            of these with "-damaged" when faults had to be replaced.
        warnings: a sentence on the replaced faults, and one on passages that are no Chinese, if
            there were any.
    """

    text: str
    encoding: str
    rule: str
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Attempt:
    rule: str
    encoding: str
    codec: str
    skip: int = 0


def decode(data: bytes, *, name: str, declared: str | None = None) -> Decoded:
    """The text of the bytes, by the first rule that explains them.

    Up to one broken place in 1,000 characters (always one) is replaced by U+FFFD and reported.

    Args:
        name: the file's name, for errors.
        declared: the charset that the file's envelope or its own head names; it is believed
            only if the bytes agree.
    Raises: EmptyFileError, UndecodableTextError, MixedEncodingsError.
    """
    if not data.strip(b"\x00 \t\r\n"):
        raise EmptyFileError(name=name)
    attempts = list(_attempts(data, declared))
    decoded = _best(_first_strict(data, attempts), lambda: _least_damaged(data, attempts))
    if decoded is None:
        raise UndecodableTextError(name=name, offset=_fault_offset(data, attempts))
    if not _INVISIBLE.sub("", decoded.text).strip():
        raise EmptyFileError(name=name)
    return _checked(decoded, name)


def canonical_encoding(label: str | None) -> str | None:
    """The name used here for a charset label, or None for a label that is not read."""
    return _ENCODING_OF_LABEL.get((label or "").strip().strip("'\"").lower())


def _attempts(data: bytes, declared: str | None) -> Iterator[_Attempt]:
    for mark, encoding, codec in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            yield _Attempt("bom", encoding, codec, len(mark))
            return
    claimed = canonical_encoding(declared)
    if claimed == "utf-16":
        yield _Attempt("declared", claimed, _utf_16_order(data))
    elif claimed:
        yield _Attempt("declared", claimed, _CODECS.get(claimed, claimed))
    yield _Attempt("strict-utf-8", "utf-8", "utf-8")
    for codec, high_bytes in (("utf-16-le", data[1::2]), ("utf-16-be", data[::2])):
        if _are_high_bytes(high_bytes):
            yield _Attempt("utf-16-pattern", "utf-16", codec)
    yield _Attempt("gb18030", "gb18030", "gb18030")
    yield _Attempt("big5", "big5", _CODECS["big5"])


def _utf_16_order(data: bytes) -> str:
    """The byte order in which the NUL bytes are the high halves of ASCII characters."""
    return "utf-16-be" if data[::2].count(0) > data[1::2].count(0) else "utf-16-le"


def _are_high_bytes(data: bytes) -> bool:
    """Whether nearly all bytes are those of ideographs, ASCII and full-width marks in UTF-16."""
    return len(data.translate(None, _HIGH_BYTES)) <= 0.1 * len(data)


def _first_strict(data: bytes, attempts: list[_Attempt]) -> Decoded | None:
    """The first attempt without faults; among the doubtful ones the most plausible."""
    doubtful: list[tuple[float, Decoded]] = []
    for attempt in attempts:
        try:
            text = data[attempt.skip :].decode(attempt.codec)
        except UnicodeDecodeError:
            continue
        text = _tidy(text)
        if _CONTROLS.search(text):
            continue
        decoded = Decoded(text, attempt.encoding, attempt.rule)
        if attempt.rule in ("bom", "strict-utf-8"):
            return decoded
        share = common_share(text)
        if attempt.rule in ("declared", "utf-16-pattern") and share >= _PLAUSIBLE_SHARE:
            return decoded
        doubtful.append((share, decoded))
    return _most_plausible(doubtful)


def _best(strict: Decoded | None, damaged: Callable[[], Decoded | None]) -> Decoded | None:
    """Chinese with a few faults rather than faultless nonsense."""
    if strict and (strict.encoding == "utf-8" or common_share(strict.text) >= _PLAUSIBLE_SHARE):
        return strict
    return damaged() or strict


def _checked(decoded: Decoded, name: str) -> Decoded:
    """The text, with a warning if passages of it are no Chinese in its encoding.

    Raises: MixedEncodingsError if they are many and the encoding is one in which any bytes are
        characters, so that they must be in another one.
    """
    lines, judged = _implausible_lines(decoded.text)
    if not lines:
        return decoded
    if (
        decoded.encoding in ("gb18030", "big5")
        and len(lines) < judged
        and (len(lines) > _STRAY_SHARE * judged)
    ):
        raise MixedEncodingsError(name=name, encoding=decoded.encoding, line=lines[0])
    warning = sentence(
        "reading.implausible_text", count=len(lines), encoding=decoded.encoding, line=lines[0]
    )
    return replace(decoded, warnings=(*decoded.warnings, warning))


def _implausible_lines(text: str) -> tuple[list[int], int]:
    """The line numbers of the passages that are no Chinese, and how many passages were judged."""
    found: list[int] = []
    judged = 0
    line = 1
    for start in range(0, len(text), _PIECE):
        piece = text[start : start + _PIECE]
        if sum(character > "\u2e7f" for character in piece) >= _LEAST_JUDGED:
            judged += 1
            if common_share(piece) < _IMPLAUSIBLE_SHARE:
                found.append(line)
        line += piece.count("\n")
    return found, judged


def _most_plausible(doubtful: list[tuple[float, Decoded]]) -> Decoded | None:
    """The best share of common characters; the earlier rule where shares are equal."""
    if not doubtful:
        return None
    share, decoded = max(doubtful, key=lambda scored: scored[0])
    return decoded if share >= _LEAST_SHARE or len(decoded.text) < _SHORT_TEXT else None


def _least_damaged(data: bytes, attempts: list[_Attempt]) -> Decoded | None:
    candidates = []
    for attempt in attempts:
        text = _tidy(data[attempt.skip :].decode(attempt.codec, "replace"))
        text = _CONTROLS.sub("\ufffd", text)
        faults = text.count("\ufffd")
        allowed = max(1, len(text) // _CHARACTERS_PER_FAULT)
        places = len(_REPLACED.findall(text))
        if places > allowed or faults > _BYTES_PER_FAULT * allowed:
            continue
        if common_share(text) < _PLAUSIBLE_SHARE:
            continue
        candidates.append((faults, text, attempt))
    if not candidates:
        return None
    faults, text, attempt = min(candidates, key=lambda candidate: candidate[0])
    offset = _first_fault(data, attempt)
    warning = sentence("reading.replaced_faults", count=faults, offset=offset)
    return Decoded(text, attempt.encoding, f"{attempt.rule}-damaged", (warning,))


def _tidy(text: str) -> str:
    # U+001A ends a file of the DOS age; some editors of that age still write it.
    return _LINE_ENDS.sub("\n", text.removeprefix("\ufeff").removesuffix("\x1a"))


def common_share(text: str) -> float:
    """The share of common characters among those outside ASCII and punctuation; 1 if none.

    Long texts are judged by pieces from all over them.
    """
    step = max(1, len(text) // _JUDGED_CHARACTERS) * _PIECE
    pieces = (text[start : start + _PIECE] for start in range(0, len(text), step))
    letters = [c for piece in pieces for c in piece if c.isalpha() and c > "\xff"]
    if not letters:
        return 1.0
    return sum(character in _COMMON for character in letters) / len(letters)


def _first_fault(data: bytes, attempt: _Attempt) -> int:
    """The byte offset of the first fault of an attempt."""
    body = data[attempt.skip :]
    try:
        text = body.decode(attempt.codec)
    except UnicodeDecodeError as error:
        return attempt.skip + error.start
    control = _CONTROLS.search(text)
    before = text[: control.start()] if control else text
    return attempt.skip + len(before.encode(attempt.codec))


def _fault_offset(data: bytes, attempts: list[_Attempt]) -> int:
    """How far the best of the attempts came."""
    return max(_first_fault(data, attempt) for attempt in attempts)
