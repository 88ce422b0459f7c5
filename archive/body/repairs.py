"""Damage of the text that is certain, and what is shown in its place: rules as data.

Portals, newspapers and faulty converters put blanks before punctuation, space out titles,
set readings behind characters and leave invisible marks. Only what can be nothing else is
repaired; the text as received stays beside it (Paragraph.as_received).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum, auto

from archive.body import shapes
from archive.body.part_rules import APPENDIX_RULES, HEADING_RULES, find_part
from archive.model import Kind

_HAN = r"\u3400-\u4dbf\u4e00-\u9fff〇○"
_BLANK = "[ \t\xa0\u2000-\u200a\u3000]"
_ANY_BLANK = re.compile(_BLANK)
_OPENING = "“‘「『（《【〔"
_CLOSING = "”’」』）》】〕"
_FULL_MARKS = "，。、；：？！）》】〕」』"
_HALF_MARKS = ",;:?!"
_TONED = "[a-zü]{0,5}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-zü]{0,4}"
_TONED_READING = re.compile(f"(?<=[{_HAN}])[(（]{_TONED}[)）]")
_FEWEST_READINGS = 3
_SENTENCE = re.compile("[。！？；]")
_LONGEST_HEADING = 60


def _close_up(run: re.Match[str]) -> str:
    return re.sub(_BLANK, "", run[0])


class Scope(Enum):
    """Where a repair may be made."""

    EVERYWHERE = auto()
    PROSE = auto()
    HEADINGS = auto()
    READINGS = auto()


@dataclass(frozen=True, slots=True)
class Repair:
    """A damage and its repair.

    Attributes:
        name: what the damage is.
        reason: where it comes from, and why it is certain.
        scope: EVERYWHERE; PROSE: neither tables nor officer lines, whose blanks set words
            apart; HEADINGS: lines that are known for titles or headings without their
            blanks; READINGS: documents that are full of bracketed readings.
    """

    name: str
    scope: Scope
    pattern: re.Pattern[str]
    replacement: str | Callable[[re.Match[str]], str]
    reason: str


REPAIRS = (
    Repair(
        "zero-width",
        Scope.EVERYWHERE,
        re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\xad]"),
        "",
        "left by editors and page templates; nothing shows it, and it splits words for a search",
    ),
    Repair(
        "zero-width-joiner",
        Scope.EVERYWHERE,
        re.compile(f"(?<=[{_HAN}])[\u200c\u200d]+|[\u200c\u200d]+(?=[{_HAN}])"),
        "",
        "joins letters of other scripts, and means nothing beside a Chinese character",
    ),
    Repair(
        "control",
        Scope.EVERYWHERE,
        re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]"),
        "",
        "no text of a report holds control characters; conversions leave them",
    ),
    Repair(
        "control-blank",
        Scope.EVERYWHERE,
        re.compile("[\n\r\x0b\x0c\x1c-\x1f\x85\u2028\u2029]"),
        " ",
        "line, page and record breaks inside a paragraph are blanks",
    ),
    Repair(
        "reading",
        Scope.READINGS,
        re.compile(f"(?<=[{_HAN}])[(（](?:{_TONED}|men|ge|me|de|tou|li|le)[)）]"),
        "",
        "a faulty conversion of traditional pages sets the reading behind characters: 報(bào)告; "
        "a single one may be a writer's own help with a rare character",
    ),
    Repair(
        "blank-before-mark",
        Scope.PROSE,
        re.compile(f"(?<=[{_HAN}{_CLOSING}]){_BLANK}+(?=[{_FULL_MARKS}{_HALF_MARKS}])"),
        "",
        "newspaper systems set a blank before punctuation; Chinese has none there",
    ),
    Repair(
        "blank-after-figure",
        Scope.PROSE,
        re.compile(
            f"(?<=[0-9A-Za-z%％℃]){_BLANK}+(?=[{_FULL_MARKS}{_HALF_MARKS}](?:[{_HAN}{_OPENING}]|$))"
        ),
        "",
        "the same behind a figure, where the sentence goes on in Chinese or ends",
    ),
    Repair(
        "spaced-title",
        Scope.HEADINGS,
        re.compile(f"{_BLANK}*".join("政府工作") + f"{_BLANK}*(?:的{_BLANK}*)?[报報]{_BLANK}*告"),
        _close_up,
        "titles are spaced out to fill a line: 政 府 工 作 报 告",
    ),
    Repair(
        "spaced-heading",
        Scope.HEADINGS,
        re.compile(
            f"(?<![{_HAN}])[{_HAN}]({_BLANK}+)[{_HAN}](?:\\1[{_HAN}]){{2,}}(?![{_HAN}])"
            f"|^[{_HAN}]{_BLANK}+[{_HAN}]$"
        ),
        _close_up,
        "headings too; names in a list are set apart by unequal blanks or fewer characters",
    ),
)
"""In the order in which they are made."""


def has_readings(texts: Iterable[str]) -> bool:
    """Whether a document is full of bracketed readings, so that they are noise."""
    found = 0
    for text in texts:
        found += len(_TONED_READING.findall(text))
        if found >= _FEWEST_READINGS:
            return True
    return False


def repair(text: str, kind: Kind, with_readings: bool) -> str:
    """The text to show, without outer blanks; empty if nothing of it can be seen.

    Args:
        kind: of the block; the blanks of tables are never touched.
        with_readings: what has_readings says of the document.
    """
    for rule in REPAIRS:
        if _is_within(rule.scope, text, kind, with_readings):
            text = rule.pattern.sub(rule.replacement, text)
    return text.strip()


def _is_within(scope: Scope, text: str, kind: Kind, with_readings: bool) -> bool:
    if scope is Scope.READINGS:
        return with_readings
    if scope is Scope.EVERYWHERE:
        return True
    if not _ANY_BLANK.search(text):
        return False
    if scope is Scope.PROSE:
        return kind is not Kind.TABLE and not shapes.is_officer(text)
    return kind in (Kind.HEADING, Kind.PARAGRAPH) and _is_known_heading(text)


def _is_known_heading(text: str) -> bool:
    """Whether a line without its blanks is a title, an address or a usual heading."""
    if len(text) > _LONGEST_HEADING or _SENTENCE.search(text) or shapes.is_officer(text):
        return shapes.is_address(text)
    bare = shapes.fold(text)
    return (
        shapes.is_title(bare)
        or shapes.is_address(bare)
        or shapes.is_session(bare)
        or shapes.heading_level(bare) is not None
        or find_part((*APPENDIX_RULES, *HEADING_RULES), bare) is not None
    )
