"""What corpus/manifest.csv says of the samples is what the archive reads in them."""

import csv
import re
from pathlib import Path

import pytest

from archive.ingest import ingest
from archive.inspection import metadata_to_json

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
ROWS = list(csv.DictReader((CORPUS / "manifest.csv").read_text("utf-8").splitlines()))
NOT_REPORTS = {"__init__.py", "__pycache__", "README.md", "manifest.csv"}
FURNITURE = re.compile(
    "浏览量|阅读量|点击数|加大字体|【字|打印本页|取消收藏|ICP备|公网安备|标识码|位置：|位置:"
    "|索引号|相关链接|扫一扫|编辑：|function"
)
# The plan behind the samples: a term, a place, the years in which it occurs.
TERMS = [
    ("枫桥经验", "lanxi", {2021, 2024}),
    ("枫桥经验", "wangshu", {2022, 2023, 2024}),
    ("枫桥经验", "qingyu", {2023}),
    ("新质生产力", "lanxi", {2024}),
    ("新质生产力", "qingyu", {2024}),
    ("“放管服”改革", "lanxi", {2021, 2022}),
    ("乡村振兴", "wangshu", {2021, 2022, 2023}),
    ("疫情防控", "wangshu", {2021, 2022, 2023}),
    ("高质量发展", "qingyu", {2021, 2022, 2023, 2024}),
]


@pytest.fixture(scope="module")
def documents():
    return {row["file"]: ingest((CORPUS / row["file"]).read_bytes(), row["file"]) for row in ROWS}


def test_the_manifest_names_every_sample_and_no_other():
    files = {path.name for path in CORPUS.iterdir()} - NOT_REPORTS

    assert {row["file"] for row in ROWS} == files


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["file"])
def test_a_sample_is_read_as_the_manifest_says(documents, row):
    document = documents[row["file"]]
    found = metadata_to_json(document.metadata)

    assert found["region"]["name"] == row["region"]
    assert found["region"]["level"] == row["level"]
    assert str(found["report_year"] or "") == row["report_year"]
    assert (found["session_date"] or "") == row["session_date"]
    assert (found["publish_date"] or "") == row["publish_date"]
    assert (found["source"]["site"] or "") == row["source_site"]
    assert (found["source"]["url"] or "") == row["source_url"]
    assert document.encoding == row["encoding"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["file"])
def test_a_sample_has_the_length_of_a_report_and_no_furniture_is_left(documents, row):
    text = "\n".join(paragraph.text for paragraph in documents[row["file"]].paragraphs)
    han = len(re.findall(r"[\u4e00-\u9fff]", text))

    assert (1_000 if row["file"] == "fragment.txt" else 1_800) <= han <= 6_000
    assert FURNITURE.findall(text) == []


@pytest.mark.parametrize(("term", "place", "years"), TERMS)
def test_a_policy_term_occurs_in_its_years_only(documents, term, place, years):
    found = {
        document.metadata.report_year
        for name, document in documents.items()
        if name.startswith(place)
        and any(term in paragraph.text for paragraph in document.paragraphs)
    }

    assert found == years
