"""A term that stands nowhere -> terms that may have been meant: offered, never searched.

By sound: words of the archive that are pronounced alike, put in the place of a part of the term
(锋桥经验 -> 枫桥经验). By writing: words of the archive at a small edit distance.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

MAX_TERMS = 20
MAX_TERM_LENGTH = 24
LONGEST_WORD = 6
SHORTEST_EDITED = 3
"""Of two characters, one edit leaves half: any word would be near."""

Rank = tuple[int, int, int]


def near_terms(term: str, vocabulary: Mapping[str, int]) -> tuple[str, ...]:
    """Terms near to a folded term, the nearest first: alike in sound, then in writing.

    Args:
        vocabulary: word -> paragraphs that hold it.
    """
    if len(term) > MAX_TERM_LENGTH:
        return ()
    ranks: dict[str, Rank] = {}
    for found, rank in (*_by_sound(term, vocabulary), *_by_writing(term, vocabulary)):
        ranks[found] = min(rank, ranks.get(found, rank))
    ranks.pop(term, None)
    return tuple(sorted(ranks, key=lambda found: (ranks[found], found))[:MAX_TERMS])


def _by_sound(term: str, vocabulary: Mapping[str, int]) -> Iterator[tuple[str, Rank]]:
    words = _words_by_first_sound(vocabulary)
    for start in range(len(term)):
        alike = {word for sound in _sounds(term[start]) for word in words[sound]}
        for word in alike:
            end = start + len(word)
            part = term[start:end]
            # What is a word of the archive is hardly a slip of the pen.
            if len(part) == len(word) and part not in vocabulary and _sound_alike(part, word):
                changed = sum(a != b for a, b in zip(part, word, strict=True))
                yield term[:start] + word + term[end:], (0, changed, -vocabulary[word])


def _by_writing(term: str, vocabulary: Mapping[str, int]) -> Iterator[tuple[str, Rank]]:
    if len(term) < SHORTEST_EDITED:
        return
    most = 1 if len(term) < 5 else 2
    found = process.extract(
        term, list(vocabulary), scorer=OSA.distance, score_cutoff=most, limit=MAX_TERMS
    )
    for word, distance, _ in found:
        if len(word) > 1:
            yield word, (1, int(distance), -vocabulary[word])


def _words_by_first_sound(vocabulary: Mapping[str, int]) -> dict[str, list[str]]:
    words: dict[str, list[str]] = defaultdict(list)
    for word in vocabulary:
        if 2 <= len(word) <= LONGEST_WORD:
            for sound in _sounds(word[0]):
                words[sound].append(word)
    return words


def _sound_alike(left: str, right: str) -> bool:
    pairs = zip(left, right, strict=True)
    return all(a == b or _sounds(a) & _sounds(b) for a, b in pairs)


@lru_cache(maxsize=30_000)
def _sounds(character: str) -> frozenset[str]:
    """The readings of a Chinese character without tones; of any other none."""
    # Imported here: it costs a tenth of a second, and most searches find something.
    from pypinyin import Style, pinyin

    if not "\u3400" <= character <= "\u9fff":
        return frozenset()
    return frozenset(pinyin(character, style=Style.NORMAL, heteronym=True)[0])
