"""The part of a paragraph is right as often as it was when the floors were set.

The labels under parts/ were made by hand. They name a paragraph by a hash of its beginning
(`digest`), since real reports are third-party texts; paragraphs that begin alike are left out,
and of long parts of real reports every ninth paragraph is labelled and both ends.
"""

import csv
import hashlib
import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from archive.ingest import ingest
from archive.model import Part

HERE = Path(__file__).parent
FLOORS = tomllib.loads((HERE / "floors.toml").read_text("utf-8"))["parts"]


def digest(text: str) -> str:
    beginning = "".join(re.findall(r"\w", text)[:16])
    return hashlib.sha256(beginning.encode("utf-8")).hexdigest()[:10]


def compare(folder: Path, labels: str) -> list[tuple[str, str, str | None]]:
    """(where, the label, what was found) for each labelled paragraph."""
    rows = list(csv.DictReader((HERE / "parts" / labels).read_text("utf-8").splitlines()))
    compared = []
    for name in dict.fromkeys(row["file"] for row in rows):
        document = ingest((folder / name).read_bytes(), name)
        found = {digest(p.text): (p.ordinal, p.part) for p in document.paragraphs}
        for row in rows:
            if row["file"] == name:
                ordinal, part = found.get(row["digest"], (None, None))
                compared.append((f"{name}:{ordinal}", row["part"], part))
    return compared


@pytest.fixture(scope="module")
def samples(corpus):
    return compare(corpus, "corpus.csv")


@pytest.fixture(scope="module")
def reports(shared):
    return compare(shared / "reports", "reports.csv")


def check_share(compared, floor):
    wrong = [row for row in compared if row[1] != row[2]]
    share = 1 - len(wrong) / len(compared)
    assert share >= floor, f"{share:.4f} of {len(compared)}, wrong: {wrong}"


def check_each_part(compared, floor):
    total = Counter(label for _, label, _ in compared)
    right = Counter(label for _, label, part in compared if label == part)
    below = {label: right[label] / total[label] for label in total}
    assert min(below.values()) >= floor, below


def test_parts_of_the_samples(samples):
    assert len(samples) >= 500
    check_share(samples, FLOORS["samples"])


def test_parts_of_the_real_reports(reports):
    assert len(reports) >= 500
    check_share(reports, FLOORS["reports"])


def test_every_part_is_recognised_in_the_real_reports(reports):
    assert {label for _, label, _ in reports} == set(Part)
    check_each_part(reports, FLOORS["each_part_of_reports"])


def test_notes_and_annexes_never_count_as_tasks(samples, reports):
    behind = {Part.GLOSSARY, Part.ANNEX}
    mixed = [row for row in (*samples, *reports) if row[1] != row[2] and behind & {row[1], row[2]}]
    assert mixed == []
