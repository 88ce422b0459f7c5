"""Text as the rules read it: simplified characters, half-width signs, no pinyin noise."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from archive.body.shapes import CAPITAL_READING
from archive.simplified import load_simplified_points

_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}
_DASHES = dict.fromkeys(map(ord, "―─–－﹣"), "—")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\ufeff\u00ad"), None)
_PINYIN = re.compile(
    r"(?<=[\u4e00-\u9fff])(?:\([a-zü]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-zü]*\s?\)"
    rf"|{CAPITAL_READING})"
)
_TAG = re.compile(r"</?[a-z][^<>]{0,80}>", re.IGNORECASE)
"""A broken page shows its own tags."""

_SPACE = re.compile(r"\s+")


def fold(text: str) -> str:
    """The text on one line, with single blanks, as the rules' patterns expect it."""
    folded = _PINYIN.sub("", _TAG.sub("", text).translate(_load_table()))
    return _SPACE.sub(" ", folded).strip()


def compact(text: str) -> str:
    """Folded text without any blank: they mean nothing between Chinese characters."""
    return _SPACE.sub("", fold(text))


@cache
def _load_table() -> Mapping[int, int | str | None]:
    return {**load_simplified_points(), **_HALF_WIDTH, **_DASHES, **_INVISIBLE}
