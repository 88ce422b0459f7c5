import json

import pytest

from archive.errors import StatedValueError
from archive.sidecar import Sidecar, read_sidecar


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "望舒.txt"
    path.write_text("正文", "utf-8")
    return path


def test_a_file_without_company_states_nothing(report):
    assert read_sidecar(report) == Sidecar()


def test_the_row_of_the_file_in_the_manifest_states_its_values(report):
    # Excel writes the byte order mark.
    (report.parent / "manifest.csv").write_text(
        "file,report_year,region,remark\n别的.txt,2020,甲县,\n望舒.txt,2022,望舒区,纸本\n",
        "utf-8-sig",
    )

    sidecar = read_sidecar(report)

    assert sidecar == Sidecar("manifest.csv", {"report_year": "2022", "region": "望舒区"})


def test_an_empty_cell_states_nothing(report):
    (report.parent / "manifest.csv").write_text("file,title,region\n望舒.txt,,望舒区\n", "utf-8")

    assert read_sidecar(report).values == {"region": "望舒区"}


def test_the_files_own_sidecar_goes_before_the_manifest(report):
    (report.parent / "manifest.csv").write_text("file,report_year\n望舒.txt,2020\n", "utf-8")
    own = report.with_name("望舒.txt.meta.json")
    own.write_text(json.dumps({"report_year": 2022, "title": None}), "utf-8")

    assert read_sidecar(report) == Sidecar("望舒.txt.meta.json", {"report_year": "2022"})


@pytest.mark.parametrize("content", ["{not json", "[1, 2]", "\udcff"])
def test_a_sidecar_that_cannot_be_read_is_named(report, content):
    own = report.with_name("望舒.txt.meta.json")
    own.write_bytes(content.encode("utf-8", "surrogateescape"))

    with pytest.raises(StatedValueError, match=r"望舒\.txt\.meta\.json"):
        read_sidecar(report)
