import json
import unicodedata

import pytest

from archive.refusals import StatedValueError
from archive.statements.sidecar import NOTHING_STATED, Sidecar, read_sidecar


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


def in_tree(tmp_path):
    path = tmp_path / "区县" / "望舒.txt"
    path.parent.mkdir()
    path.write_text("正文", "utf-8")
    return path


@pytest.mark.parametrize("cell", ["区县/望舒.txt", "./区县/望舒.txt", "区县\\望舒.txt"])
def test_one_manifest_speaks_of_the_files_of_a_tree(tmp_path, cell):
    path = in_tree(tmp_path)
    (tmp_path / "manifest.csv").write_text(f"file,region\n{cell},望舒区\n", "utf-8")

    assert read_sidecar(path, tmp_path).values == {"region": "望舒区"}


def test_a_manifest_above_the_root_says_nothing(tmp_path):
    path = in_tree(tmp_path)
    (tmp_path / "manifest.csv").write_text("file,region\n区县/望舒.txt,望舒区\n", "utf-8")

    assert read_sidecar(path, path.parent) == Sidecar()
    assert read_sidecar(path) == Sidecar()


def test_a_name_without_its_folder_means_a_file_beside_the_manifest(tmp_path):
    path = in_tree(tmp_path)
    (tmp_path / "manifest.csv").write_text("file,region\n望舒.txt,望舒区\n", "utf-8")

    assert read_sidecar(path, tmp_path) == Sidecar()


def test_the_nearest_manifest_that_names_the_file_holds(tmp_path):
    path = in_tree(tmp_path)
    (tmp_path / "manifest.csv").write_text("file,report_year\n区县/望舒.txt,2020\n", "utf-8")
    near = path.parent / "manifest.csv"
    near.write_text("file,report_year\n别的.txt,2021\n", "utf-8")
    assert read_sidecar(path, tmp_path).values == {"report_year": "2020"}

    near.write_text("file,report_year\n别的.txt,2021\n望舒.txt,2022\n", "utf-8")
    assert read_sidecar(path, tmp_path).values == {"report_year": "2022"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_manifest_can_have_chinese_headings_and_be_saved_by_excel(report, encoding):
    table = (
        "序号,文件名,年份,地区,发布日期,来源,网址\n"
        "1,望舒.txt,2022,望舒区,2022/2/3,望舒发布,https://www.wangshu.example/1.html\n"
    )
    (report.parent / "manifest.csv").write_bytes(table.encode(encoding))

    assert read_sidecar(report).values == {
        "report_year": "2022",
        "region": "望舒区",
        "publish_date": "2022/2/3",
        "source_site": "望舒发布",
        "source_url": "https://www.wangshu.example/1.html",
    }


def test_a_name_is_the_same_however_its_characters_are_composed(tmp_path):
    path = tmp_path / unicodedata.normalize("NFD", "é望舒.txt")
    path.write_text("正文", "utf-8")
    table = f"file,report_year\n{unicodedata.normalize('NFC', 'é望舒.txt')},2022\n"
    (tmp_path / "manifest.csv").write_text(table, "utf-8")

    assert read_sidecar(path).values == {"report_year": "2022"}


def test_a_manifest_that_cannot_be_read_is_named(report):
    (report.parent / "manifest.csv").write_bytes(b"file,region\n\xff\xff\xff,\n")

    with pytest.raises(StatedValueError, match=r"manifest\.csv"):
        read_sidecar(report)


def test_a_manifest_that_does_not_name_the_file_states_nothing(report):
    (report.parent / "manifest.csv").write_text("file,title\n别的.txt,报告\n", "utf-8")

    assert read_sidecar(report) == NOTHING_STATED


def test_a_row_of_empty_cells_states_that_nothing_is_stated_any_more(report):
    (report.parent / "manifest.csv").write_text("file,title\n望舒.txt,\n", "utf-8")

    assert read_sidecar(report) == Sidecar("manifest.csv", {})
