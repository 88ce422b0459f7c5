"""Kinds of look-alikes against a reader's labels of 30 page beginnings."""

import tomllib
from pathlib import Path

FLOOR = tomllib.loads((Path(__file__).parent / "floors.toml").read_text("utf-8"))["category"]
NAMES = {"live_transcript": "transcript", "greeting": "speech", "abstract": "other"}
"""What the labels call by another name."""


def test_look_alikes_have_the_category_that_a_reader_gave_them(labelled_reads):
    found = {
        read.page.name: (
            read.metadata.category.value,
            NAMES.get(read.page.kind, read.page.kind),
        )
        for read in labelled_reads
        if not read.page.is_report
    }

    wrong = {one: pair for one, pair in found.items() if pair[0] != pair[1]}
    assert 1 - len(wrong) / len(found) >= FLOOR["look_alikes"], wrong
