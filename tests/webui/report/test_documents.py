"""The list of reports, a report, and its original."""

import hashlib

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from archive.intake import open_archive
from archive.model import Document, Evidence, Kind, Metadata, Original, Paragraph, Source
from webui import close_app, create_app

HTML_SHA256 = hashlib.sha256(b"<html").hexdigest()


def page(client: FlaskClient, address: str) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "html.parser")


def words(element: BeautifulSoup) -> str:
    return " ".join(element.get_text(" ").split())


def test_reports_stand_by_place_and_newest_first(client):
    places = {
        section.h2.get_text(" ", strip=True).split()[0]: [
            year.get_text() for year in section.select(".year")
        ]
        for section in page(client, "/documents").select(".place-reports")
    }
    assert places == {"望舒区": ["2024年"], "青榆区": ["2024年", "2023年"]}


def test_report_shows_what_is_known_and_what_is_not(client, ids):
    described = words(
        page(client, f"/documents/{ids['青榆区2024.txt']}").select_one(".description")
    )
    assert "会议日期 2024年1月9日" in described
    assert "发布日期 未注明" in described
    assert "报告人 辛禾 区长" in described
    assert "会议届次 第五届人民代表大会第三次会议" in described
    assert "回顾年份 2023" in described
    assert "青榆区2024.txt utf-8" in described


def test_every_value_has_its_rule_and_words(client, ids):
    table = page(client, f"/documents/{ids['青榆区2024.txt']}").select_one("details table")
    rows = {row.th.get_text(): words(row) for row in table.select("tr")[1:]}
    assert set(rows) == {
        "题名", "地区", "报告年份", "会议日期", "发布日期", "来源", "文本类型",
        "报告人", "会议届次", "回顾年份", "保存网页的地址",
    }  # fmt: skip
    assert "会议名称一行的日期" in rows["会议日期"]
    assert "2024年1月9日" in rows["会议日期"]
    assert "文件里没有写" in rows["发布日期"]


def test_details_that_are_not_known_are_not_listed(hostile_client):
    described = words(page(hostile_client, "/documents/0123456789ab").select_one(".description"))
    assert "报告人" not in described
    assert "回顾年份" not in described


def test_contents_lead_to_the_headings(client, ids):
    report = page(client, f"/documents/{ids['青榆区2024.txt']}")
    links = {a.get_text(): a["href"] for a in report.select(".contents a")}
    assert list(links) == ["一、2023年工作回顾", "二、2024年工作安排"]
    target = report.find(id=links["二、2024年工作安排"].removeprefix("#"))
    assert target.name == "h2"
    assert "二、2024年工作安排" in target.get_text()


def test_every_paragraph_has_an_anchor_and_a_permalink_to_it(client, ids):
    report = page(client, f"/documents/{ids['望舒区2024.txt']}").select_one(".report")
    paragraphs = report.find_all(id=True)
    assert len(paragraphs) > 45
    assert all(p.select_one("a.permalink")["href"] == f"#{p['id']}" for p in paragraphs)


def test_query_is_marked_all_through_the_report(client, ids):
    report = page(client, f"/documents/{ids['望舒区2024.txt']}?q=澄湖")
    assert len(report.select(".report mark")) == 45
    assert "45 段" in words(report.select_one(".marked-count"))
    assert len(report.select(".next-mark")) == 44
    assert len(report.select(".previous-mark")) == 44
    assert len(report.select("[data-hit]")) == 45


def test_report_is_shown_although_the_query_is_faulty(client, ids):
    report = page(client, f"/documents/{ids['望舒区2024.txt']}?q=（澄湖")
    assert "括号没有配对" in words(report.select_one(".notice"))
    assert "第45号工程" in words(report.select_one(".report"))


def test_unknown_report_is_404(client):
    answer = client.get("/documents/ffffffffffff")
    assert answer.status_code == 404
    assert "没有找到：ffffffffffff" in answer.text


@pytest.fixture
def hostile_client(settings):
    """A reader of an archive with a document of which every part attacks the page."""
    script = "<script>alert('枫桥')</script>{{ 7*7 }}\x07\u202e</p></article>"
    document = Document(
        document_id="0123456789ab",
        original=Original(HTML_SHA256, '"><img src=x onerror=alert(1)>\r\n.txt', 5),
        encoding="utf-8",
        metadata=Metadata(
            title=script,
            report_year=2024,
            source=Source(script, "javascript:alert(1)"),
            evidence={"title": Evidence(script, script)},
        ),
        paragraphs=(
            Paragraph("0123456789ab-1", 0, (), Kind.HEADING, f"一、{script}"),
            Paragraph("0123456789ab-2", 1, (f"一、{script}",), Kind.PARAGRAPH, script),
            Paragraph("0123456789ab-3", 2, (), Kind.TABLE, f"枫桥 | {script}"),
        ),
        warnings=(script,),
    )
    with open_archive(settings) as archive:
        archive.store.put(document)
        archive.originals.path(HTML_SHA256).parent.mkdir(parents=True)
        archive.originals.path(HTML_SHA256).write_bytes(b"<html")
    app = create_app(settings)
    yield app.test_client()
    close_app(app)


@pytest.mark.parametrize(
    "address", ["/", "/documents", "/documents/0123456789ab?q=枫桥", "/?q=枫桥"]
)
def test_hostile_report_shows_as_text(hostile_client, address):
    answer = hostile_client.get(address)
    assert answer.status_code == 200
    found = BeautifulSoup(answer.text, "html.parser")
    assert not found.select("script:not([src]), main script, main img, [href^=javascript]")
    assert "alert('" in found.get_text()
    assert "{{ 7*7 }}" in found.get_text()
    assert not {"\x07", "\u202e"} & set(answer.text)


def test_hostile_text_is_marked_inside_its_escaping(hostile_client):
    assert "&lt;script&gt;alert(&#39;<mark>枫桥</mark>&#39;)" in (
        hostile_client.get("/documents/0123456789ab?q=枫桥").text
    )


def test_table_rows_are_shown_as_cells(hostile_client):
    row = page(hostile_client, "/documents/0123456789ab").find(id="0123456789ab-3")
    assert row.name == "tr"
    assert row.td.get_text() == "枫桥"


def test_original_is_sent_as_it_was_received_and_never_shown(client, ids):
    report = page(client, f"/documents/{ids['青榆区2023.txt']}")
    link = next(a["href"] for a in report.select("a") if a["href"].startswith("/originals/"))
    answer = client.get(link)
    assert answer.data.decode("utf-8").startswith("政府工作报告\n（2023年1月5日")
    assert answer.mimetype == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_original_with_a_hostile_name_is_sent_with_clean_headers(hostile_client):
    answer = hostile_client.get(f"/originals/{HTML_SHA256}")
    assert answer.status_code == 200
    assert "\n" not in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("name", ["..", "%2e%2e", "cd" * 32, "archive.sqlite"])
def test_only_originals_of_documents_are_sent(client, name):
    assert client.get(f"/originals/{name}").status_code == 404
