"""Whether words are what a page shows, or what broken fonts make of it.

A PDF shows glyphs; which characters they are its fonts may say wrongly or not at all. Each rule
names a symptom, and how much of it readable text never has.

Source: the symptoms of missing or wrong ToUnicode maps, ISO 32000-1, 9.10.2.
"""

from __future__ import annotations

import re

from archive.decode import common_share

_RULES = (
    # Glyph numbers that an extractor wrote out because it knew no character.
    ("glyph-numbers", re.compile(r"\(cid:\d+\)"), 0.01),
    # Fonts that number their glyphs in the private-use area; Word's bullets are there as well.
    ("private-use", re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]"), 0.05),
    ("no-character", re.compile("[\ufffd\x00-\x08\x0e-\x1f\x7f-\x9f]"), 0.05),
    # GBK bytes shown one by one, or glyph numbers taken for letters of other scripts.
    (
        "other-scripts",
        re.compile("[^\\W\\d_A-Za-z\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"),
        0.15,
    ),
    # Glyph numbers taken for ASCII. The marks of tables and contents are left out: .-|%+/
    ("marks", re.compile(r"""[!"#$&'()*:;<=>?@\[\\\]^`{}~]"""), 0.35),
)
_LEAST_CHARACTERS = 60
# Half of what the poorest page of a report has, and more than wrong Han characters have.
_LEAST_COMMON_SHARE = 0.2
_LEAST_HAN = 100
_HAN = re.compile("[\u3400-\u9fff]")


def garbled_by(text: str) -> str | None:
    """The name of the rule by which a text is garbled, or None if it can be read.

    Texts of a few words are never judged.
    """
    shown = "".join(text.split(" ")).replace("\r", "").replace("\n", "").replace("\u3000", "")
    if len(shown) < _LEAST_CHARACTERS:
        return None
    for name, pattern, most in _RULES:
        if sum(map(len, pattern.findall(shown))) > most * len(shown):
            return name
    if len(_HAN.findall(shown)) >= _LEAST_HAN and common_share(shown) < _LEAST_COMMON_SHARE:
        return "rare-characters"
    return None
