"""Text -> folded characters and words. The same code analyses paragraphs and queries.

Exact matching is by folded characters, ranking is by words: segmentation alone loses text,
because a phrase is cut differently in different surroundings.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import re
import sys
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from itertools import accumulate
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from archive.simplified import load_simplified
from index.lexicon import FREQUENCY, lexicon_version, load_lexicon

# Marks that writers put around words or leave out as they like: “放管服”改革, 放管服改革.
IGNORED_MARKS = "“”‘’\"'＂＇「」『』﹁﹂﹃﹄《》〈〉«»‹›()（）[]［］{}｛｝【】〔〕〖〗〘〙〚〛"
ZERO_WIDTH = "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\ufeff"
_FUNCTION_WORDS = """
    怎样 怎么 怎么样 怎么办 如何 什么 哪些 哪个 为什么 为何 多少 请问 是否 关于 有关
    的 了 吗 呢 吧 和 与 及 以及 等 在 是 有 对 把 被 之 着 地 得 也
"""
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())
"""Words that a query asks with; nobody looks for them beside others."""
FULL_WIDTH_FORMS = range(0xFF01, 0xFFEF)
COMPATIBILITY_IDEOGRAPHS = range(0xF900, 0xFB00)
BASIC_PLANE = range(0x80, 0x10000)

Codes = npt.NDArray[np.uint32]

NOTE_MARK = re.compile(r"[\[［][0-9０-９]{1,3}[\]］]|〔[0-9０-９]{1,3}〕|【[0-9０-９]{1,3}】")
"""What a note in the margin leaves in the text: 枫桥经验[1]. Four digits are a year: 〔2023〕."""
_NOTE_OPENINGS = "[［〔【"

TEXT_END = "\n"
"""Stands behind each of several texts that are folded into one; folded text never holds it."""
_WORD = re.compile(r"\w")
GAP_IN_LATIN = re.compile(r"(?<=[0-9A-Za-z%])\s+(?=[0-9A-Za-z])")


class FoldedTexts(NamedTuple):
    """Folded texts, one behind the other, that remember where their characters stood.

    Attributes:
        characters: the folded characters of all, TEXT_END behind those of each.
        offsets: for each of them, its character offset in the texts as shown, set one behind
            the other with one character between two; ascending.
        shown_starts: where each text begins among these.
    """

    characters: str
    offsets: npt.NDArray[np.intp]
    shown_starts: list[int]

    def locate(self, start: int, end: int) -> tuple[int, int, int]:
        """The folded, not empty [start, end) of one text: which text, and shown [start, end)."""
        shown_start, shown_end = self.offsets.item(start), self.offsets.item(end - 1) + 1
        number = bisect_right(self.shown_starts, shown_start) - 1
        base = self.shown_starts[number]
        return number, shown_start - base, shown_end - base


def fold_together(texts: Sequence[str]) -> FoldedTexts:
    """Texts folded as fold_text does, all at once, because a page has many short ones."""
    joined = "".join(text + TEXT_END for text in texts)
    folded = load_fold_array().take(code_points(joined))
    for mark in _note_marks(joined):
        folded[slice(*mark.span())] = 0
    starts = list(accumulate((len(text) + 1 for text in texts), initial=0))
    folded[np.array(starts[1:], np.intp) - 1] = ord(TEXT_END)
    offsets = np.flatnonzero(folded != 0)
    characters = folded.take(offsets).tobytes().decode("utf-32-le", "surrogatepass")
    return FoldedTexts(characters, offsets, starts)


def _note_marks(text: str) -> Iterable[re.Match[str]]:
    has_any = any(opening in text for opening in _NOTE_OPENINGS)
    return NOTE_MARK.finditer(text) if has_any else ()


def fold_text(text: str) -> str:
    """The characters that count when two strings are compared.

    Traditional becomes simplified, full width half width, upper case lower case; white
    space, control and zero-width characters, quotes, brackets and book-title marks are dropped,
    and note marks such as [1] whole. Each character becomes one or none, so that offsets can
    be kept.
    """
    return NOTE_MARK.sub("", text).translate(load_fold_table())


@cache
def load_fold_table() -> Mapping[int, str | None]:
    """Code point -> its folded character, or None where it is dropped."""
    table: dict[int, str | None] = {}
    simplified = load_simplified()
    for point in BASIC_PLANE:
        character = chr(point)
        folded = _fold_character(character, simplified)
        if folded != character:
            table[point] = folded
    table.update({ord(c): c.lower() for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"})
    table.update({point: None for point in range(sys.maxunicode) if is_blank(chr(point))})
    table.update(dict.fromkeys(map(ord, IGNORED_MARKS + ZERO_WIDTH)))
    return {point: _fold_to_the_end(folded, table) for point, folded in table.items()}


def _fold_to_the_end(folded: str | None, table: Mapping[int, str | None]) -> str | None:
    """What a folded character is folded to in turn: ｢ to 「, which is dropped."""
    while folded is not None and ord(folded) in table:
        folded = table[ord(folded)]
    return folded


@cache
def load_fold_array() -> Codes:
    """Code point -> code point of its folded character, 0 where it is dropped; 0x110000 entries."""
    table = np.arange(sys.maxunicode + 1, dtype=np.uint32)
    for point, character in load_fold_table().items():
        table[point] = ord(character) if character else 0
    return table


def code_points(text: str) -> Codes:
    """The code points of a text, one for each character."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def is_blank(character: str) -> bool:
    """Whether a character is white space or a control character."""
    return character.isspace() or unicodedata.category(character) == "Cc"


