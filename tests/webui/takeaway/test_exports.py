"""All hits as files, citations, feeds and the description of the site."""

import csv
import json
import xml.etree.ElementTree as ElementTree
from io import BytesIO, StringIO
from urllib.parse import unquote
from zipfile import ZipFile

import feedparser
import pytest

from archive.intake import take_in
from webui.holdings import holdings_of
from webui.takeaway.exports import defused
from webui.takeaway.spreadsheet import write_xlsx

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def sheet_rows(data, number=1):
    with ZipFile(BytesIO(data)) as book:
        sheet = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))
    return [
        ["".join(cell.itertext()) for cell in row.iter(f"{SHEET}c")]
        for row in sheet.iter(f"{SHEET}row")
    ]


def test_a_csv_file_holds_every_hit_with_a_mark_for_excel(client):
    answer = client.get("/export/csv?q=澄湖&sort=oldest")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(StringIO(answer.data.decode("utf-8-sig"))))
    assert len(rows) == 45
    assert {row["报告年份"] for row in rows} == {"2024"}
    assert rows[0]["正文"] == "澄湖治理第1号工程完工，沿岸居民受益。"
    assert rows[-1]["正文"] == "澄湖治理第45号工程完工，沿岸居民受益。"


def test_a_file_says_what_was_asked_and_when(client):
    name = client.get("/export/jsonl?q=“澄湖” -工厂").headers["Content-Disposition"]
    assert unquote(name.split("UTF-8''")[1]).startswith("zhengwen-澄湖-工厂-20")
    assert name.endswith(".jsonl")


def test_json_lines_are_the_hits_of_the_api(client):
    lines = client.get("/export/jsonl?q=枫桥经验&year=2024").get_data(as_text=True).splitlines()
    hits = client.get("/api/v1/search?q=枫桥经验&year=2024").json["hits"]
    assert [json.loads(line) for line in lines] == hits


def test_a_workbook_holds_text_as_text_and_years_as_numbers(client):
    address = "/export/xlsx?q=枫桥经验&sort=oldest"
    with client.get(address, headers={"Accept-Language": "en"}) as answer:
        head, *rows = sheet_rows(answer.data)
    assert head[:4] == ["paragraph id", "document id", "work id", "place"]
    assert len(rows) == 3
    assert "2023" in rows[0]


def test_reports_can_be_exported_as_well(client):
    answer = client.get("/export/csv?q=澄湖&unit=report")
    [row] = csv.DictReader(StringIO(answer.data.decode("utf-8-sig")))
    assert (row["符合段数"], row["出现次数"]) == ("45", "45")


def test_an_export_without_hits_has_its_headings(client):
    assert client.get("/export/csv?q=没有这样的词语").get_data(as_text=True).count("\n") == 1
    with client.get("/export/xlsx?q=没有这样的词语") as answer:
        assert len(sheet_rows(answer.data)) == 1


def test_a_faulty_query_is_told_and_no_file_begun(client):
    assert client.get("/export/csv?q=(").status_code == 400
    assert client.get("/export/exe?q=甲").status_code == 404


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_of_a_csv_file_becomes_a_formula(sign):
    assert defused(f"{sign}1+1") == f"'{sign}1+1"
    assert defused("1-1") == "1-1"


def test_no_cell_of_a_workbook_becomes_a_formula_or_is_lost():
    file = BytesIO()
    write_xlsx(file, ["a"], [["=1+1"], ["http://x.example/"], ["长" * 40_000]], 1_000)
    rows = sheet_rows(file.getvalue())
    assert rows[1:3] == [["=1+1"], ["http://x.example/"]]
    assert rows[3] == ["长" * 32_766 + "…"]
    with ZipFile(file) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


def test_a_full_sheet_is_followed_by_another():
    file = BytesIO()
    write_xlsx(file, ["n"], [[number] for number in range(5)], 3)
    assert sheet_rows(file.getvalue(), 1) == [["n"], ["0"], ["1"]]
    assert sheet_rows(file.getvalue(), 3) == [["n"], ["4"]]


