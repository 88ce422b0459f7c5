"""What is inferred from real pages is right as often as it was when the floors were set.

The floors stand in floors.toml, section [metadata]; they may be raised, never lowered.
"""

import csv
import tomllib
from pathlib import Path

import pytest

from archive.boilerplate import strip
from archive.formats import read_file
from archive.metadata import infer_metadata
from archive.model import Metadata
from tests.quality.heads.scoring import share

FLOORS = tomllib.loads(Path(__file__).with_name("floors.toml").read_text("utf-8"))["metadata"]

NAMES = (
    "report_year_known",
    "report_year_unknown",
    "region_of_reports",
    "region",
    "publish_date",
    "is_report",
)


def infer(path: Path) -> Metadata:
    reading = read_file(path.read_bytes(), path.name)
    return infer_metadata(reading, strip(reading.lines).kept)


@pytest.mark.parametrize("name", NAMES)
def test_share_of_right_values_on_real_page_heads(labelled_reads, name):
    figure, wrong = share(name, labelled_reads)
    assert figure >= FLOORS[name], f"{name}: {figure:.4f}, wrong: {wrong}"


def test_share_of_whole_reports_with_every_value_right(shared):
    rows = list(
        csv.DictReader((shared / "reports" / "expected.csv").read_text("utf-8").splitlines())
    )
    wrong = [row["file"] for row in rows if not is_as_expected(shared, row)]
    figure = 1 - len(wrong) / len(rows)
    assert figure >= FLOORS["whole_reports"], f"{figure:.4f} of {len(rows)}, wrong: {wrong}"


def is_as_expected(shared: Path, row: dict[str, str]) -> bool:
    metadata = infer(shared / "reports" / row["file"])
    region, year, day = metadata.region, metadata.report_year, metadata.publish_date
    found = (
        region.name if region else "",
        str(region.level) if region else "",
        str(year) if year else "",
        day.isoformat() if day else "",
    )
    expected = tuple(row[key] for key in ("region", "level", "report_year", "publish_date"))
    return metadata.is_report and found == expected
