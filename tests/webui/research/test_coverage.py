"""The page of coverage, over real archives."""

import csv
from io import StringIO

import pytest
from bs4 import BeautifulSoup

from archive.intake import open_archive, take_in
from tests.webui.conftest import write_report
from webui import close_app, create_app


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "html.parser")


def row_of(found, place):
    """The cells of a place: what a screen reader says of each; empty where nothing is expected."""
    [row] = [r for r in found.select("table.grid tbody tr") if place in r.th.get_text()]
    return [cell.a["aria-label"] if cell.a else "" for cell in row.select("td")]


def test_each_report_has_a_cell_that_leads_to_it(client, ids):
    found = page(client, "/coverage")

    assert [th.get_text() for th in found.select("table.grid thead th")] == ["地区", "2023", "2024"]
    assert row_of(found, "青榆区") == ["有报告", "有报告"]
    assert row_of(found, "望舒区") == ["", "有报告"]
    links = {a["href"] for a in found.select("table.grid a")}
    assert links == {f"/documents/{one}" for one in ids.values()}


def test_the_years_have_their_totals(client):
    totals = page(client, "/coverage").select_one("tr.totals")

    assert [td.get_text() for td in totals.select("td")] == ["1/1", "2/2"]


def test_a_missing_year_leads_to_its_upload(client):
    found = page(client, "/coverage?from=2022&to=2024")

    assert row_of(found, "望舒区") == ["缺", "缺", "有报告"]
    [row] = [r for r in found.select("table.grid tr") if "望舒区" in r.th.get_text()]
    assert row.select("a")[1]["href"] == "/uploads?region=%E6%9C%9B%E8%88%92%E5%8C%BA&year=2023"


def test_the_upload_says_which_report_is_missing(own_client):
    notice = page(own_client, "/uploads?region=望舒区&year=2023").select_one(".wanted")

    assert "望舒区 2023 年" in notice.get_text()


def test_the_rules_are_stated_with_their_numbers(client):
    legend = page(client, "/coverage").select_one(".legend").get_text()

    assert "中位数的 50%" in legend
    assert "至少有 3 年" in legend


def test_a_level_that_no_report_has_gives_no_table_but_a_word(client):
    found = page(client, "/coverage?level=province")

    assert not found.select("table.grid")
    assert "没有已知地区和年份的报告" in found.select_one("main .notice").get_text()


def test_a_place_with_a_code_is_named_by_it_where_its_report_is_missing(settings):
    with open_archive(settings) as archive:
        for year in (2021, 2023):
            data = write_report(
                "福建省福州市台江区", "区长", f"{year}年1月9日", year, "修路。" * 30
            )
            take_in(data, f"{year}.txt", archive)
    app = create_app(settings)
    found = page(app.test_client(), "/coverage")
    close_app(app)

    assert found.select_one("a.cell.missing")["href"] == "/uploads?region=350103&year=2022"


def test_a_cell_of_several_reports_leads_to_all_of_them(settings):
    with open_archive(settings) as archive:
        for words in ("修通村道四十公里。", "学校新建两所。"):
            data = write_report("青榆区", "区长", "2024年1月9日", 2024, words * 12)
            document_id = take_in(data, f"{words[:2]}.txt", archive).document_id
        archive.store.edit(document_id, {"version_of": ""}, "王编辑")
    app = create_app(settings)
    client = app.test_client()
    [cell] = page(client, "/coverage").select("table.grid a.cell")
    listed = page(client, cell["href"])
    close_app(app)

    assert "2 份不同的报告" in cell["aria-label"]
    assert len(listed.select(".hit")) == 2


def test_a_cell_of_several_versions_leads_to_the_list_of_them(settings):
    words = "修通村道四十公里，居民收入稳步提高，学校新建两所，医院扩建三家。"
    with open_archive(settings) as archive:
        for more in ("", "另附说明一句。"):
            data = write_report("青榆区", "区长", "2024年1月9日", 2024, *[words] * 9, words + more)
            take_in(data, f"{more}.txt", archive)
    app = create_app(settings)
    client = app.test_client()
    [cell] = page(client, "/coverage").select("table.grid a.cell")
    report = page(client, cell["href"])
    close_app(app)

    assert cell["href"].endswith("#versions")
    assert len(report.select("#versions li")) == 2


@pytest.mark.parametrize(
    "query", ["level=x", "from=19x", "from=2020&to=2010", "from=0", "to=99999"]
)
def test_parameters_without_sense_are_refused(client, query):
    assert client.get(f"/coverage?{query}").status_code == 400


def test_the_csv_has_the_cells_of_all_places_and_a_bom_for_spreadsheets(client, ids):
    answer = client.get("/coverage.csv?from=2023&to=2024")

    assert answer.data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(StringIO(answer.data.decode("utf-8-sig"))))
    assert [(r["place"], r["year"], r["state"], r["document_id"]) for r in rows] == [
        ("望舒区", "2023", "missing", ""),
        ("望舒区", "2024", "present", ids["望舒区2024.txt"]),
        ("青榆区", "2023", "present", ids["青榆区2023.txt"]),
        ("青榆区", "2024", "present", ids["青榆区2024.txt"]),
    ]


def test_a_large_archive_shows_its_provinces_first_and_then_the_places_of_one(settings):
    """One district of a made-up city, and 100 of another."""
    text = "全区生产总值增长百分之六，居民收入稳步提高。"
    with open_archive(settings) as archive:
        for number in range(101):
            data = write_report("青榆区", "区长", "2024年1月9日", 2024, f"第{number}号。{text}")
            document_id = take_in(data, f"{number}.txt", archive).document_id
            name = (
                f"{'东南西北中前后左右内外'[number // 10]}{'松柏梅兰竹菊桃李荷桂'[number % 10]}区"
            )
            place = f"{'霁州市' if number else '澄州市'}{name}"
            archive.store.edit(document_id, {"region": place}, "王编辑")
    app = create_app(settings)
    client = app.test_client()

    overview = page(client, "/coverage")
    inner = page(client, "/coverage?province=霁州市")

    close_app(app)
    rows = overview.select("table.grid tbody tr")[1:]
    assert [row.get_text(" ", strip=True) for row in rows] == [
        "澄州市 1 1 /1",
        "霁州市 100 100 /100",
    ]
    assert len(inner.select("table.grid tbody tr")) == 1 + 100
    assert "有报告" in row_of(inner, "前李区")[0]


def test_a_report_that_is_added_is_there_at_the_next_look(settings, report_of):
    app = create_app(settings)
    client = app.test_client()
    assert "没有已知地区" in client.get("/coverage").text
    with open_archive(settings) as archive:
        take_in(report_of("全区修通村道四十公里。"), "a.txt", archive)

    assert row_of(page(client, "/coverage"), "青榆区") == ["有报告"]
    close_app(app)