def test_a_paragraph_is_cited_in_three_forms(client, ids):
    [hit] = client.get("/api/v1/search?q=“枫桥经验”&year=2023").json["hits"]
    address = f"/cite/{hit['paragraph_id']}"
    permalink = f"http://localhost/documents/{ids['青榆区2023.txt']}#{hit['paragraph_id']}"
    assert client.get(address).text.endswith(f"]. {permalink}.")
    assert "青榆区人民政府. " in client.get(address).text
    bibtex = client.get(f"{address}?format=bibtex")
    assert bibtex.mimetype == "application/x-bibtex"
    assert bibtex.text.startswith(f"@misc{{zhengwen-{hit['paragraph_id']},\n")
    ris = client.get(f"{address}?format=ris")
    assert ris.text.startswith("TY  - ELEC\r\n")
    assert ris.headers["Content-Disposition"].endswith('.ris"')
    assert client.get(f"{address}?format=word").status_code == 400
    assert client.get("/cite/nothing").status_code == 404


def read_feed(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.mimetype == "application/atom+xml"
    feed = feedparser.parse(answer.data)
    assert feed.bozo == 0
    assert feed.version == "atom10"
    return feed


def test_a_feed_tells_the_reports_that_a_query_finds_the_last_added_first(client, ids):
    feed = read_feed(client, "/feed?q=“枫桥经验”")
    assert [entry.id.rsplit("/", 1)[1] for entry in feed.entries] == [
        ids["望舒区2024.txt"],
        ids["青榆区2024.txt"],
        ids["青榆区2023.txt"],
    ]
    assert "枫桥经验落地生根" in feed.entries[0].summary
    assert feed.feed.updated_parsed == feed.entries[0].updated_parsed
    assert {link.rel for link in feed.feed.links} == {"self", "alternate"}


def test_a_feed_keeps_the_filters(client, ids):
    [entry] = read_feed(client, "/feed?q=枫桥经验&year=2023").entries
    assert entry.id.endswith(ids["青榆区2023.txt"])


def test_a_new_report_comes_first_in_the_feed(own_app, own_client, report_of):
    held = holdings_of(own_app)
    take_in(report_of("枫桥经验行之有效。"), "甲.txt", held.archive)
    held.catch_up()
    [first] = read_feed(own_client, "/feed?q=枫桥经验").entries
    take_in(
        report_of("枫桥经验 <b>&amp; 写入规划，另有安排。", "又有一段。"), "乙.txt", held.archive
    )
    held.catch_up()
    feed = read_feed(own_client, "/feed?q=枫桥经验")
    assert len(feed.entries) == 2
    assert feed.entries[1].id == first.id


def test_an_unchanged_feed_is_not_sent_again(client):
    tag = client.get("/feed?q=枫桥经验").headers["ETag"]
    again = client.get("/feed?q=枫桥经验", headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")


def test_a_feed_without_reports_is_one_all_the_same(client):
    assert read_feed(client, "/feed?q=没有这样的词语").entries == []


def test_the_results_offer_their_feed_and_every_page_the_site_as_a_search_engine(client):
    html = client.get("/?q=澄湖").text
    assert 'type="application/atom+xml" href="/feed?q=' in html
    assert 'type="application/opensearchdescription+xml" href="/opensearch.xml"' in html
    description = ElementTree.fromstring(client.get("/opensearch.xml").data)
    name = "{http://a9.com/-/spec/opensearch/1.1/}"
    assert description.tag == f"{name}OpenSearchDescription"
    # 16 characters at most, by the specification.
    assert 0 < len(description.findtext(f"{name}ShortName")) <= 16
    templates = [url.get("template") for url in description.iter(f"{name}Url")]
    assert "http://localhost/?q={searchTerms}" in templates
