"""Stripping against a reader's labels of 107 page beginnings."""

import tomllib
from pathlib import Path

from archive.boilerplate import strip
from archive.formats import read_file
from tests.quality.heads.scoring import precision_and_recall, share

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


def test_precision_and_recall_of_removed_lines(labelled_reads):
    precision, recall = precision_and_recall(labelled_reads)
    assert precision >= FLOORS["precision"]
    assert recall >= FLOORS["recall"]


def test_first_body_line_is_right_as_often_as_before(labelled_reads):
    figure, wrong = share("first_body_line", labelled_reads)
    assert figure >= FLOORS["first_body_line"], wrong


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
