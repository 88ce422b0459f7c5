"""What is asked: terms by frequency, phrases, filters, orders; and the truth by a scan."""

from __future__ import annotations

import json
import random
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from index.analysis import fold_text, words
from scripts.bench.search.texts import Dataset

SEED = 20261125
EACH = 30
SUBSTRINGS = 500
SAMPLED = 20_000
"""Paragraphs whose words are counted: enough to tell common from rare."""
COMMON, MEDIUM, RARE = (0.03, 0.30), (0.002, 0.01), (0.0001, 0.0005)
"""Share of the paragraphs that hold a term."""
KINDS = ("common", "medium", "rare", "two terms", "phrase", "filtered", "newest first")

_HAN = re.compile(r"[\u4e00-\u9fff]{2,}")


@dataclass(frozen=True, slots=True)
class Task:
    """One question.

    Attributes:
        kind: one of KINDS.
        terms: all of them in the same paragraph.
        is_quoted: whether the terms are strings, to be found exactly.
        years: first and last year of the report, both included.
        newest: the newest first, instead of the best.
    """

    kind: str
    terms: tuple[str, ...]
    is_quoted: bool = False
    years: tuple[int, int] | None = None
    place: str | None = None
    newest: bool = False


def make_tasks(dataset: Dataset, phrases: Sequence[str]) -> list[Task]:
    """The questions of a run, the same for each data set and size.

    Args:
        phrases: policy phrases; those that stand nowhere are asked for as well.
    """
    chance = random.Random(SEED)
    numbers = chance.sample(range(dataset.size), min(SAMPLED, dataset.size))
    counts = Counter(word for number in numbers for word in set(words(dataset.text(number))))
    shares = {w: n / len(numbers) for w, n in sorted(counts.items()) if _HAN.fullmatch(w)}
    once = 1 / len(numbers)
    medium = _chosen(shares, MEDIUM, EACH, chance)
    rare = _chosen(shares, (RARE[0], max(RARE[1], once)), EACH, chance)
    # No single term is asked for in two classes, so that it is cold the first time.
    common = _chosen(shares, COMMON, 3 * EACH, chance)
    places = Counter(r.place for r in dataset.iter_reports()).most_common(10)
    return [
        *(Task("common", (term,)) for term in common[0::3]),
        *(Task("medium", (term,)) for term in medium),
        *(Task("rare", (term,)) for term in rare),
        *_pairs(dataset, {*_between(shares, MEDIUM), *_between(shares, COMMON)}, chance),
        *(Task("phrase", (phrase,), is_quoted=True) for phrase in phrases),
        *(Task("phrase", (piece,), is_quoted=True) for piece in _pieces(dataset, EACH, chance)),
        *(
            Task("filtered", (term,), years=(2015, 2020), place=chance.choice(places)[0])
            for term in common[1::3]
        ),
        *(Task("newest first", (term,), newest=True) for term in common[2::3]),
    ]


def _between(shares: dict[str, float], bounds: tuple[float, float]) -> list[str]:
    return [word for word, share in shares.items() if bounds[0] <= share <= bounds[1]]


def _chosen(
    shares: dict[str, float], bounds: tuple[float, float], count: int, chance: random.Random
) -> list[str]:
    found = _between(shares, bounds)
    return chance.sample(found, min(count, len(found)))


def _pairs(dataset: Dataset, allowed: set[str], chance: random.Random) -> list[Task]:
    """Two words each that stand together in some paragraph."""
    tasks: list[Task] = []
    while len(tasks) < EACH:
        found = sorted(allowed & set(words(dataset.text(chance.randrange(dataset.size)))))
        if len(found) >= 2:
            first, second = chance.sample(found, 2)
            tasks.append(Task("two terms", (first, second)))
    return tasks


def _pieces(dataset: Dataset, count: int, chance: random.Random) -> list[str]:
    """Strings of 2 to 8 folded characters out of paragraphs, cut anywhere."""
    found: list[str] = []
    while len(found) < count:
        text = fold_text(dataset.text(chance.randrange(dataset.size)))
        start = chance.randrange(len(text))
        piece = text[start : start + chance.randint(2, 8)]
        # ? and * stand for other characters in our query language, \ escapes in others'.
        if len(piece) >= 2 and re.search(r"\w", piece) and not set(piece) & set("?*\\"):
            found.append(piece)
    return found


def write_truth(dataset: Dataset, folder: Path) -> None:
    """Scans for 500 strings and writes which paragraphs hold each: strings.json, truth.npz."""
    pieces = list(dict.fromkeys(_pieces(dataset, SUBSTRINGS, random.Random(SEED + 1))))
    folded = [fold_text(dataset.text(number)) for number in range(dataset.size)]
    starts = np.cumsum([0, *(len(text) + 1 for text in folded)]).tolist()
    whole = "\n".join(folded)
    (folder / "strings.json").write_text(json.dumps(pieces, ensure_ascii=False), "utf-8")
    np.savez(folder / "truth.npz", *(_scan(piece, whole, starts) for piece in pieces))


def _scan(piece: str, whole: str, starts: list[int]) -> np.ndarray:
    found, at = [], whole.find(piece)
    while at >= 0:
        number = bisect_right(starts, at) - 1
        found.append(number)
        at = whole.find(piece, starts[number + 1])
    return np.array(found, np.int64)


def iter_truth(folder: Path) -> Iterator[tuple[str, np.ndarray]]:
    """Each string, and the numbers of the paragraphs that hold it, ascending."""
    pieces = json.loads((folder / "strings.json").read_text("utf-8"))
    with np.load(folder / "truth.npz") as truth:
        for position, piece in enumerate(pieces):
            yield piece, truth[f"arr_{position}"]


def save_tasks(tasks: Sequence[Task], folder: Path) -> None:
    """Writes the questions for the processes of the contenders."""
    rows = [asdict(task) for task in tasks]
    (folder / "tasks.json").write_text(json.dumps(rows, ensure_ascii=False), "utf-8")


def load_tasks(folder: Path) -> list[Task]:
    """The questions of the run."""
    rows = json.loads((folder / "tasks.json").read_text("utf-8"))
    return [
        Task(
            row["kind"],
            tuple(row["terms"]),
            row["is_quoted"],
            tuple(row["years"]) if row["years"] else None,
            row["place"],
            row["newest"],
        )
        for row in rows
    ]


def bigrams(folded: str) -> list[str]:
    """The pairs of neighbours of a folded text in order; the text itself if it is one character."""
    return [left + right for left, right in pairwise(folded)] or [folded]
