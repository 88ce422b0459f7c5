"""Kinds of look-alikes against a reader's labels of 30 page beginnings."""

import json
import tomllib
from pathlib import Path

from archive.boilerplate import strip
from archive.metadata import infer_metadata
from archive.model import Line, Reading

FLOOR = tomllib.loads((Path(__file__).parent / "floors.toml").read_text("utf-8"))["category"]
NAMES = {"live_transcript": "transcript", "greeting": "speech", "abstract": "other"}
"""What the labels call by another name."""


def test_look_alikes_have_the_category_that_a_reader_gave_them(shared):
    found = {}
    for row in (shared / "pages" / "labels.jsonl").read_text("utf-8").splitlines():
        label = json.loads(row)
        if label["is_report"]:
            continue
        text = (shared / "pages" / "heads" / f"{label['id']}.txt").read_text("utf-8")
        lines = tuple(Line(number, line) for number, line in enumerate(text.split("\n"), 1))
        metadata = infer_metadata(Reading(lines, "utf-8"), strip(lines).kept)
        found[label["id"]] = (metadata.category.value, NAMES.get(label["kind"], label["kind"]))

    wrong = {one: pair for one, pair in found.items() if pair[0] != pair[1]}
    assert 1 - len(wrong) / len(found) >= FLOOR["look_alikes"], wrong
