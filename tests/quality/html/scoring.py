"""How much of an article an extractor found: paragraph F1."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from archive.boilerplate import strip
from archive.formats import read_file
from archive.ingest import MINIMUM_HAN_CHARACTERS

# White space, and the signs with which extractors separate cells and mark list items.
_IGNORED = re.compile(r"[\s|\u200b]+|^\s*[-•]\s+")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")


def bare(lines: Iterable[str]) -> list[str]:
    """The lines as they are compared; blank ones are left out."""
    return [text for line in lines if (text := _IGNORED.sub("", line))]


def paragraph_f1(gold: Iterable[str], kept: Iterable[str]) -> float:
    """The harmonic mean of precision and recall of whole lines, each as often as it stands.

    Where a page holds no article, it is 1 for less text than ingestion takes for one, else 0.
    """
    expected, found = Counter(bare(gold)), Counter(bare(kept))
    if not expected:
        return float(len(_HAN.findall("".join(found.elements()))) < MINIMUM_HAN_CHARACTERS)
    right = (expected & found).total()
    return 2 * right / (expected.total() + found.total())


def kept_lines(data: bytes, name: str) -> list[str]:
    """What this project takes for the article."""
    return [line.text for line in strip(read_file(data, name).lines).kept]
