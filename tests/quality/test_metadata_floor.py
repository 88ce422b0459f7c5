"""What is inferred from real pages is right as often as it was when the floors were set.

The floors stand in floors.toml, section [metadata]; they may be raised, never lowered.
"""

import csv
import json
import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.boilerplate import strip
from archive.formats import read_file
from archive.metadata import infer_metadata
from archive.model import Metadata, Region

FLOORS = tomllib.loads(Path(__file__).with_name("floors.toml").read_text("utf-8"))["metadata"]

Label = dict[str, object]
Case = tuple[Label, Metadata]


def infer(path: Path) -> Metadata:
    reading = read_file(path.read_bytes(), path.name)
    return infer_metadata(reading, strip(reading.lines).kept)


@pytest.fixture(scope="module")
def pages(shared: Path) -> list[Case]:
    folder = shared / "pages"
    labels = [
        json.loads(line) for line in (folder / "labels.jsonl").read_text("utf-8").splitlines()
    ]
    return [(label, infer(folder / "heads" / f"{label['id']}.txt")) for label in labels]


def has_region(label: Label, metadata: Metadata) -> bool:
    expected, region = label["region"], metadata.region
    if expected is None or region is None:
        return expected is region
    return is_named(region, str(expected)) and region.level == label["level"]


def is_named(region: Region, label: str) -> bool:
    """Labels give 徐汇区 as 上海市徐汇区, and 大埔县 as 广东省大埔县 without its city."""
    parents = re.findall(r".+?[省市]", label.removesuffix(region.name))
    known = region.full_name == region.name or all(name in region.full_name for name in parents)
    return label.endswith(region.name) and known


def has_year(label: Label, metadata: Metadata) -> bool:
    return metadata.report_year == label["report_year"]


def has_date(label: Label, metadata: Metadata) -> bool:
    day = metadata.publish_date
    return (day.isoformat() if day else None) == label["publish_date"]


def has_kind(label: Label, metadata: Metadata) -> bool:
    return metadata.is_report == label["is_report"]


MEASURES: dict[str, tuple[Callable[[Label], bool], Callable[[Label, Metadata], bool]]] = {
    "report_year_known": (lambda label: label["report_year"] is not None, has_year),
    "report_year_unknown": (lambda label: label["report_year"] is None, has_year),
    "region_of_reports": (lambda label: bool(label["is_report"]), has_region),
    "region_of_all_pages": (lambda label: True, has_region),
    "publish_date": (lambda label: True, has_date),
    "is_report": (lambda label: True, has_kind),
}


@pytest.mark.parametrize("name", MEASURES)
def test_share_of_right_values_on_real_page_heads(pages, name):
    belongs, is_right = MEASURES[name]
    cases = [case for case in pages if belongs(case[0])]
    wrong = [label["id"] for label, metadata in cases if not is_right(label, metadata)]
    share = 1 - len(wrong) / len(cases)
    assert share >= FLOORS[name], f"{name}: {share:.4f} of {len(cases)}, wrong: {wrong}"


def test_share_of_whole_reports_with_every_value_right(shared):
    rows = list(
        csv.DictReader((shared / "reports" / "expected.csv").read_text("utf-8").splitlines())
    )
    wrong = [row["file"] for row in rows if not is_as_expected(shared, row)]
    share = 1 - len(wrong) / len(rows)
    assert share >= FLOORS["whole_reports"], f"{share:.4f} of {len(rows)}, wrong: {wrong}"


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
