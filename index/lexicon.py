"""The words of policy language that jieba's dictionary lacks: data/lexicon.txt.

Without them 放管服 is three characters to it and 枫桥经验 is 枫, 桥, 经验, so that ranking by words
goes by the wrong ones.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files

FREQUENCY = 1000
"""Of each term, for the segmenter: enough to keep a term whole against the product of its parts,
far below the words of everyday language that it could be cut across. One number for all, so that
the tokens do not depend on the order in which the terms are added."""


@cache
def load_lexicon() -> tuple[str, ...]:
    """The terms in the order of the file; each is folded text."""
    lines = files("index").joinpath("data", "lexicon.txt").read_text("utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


def lexicon_version() -> str:
    """A hash of the terms and their frequency."""
    content = "\n".join((str(FREQUENCY), *load_lexicon()))
    return hashlib.sha256(content.encode()).hexdigest()[:12]
