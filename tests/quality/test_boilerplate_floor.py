"""Stripping against a reader's labels of 107 page beginnings."""

import json
import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from archive.boilerplate import strip
from archive.formats import read_file
from archive.model import Line

FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text("utf-8"))["boilerplate"]

# Words that no line of a report begins with; the reports are looked at from both ends.
FURNITURE = (
    "来源",
    "发布时间",
    "时间：",
    "打印",
    "关闭",
    "下载",
    "【",
    "扫一扫",
    "责任编辑",
    "编辑：",
)
FURNITURE_ANYWHERE = ("ICP", "当前位置", "浏览量", "阅读量", "相关报道：", "相关链接", "欢迎访问")


@dataclass(frozen=True)
class Measured:
    """Counts over all pages; a line counts as often as it stands on the page."""

    right: int = 0
    removed: int = 0
    labelled: int = 0
    first_right: int = 0
    pages: int = 0


def _measure(folder):
    totals = Counter()
    for row in (folder / "labels.jsonl").read_text("utf-8").splitlines():
        label = json.loads(row)
        text = (folder / "heads" / f"{label['id']}.txt").read_text("utf-8")
        lines = [Line(number, line) for number, line in enumerate(text.split("\n"), 1)]
        stripped = strip(lines)
        removed = Counter(line.text.strip() for line in stripped.removed)
        labelled = Counter(line.strip() for line in label["boilerplate_lines"])
        kept = [line.text.strip() for line in stripped.kept if line.text.strip()]
        totals["right"] += (removed & labelled).total()
        totals["removed"] += removed.total()
        totals["labelled"] += labelled.total()
        totals["first_right"] += kept[:1] == [(label["first_body_line"] or "").strip()]
        totals["pages"] += 1
    return Measured(**totals)


@pytest.fixture(scope="module")
def measured(shared: Path) -> Measured:
    return _measure(shared / "pages")


def test_precision_of_removed_lines_holds(measured):
    assert measured.right / measured.removed >= FLOORS["precision"]


def test_recall_of_labelled_lines_holds(measured):
    assert measured.right / measured.labelled >= FLOORS["recall"]


def test_first_body_line_is_right_as_often_as_before(measured):
    assert measured.first_right / measured.pages >= FLOORS["first_body_line"]


def test_no_furniture_is_left_at_either_end_of_the_real_reports(shared: Path):
    left = []
    for path in sorted((shared / "reports").glob("*/*.txt")):
        kept = strip(read_file(path.read_bytes(), path.name).lines).kept
        texts = [line.text.strip() for line in kept if line.text.strip()]
        left += [
            f"{path.name}: {text}"
            for text in (*texts[:15], *texts[-10:])
            if text.startswith(FURNITURE) or any(word in text for word in FURNITURE_ANYWHERE)
        ]
    assert left == []


def test_a_report_cut_anywhere_loses_no_line_of_its_own(shared: Path):
    taken = set()
    for path in sorted((shared / "reports").glob("*/*.txt")):
        lines = read_file(path.read_bytes(), path.name).lines
        furniture = {line.line for line in strip(lines).removed}
        for cut in range(1, len(lines), max(1, len(lines) // 12)):
            for part in (lines[:cut], lines[cut:]):
                taken |= {
                    line.text.strip()
                    for line in strip(part).removed
                    if line.line not in furniture and len(line.text.strip()) > 2
                }
    assert taken == set()
