"""Page beginnings that a reader labelled, as ../shared/pages holds them.

A folder has `heads/ID.txt` and `labels.jsonl`, a line of JSON for each page.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from tests.quality.heads.pages import HeadPage


def iter_labelled_pages(folder: Path) -> Iterator[HeadPage]:
    """Every page of the folder, in the order of its labels."""
    for row in (folder / "labels.jsonl").read_text("utf-8").splitlines():
        label = json.loads(row)
        text = (folder / "heads" / f"{label['id']}.txt").read_text("utf-8")
        yield _read_page(label, text.removesuffix("\n"), folder.name)


def _read_page(label: dict, text: str, batch: str) -> HeadPage:
    day, first = label["publish_date"], label["first_body_line"]
    return HeadPage(
        name=label["id"],
        batch=batch,
        lines=tuple(text.split("\n")),
        report_year=label["report_year"],
        place=label["region"],
        level=label["level"],
        full_name="",
        publish_date=date.fromisoformat(day) if day else None,
        is_report=label["is_report"],
        kind=label["kind"],
        boilerplate=tuple(line.strip() for line in label["boilerplate_lines"]),
        own=(first.strip(),) if first else (),
    )
