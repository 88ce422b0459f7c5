"""Where strings stand in a segment, and how far apart: arithmetic on sorted positions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.engines.whoosh.segment import SLOT_BITS, Segment
from index.query.tree import ANY, AnyOf, Node, Pattern, Phrase

Positions = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Where something stands: [start, end) in positions, ascending by start."""

    starts: Positions
    ends: Positions

    def at(self, places: npt.NDArray[np.bool_] | npt.NDArray[np.intp]) -> Occurrences:
        """Those at some places."""
        return Occurrences(self.starts[places], self.ends[places])


_KNOWN = re.compile(f"[^{ANY}]+")
_NOWHERE = Occurrences(np.empty(0, np.int64), np.empty(0, np.int64))


def locate(node: Node, segment: Segment) -> Occurrences:
    """The occurrences of a located node: a Phrase, a Pattern, or an AnyOf of these."""
    match node:
        case Phrase():
            return locate_blocks((node.folded,), segment)
        case Pattern():
            return locate_blocks(node.blocks, segment)
        case AnyOf(parts):
            found = [locate(part, segment) for part in parts]
            starts = np.concatenate([one.starts for one in found])
            order = np.argsort(starts, kind="stable")
            return Occurrences(starts[order], np.concatenate([one.ends for one in found])[order])
        case _:
            raise TypeError(node)


def locate_blocks(blocks: Sequence[str], segment: Segment) -> Occurrences:
    """The occurrences of blocks that follow each other within a sentence, each to its nearest.

    It is read from the last block to the first: of the occurrences of a block those stay from
    which the nearest complete rest of the pattern is reached before the sentence ends.
    """
    rest = _locate_block(blocks[-1], segment)
    for block in reversed(blocks[:-1]):
        if not len(rest.starts):
            return _NOWHERE
        rest = _followed(_locate_block(block, segment), rest, segment)
    return rest


def _followed(before: Occurrences, rest: Occurrences, segment: Segment) -> Occurrences:
    nearest = np.searchsorted(rest.starts, before.ends)
    is_any = nearest < len(rest.starts)
    before, nearest = before.at(is_any), nearest[is_any]
    following = rest.starts[nearest]
    is_reached = _is_same_paragraph(before.starts, following, segment)
    is_reached &= _sentence(before.ends, segment) == _sentence(following, segment)
    return Occurrences(before.starts[is_reached], rest.ends[nearest[is_reached]])


def near(
    left: Occurrences, right: Occurrences, distance: int, is_ordered: bool, segment: Segment
) -> npt.NDArray[np.uint32]:
    """The paragraphs in which one stands close to the other, ascending, each once."""
    found = _behind(left, right, distance, segment)
    if not is_ordered:
        found = np.concatenate([found, _behind(right, left, distance, segment)])
    return np.unique(found)


def _behind(
    first: Occurrences, second: Occurrences, distance: int, segment: Segment
) -> npt.NDArray[np.uint32]:
    """The paragraphs in which the second begins at most so many characters behind the first."""
    nearest = np.searchsorted(second.starts, first.ends)
    is_any = nearest < len(second.starts)
    first, following = first.at(is_any), second.starts[nearest[is_any]]
    is_close = following - first.ends <= distance
    is_close &= _is_same_paragraph(first.starts, following, segment)
    return segment.paragraphs_at(following[is_close])


def same_sentence(
    left: Occurrences, right: Occurrences, segment: Segment
) -> npt.NDArray[np.uint32]:
    """The paragraphs in which one begins in the same sentence as the other, each once."""
    shared = np.intersect1d(_sentences(left, segment), _sentences(right, segment))
    return np.unique((shared >> 32).astype(np.uint32))


def _sentences(occurrences: Occurrences, segment: Segment) -> npt.NDArray[np.int64]:
    """A number for the sentence that each begins in: its paragraph above 32 bits."""
    paragraphs = segment.paragraphs_at(occurrences.starts).astype(np.int64)
    return paragraphs << 32 | _sentence(occurrences.starts, segment)


def _sentence(positions: Positions, segment: Segment) -> npt.NDArray[np.intp]:
    """How many sentences of the segment have ended before each position."""
    return np.searchsorted(segment.sentence_ends, positions.astype(np.uint32))


def _is_same_paragraph(
    left: Positions, right: Positions, segment: Segment
) -> npt.NDArray[np.bool_]:
    is_same: npt.NDArray[np.bool_] = segment.paragraphs_at(left) == segment.paragraphs_at(right)
    return is_same


def _locate_block(block: str, segment: Segment) -> Occurrences:
    """The occurrences of a string in which ANY stands for one character."""
    probes = sorted(
        ((place, _positions(probe, segment)) for place, probe in _probes(block)),
        key=lambda probe: len(probe[1]),
    )
    place, positions = probes[0]
    starts = positions.astype(np.int64) - place
    for place, positions in probes[1:]:
        starts = starts[_is_among(starts + place, positions)]
    if ANY in block:
        starts = _within_paragraph(starts, block, segment)
    return Occurrences(starts, starts + len(block))


def _probes(block: str) -> Iterator[tuple[int, str]]:
    """The place and the characters of pairs, or of single characters, that cover a block."""
    for run in _KNOWN.finditer(block):
        start, end = run.span()
        if end - start == 1:
            yield start, block[start]
            continue
        for place in range(start, end - 1, 2):
            yield place, block[place : place + 2]
        if (end - start) % 2:
            yield end - 2, block[end - 2 : end]


def _positions(probe: str, segment: Segment) -> npt.NDArray[np.uint32]:
    if len(probe) == 1:
        return segment.character_positions(ord(probe))
    return segment.pair_positions(ord(probe[0]), ord(probe[1]))


def _is_among(wanted: Positions, positions: npt.NDArray[np.uint32]) -> npt.NDArray[np.bool_]:
    if not len(positions) or not len(wanted):
        return np.zeros(len(wanted), bool)
    # Cast to the type of the postings: otherwise all of these would be converted.
    found = np.searchsorted(positions, np.maximum(wanted, 0).astype(np.uint32))
    found[found == len(positions)] = 0
    is_among: npt.NDArray[np.bool_] = positions[found] == wanted
    return is_among


def _within_paragraph(starts: Positions, block: str, segment: Segment) -> Positions:
    """Those from which the block ends in the paragraph that it begins in."""
    starts = starts[starts >= 0]
    known = next(place for place, character in enumerate(block) if character != ANY)
    paragraphs = segment.paragraphs_at(starts + known)
    begins = segment.first_slots[paragraphs].astype(np.int64) << SLOT_BITS
    ends = begins + segment.characters[paragraphs]
    return starts[(starts >= begins) & (starts + len(block) <= ends)]
