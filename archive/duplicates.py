"""Whether two documents are versions of one work: the same text, or nearly the same.

The signature of a text finds candidates among thousands without reading them; an exact count of
shared passages then decides, so that the answer can be explained and is the same every time.
Thresholds are measured: tests/quality/test_versions_floor.py.
"""

from __future__ import annotations

import hashlib
import re
import struct
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rensa import RMinHash

from archive.limits import LETTERS_COMPARED
from archive.simplified import to_simplified

SHINGLE = 8
"""Characters of a passage. Of two different reports, in consecutive years of one government too,
less than a tenth of the shorter one's passages of this length stand in the other."""

MINIMUM_LETTERS = 100
"""Shorter texts say too little to be recognised."""

SLOTS, ROWS, SEED = 192, 3, 1
"""Of a signature, in bands of 3 slots: texts that share half of their passages have a band in
common with a probability of .9998, those that share a twentieth with .008."""

MINIMUM_ESTIMATE = 0.25
"""Estimated share of all passages from which on a candidate is compared exactly."""

MINIMUM_OF_SHORTER = 0.8
"""So much of the shorter text must stand in the longer one: a copy abridged and edited has .84,
a story that quotes half of the report between its own sentences .77."""

MINIMUM_OF_LONGER = 0.4
"""So much of the longer text must be in the shorter one: an abridged report, not a quotation."""

SHORT_LETTERS = 800
"""Resolutions and notices follow a pattern and differ in the year and the place only."""

_NO_LETTER = re.compile(r"[\W_]+")


class Relation(StrEnum):
    """How two versions of a work are related."""

    SAME = "same"
    NEAR = "near"
    STATED = "stated"


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a text is recognised by.

    Attributes:
        text_hash: the same for texts with the same letters in the same order.
        letters: how many there are.
        signature: its MinHash.
    """

    text_hash: str
    letters: int
    signature: tuple[int, ...]

    def bands(self) -> list[int]:
        """Keys of which similar texts have one in common."""
        return [
            _band_key(number, self.signature[start : start + ROWS])
            for number, start in enumerate(range(0, SLOTS, ROWS))
        ]

    def estimate(self, other: Fingerprint) -> float:
        """The share of passages, of those in either text, that are in both; about."""
        equal = sum(map(int.__eq__, self.signature, other.signature))
        return equal / SLOTS


@dataclass(frozen=True, slots=True)
class Known:
    """What tells two texts of one pattern apart; None where it is not known."""

    year: int | None
    place: str | None


@dataclass(frozen=True, slots=True)
class Likeness:
    """That two texts are versions of one work.

    Attributes:
        share: of the shorter text's passages, how many stand in the longer one, 0 to 1.
    """

    relation: Relation
    share: float


def rules_version() -> str:
    """What fingerprints depend on: those made by other rules cannot be compared with."""
    return f"rensa R-MinHash {RMinHash.ALGORITHM_VERSION}, {SLOTS} of {SHINGLE}, seed {SEED}"


def letters_of(texts: Iterable[str]) -> str:
    """The letters and digits of paragraphs: simplified, half width, without what portals change.

    Where a paragraph ends, how it is punctuated and how it is spaced makes no other version.
    """
    whole = unicodedata.normalize("NFKC", "".join(texts)).lower()
    return to_simplified(_NO_LETTER.sub("", whole))


def take_fingerprint(texts: Iterable[str]) -> Fingerprint | None:
    """The fingerprint of a document's paragraphs, or None if they are too short for one."""
    letters = letters_of(texts)
    if len(letters) < MINIMUM_LETTERS:
        return None
    sketch = RMinHash(num_perm=SLOTS, seed=SEED)
    sketch.update(list(passages(letters)))
    text_hash = hashlib.sha256(letters.encode("utf-8")).hexdigest()
    return Fingerprint(text_hash, len(letters), tuple(sketch.digest()))


def passages(letters: str) -> set[str]:
    """The distinct passages of a text: every run of SHINGLE letters, of so many as are compared."""
    last = min(len(letters), LETTERS_COMPARED) - SHINGLE
    return {letters[start : start + SHINGLE] for start in range(last + 1)}


def compare(some: set[str], others: set[str]) -> Likeness | None:
    """The likeness of two texts by their passages, or None if they are two works."""
    shared = len(some & others)
    share = shared / min(len(some), len(others))
    of_longer = shared / max(len(some), len(others))
    if share < MINIMUM_OF_SHORTER or of_longer < MINIMUM_OF_LONGER:
        return None
    return Likeness(Relation.NEAR, share)


def may_be_one_work(letters: int, some: Known, other: Known) -> bool:
    """Whether nearly the same text can be the same work, by what else is known of both.

    Args:
        letters: of the shorter text.
    """
    pairs = ((some.year, other.year), (some.place, other.place))
    return letters >= SHORT_LETTERS or all(None in pair or pair[0] == pair[1] for pair in pairs)


def pack_signature(signature: Sequence[int]) -> bytes:
    """A signature as it is kept."""
    return struct.pack(f"<{SLOTS}I", *signature)


def unpack_signature(kept: bytes) -> tuple[int, ...]:
    """A signature that was kept."""
    return struct.unpack(f"<{SLOTS}I", kept)


def _band_key(number: int, slots: Sequence[int]) -> int:
    packed = struct.pack(f"<B{ROWS}I", number, *slots)
    (key,) = struct.unpack("<q", hashlib.blake2b(packed, digest_size=8).digest())
    return int(key)
