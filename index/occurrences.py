"""Where the strings of a query stand in folded text, and which of them stand together.

The text may be several, with TEXT_END behind each, as analysis.fold_together gives them: nothing
that is found begins in one and ends in another.

Linear or nearly so in the length of the text, whatever the pattern: a report of one endless
sentence must not hang a page.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable

from index.analysis import TEXT_END
from index.query.tree import ANY, SENTENCE_ENDS, AnyOf, Near, Node, Pattern, Phrase, SameSentence

Range = tuple[int, int]
"""[start, end) in the folded text."""

_END = re.compile(f"[{re.escape(SENTENCE_ENDS)}{TEXT_END}]")


def occurrences(node: Node, folded: str) -> list[Range]:
    """Where a located node stands, by start; overlapping ones each.

    Raises: TypeError if the node is not a Phrase, a Pattern, or an AnyOf of these.
    """
    match node:
        case Phrase():
            return find_string(node.folded, folded)
        case Pattern():
            return _of_pattern(node.blocks, folded)
        case AnyOf(parts):
            return sorted({found for part in parts for found in occurrences(part, folded)})
    raise TypeError(node)


def find_string(string: str, folded: str) -> list[Range]:
    """Where a string stands, by start; overlapping ones each."""
    found, start = [], folded.find(string)
    while start >= 0:
        found.append((start, start + len(string)))
        start = folded.find(string, start + 1)
    return found


def together(node: Near | SameSentence, folded: str) -> list[Range]:
    """The occurrences of the two that stand to each other as the node asks, by start."""
    left, right = occurrences(node.left, folded), occurrences(node.right, folded)
    if isinstance(node, SameSentence):
        return _in_one_sentence(left, right, folded)
    ends = [found.start() for found in re.finditer(TEXT_END, folded)]
    found = set(_followed(left, right, node.distance, ends))
    if not node.is_ordered:
        found |= set(_followed(right, left, node.distance, ends))
    return sorted(found)


def _of_pattern(blocks: tuple[str, ...], folded: str) -> list[Range]:
    """From the last block to the first: where each can stand so that the rest can follow.

    The nearest beginning of the rest is also the one with the earliest end, so that one look
    ahead for each place is enough.
    """
    ends = [found.start() for found in _END.finditer(folded)]
    rest = _of_block(blocks[-1], folded)
    for block in reversed(blocks[:-1]):
        starts = [start for start, _ in rest]
        joined = []
        for start, end in _of_block(block, folded):
            following = bisect_left(starts, end)
            stop = _at(ends, bisect_left(ends, end), len(folded))
            if following < len(starts) and starts[following] <= stop:
                joined.append((start, rest[following][1]))
        rest = joined
    return rest


def _of_block(block: str, folded: str) -> list[Range]:
    if ANY not in block:
        return find_string(block, folded)
    # The dot stands for any character but TEXT_END.
    pattern = ".".join(re.escape(fixed) for fixed in block.split(ANY))
    found = re.finditer(f"(?={pattern})", folded)
    return [(one.start(), one.start() + len(block)) for one in found]


def _at(places: list[int], number: int, otherwise: int) -> int:
    return places[number] if number < len(places) else otherwise


def _followed(
    first: list[Range], second: list[Range], distance: int, text_ends: list[int]
) -> Iterable[Range]:
    """Those of first and of second between whose end and start the distance lies, at most."""
    starts = sorted(start for start, _ in second)
    ends = sorted(end for _, end in first)
    for start, end in first:
        place = bisect_left(starts, end)
        text_end = _at(text_ends, bisect_left(text_ends, end), end + distance)
        if place < len(starts) and starts[place] <= min(end + distance, text_end):
            yield start, end
    for start, end in second:
        before = bisect_left(text_ends, start)
        text_start = text_ends[before - 1] + 1 if before else 0
        place = bisect_left(ends, max(start - distance, text_start))
        if place < len(ends) and ends[place] <= start:
            yield start, end


def _in_one_sentence(left: list[Range], right: list[Range], folded: str) -> list[Range]:
    ends = [found.start() for found in _END.finditer(folded)]

    def sentence(found: Range) -> int:
        return bisect_left(ends, found[0])

    shared = {sentence(one) for one in left} & {sentence(one) for one in right}
    return sorted(one for one in {*left, *right} if sentence(one) in shared)
