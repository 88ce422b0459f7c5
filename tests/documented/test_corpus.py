"""What corpus/manifest.csv says of the samples is what the archive reads in them."""

import csv
import re
from pathlib import Path

import pytest

from archive.ingest import ingest
from archive.inspection import metadata_to_json
from archive.model import Speaker

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
# Read by a person: who gave the report, to which session, of which years.
DETAILS = {
    "lanxi-2021.html": ("沈怀岳", "县长", "第十七届人民代表大会第五次会议", (2020, 2020)),
    "lanxi-2022.html": ("贺云堃", "县长", "第十八届人民代表大会第一次会议", (2017, 2021)),
    "lanxi-2023.docx": ("贺云堃", "县长", "第十八届人民代表大会第二次会议", (2022, 2022)),
    "lanxi-2024.html": ("贺云堃", "县长", "第十八届人民代表大会第三次会议", (2023, 2023)),
    "wangshu-2021.txt": ("沈砚秋", "区长", "第八届人民代表大会第五次会议", (2016, 2020)),
    "wangshu-2022.txt": ("陆明川", "代区长", "第九届人民代表大会第一次会议", (2017, 2021)),
    "wangshu-2023.pdf": ("陆明川", "区长", "第九届人民代表大会第二次会议", (2022, 2022)),
    "wangshu-2024.txt": ("陆明川", "区长", "第九届人民代表大会第三次会议", (2023, 2023)),
    "qingyu-2021.txt": ("邵柏川", "区长", "第五届人民代表大会第五次会议", (2016, 2020)),
    "qingyu-2022.html": ("顾明栩", "代区长", "第六届人民代表大会第一次会议", (2017, 2021)),
    "qingyu-2023.txt": ("顾明栩", "区长", "第六届人民代表大会第二次会议", (2022, 2022)),
    "qingyu-2024.txt": ("顾明栩", "区长", "第六届人民代表大会第三次会议", (2023, 2023)),
}


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


@pytest.mark.parametrize(("file", "details"), DETAILS.items())
def test_a_whole_report_tells_its_speaker_congress_and_years_reviewed(documents, file, details):
    name, office, congress, years = details
    metadata = documents[file].metadata

    assert metadata.speaker == Speaker(name, office)
    assert metadata.congress == congress
    assert metadata.review_years == years


@pytest.mark.parametrize("file", ["fragment.txt", "newspaper.txt"])
def test_what_is_no_whole_report_tells_none_of_them(documents, file):
    metadata = documents[file].metadata

    assert (metadata.speaker, metadata.congress, metadata.review_years) == (None, None, None)


@pytest.mark.parametrize(("term", "place", "years"), TERMS)
def test_a_policy_term_occurs_in_its_years_only(documents, term, place, years):
    found = {
        document.metadata.report_year
        for name, document in documents.items()
        if name.startswith(place)
        and any(term in paragraph.text for paragraph in document.paragraphs)
    }

    assert found == years