def _fold_character(character: str, simplified: Mapping[str, str]) -> str:
    folded = character
    if ord(character) in FULL_WIDTH_FORMS or ord(character) in COMPATIBILITY_IDEOGRAPHS:
        folded = _if_one(unicodedata.normalize("NFKC", character), character)
    folded = _if_one(folded.lower(), folded)
    return simplified.get(folded, folded)


def _if_one(candidate: str, otherwise: str) -> str:
    return candidate if len(candidate) == 1 else otherwise


def count_characters(text: str) -> int:
    """The characters of a text as shown, white space and control characters excluded."""
    return sum(not is_blank(character) for character in text)


def words(text: str) -> list[str]:
    """The words of a text in jieba's search mode: long words and the words in them.

    The text is folded first, because segmenters cut 國際論壇 and 国际论坛 differently.
    Punctuation is left out; the order is the segmenter's.
    """
    # Folding drops blanks; between "5G 20.5" that would make one word of two.
    separated = GAP_IN_LATIN.sub(",", text)
    return [token for token in load_segmenter()(fold_text(separated)) if is_word(token)]


def is_word(token: str) -> bool:
    """Whether a token of the segmenter is a word or a number, and not punctuation."""
    return bool(_WORD.search(token))


def query_words(text: str) -> tuple[str, ...]:
    """The distinct words that a bare term of a query asks for, in order.

    A term of the lexicon asks for the words that it is made of, where these make up all of it:
    枫桥经验 also finds a paragraph about the 经验 of 枫桥. Words that only ask or join, as in
    如何提高农民收入, ask for nothing beside others.
    """
    whole = fold_text(text)
    found = tuple(dict.fromkeys(words(text)))
    parts = tuple(word for word in found if word != whole)
    if whole in load_lexicon() and _make_up(whole, parts):
        return parts
    return tuple(word for word in found if word not in FUNCTION_WORDS) or found


def _make_up(whole: str, parts: tuple[str, ...]) -> bool:
    covered = {
        position
        for part in parts
        for found in re.finditer(re.escape(part), whole)
        for position in range(*found.span())
    }
    return len(covered) == len(whole)


@cache
def load_segmenter() -> Callable[[str], list[str]]:
    """A function text -> tokens; rjieba, or jieba itself where rjieba is not installed.

    Both use jieba's dictionary and the project's lexicon, without jieba's hidden Markov model,
    and give the same tokens.
    """
    try:
        return _load_rjieba()
    except ImportError:
        return _load_jieba()


def _load_rjieba() -> Callable[[str], list[str]]:
    import rjieba

    segmenter = rjieba.Jieba()
    for term in load_lexicon():
        segmenter.add_word(term, FREQUENCY, None)
    return lambda text: segmenter.cut_for_search(text, hmm=False)


def _load_jieba() -> Callable[[str], list[str]]:
    import logging

    import jieba

    jieba.setLogLevel(logging.WARNING)
    segmenter = jieba.Tokenizer()
    for term in load_lexicon():
        segmenter.add_word(term, FREQUENCY)
    return lambda text: list(segmenter.cut_for_search(text, HMM=False))


def analysis_versions() -> dict[str, str]:
    """What the terms of an index depend on, for its manifest."""
    table = repr(sorted(load_fold_table().items())).encode()
    return {
        "folding": hashlib.sha256(table + NOTE_MARK.pattern.encode()).hexdigest()[:12],
        "dictionary": f"jieba {importlib.metadata.version('jieba')}, search mode, no HMM",
        "lexicon": lexicon_version(),
    }
