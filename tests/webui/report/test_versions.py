"""What pages say of the versions of a report."""

from io import BytesIO

import pytest
from bs4 import BeautifulSoup

from archive.intake import take_in
from webui.holdings import holdings_of

SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def ids(own_app, corpus):
    """Two versions of one report, the second with an afterword, and another report."""
    held = holdings_of(own_app)
    text = (corpus / "qingyu-2021.txt").read_text("utf-8")
    copy = "来源：<b>每日要闻</b>\n" + text + "\n" + "门户网站按语：以上为会议通过的全文。" * 2
    files = {
        "甲.txt": text.encode(),
        "乙.txt": copy.encode(),
        "丙.html": (corpus / "lanxi-2021.html").read_bytes(),
    }
    ids = {name: take_in(data, name, held.archive).document_id for name, data in files.items()}
    held.catch_up()
    return ids


def page(client, address: str) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "html.parser")


def test_a_report_lists_its_versions_and_says_which_is_the_first(own_client, ids):
    shown = page(own_client, f"/documents/{ids['乙.txt']}").select_one("#versions")

    first, this = shown.select("li")
    assert shown.h2.get_text() == "同一份报告的 2 个版本"
    assert first.a["href"] == f"/documents/{ids['甲.txt']}"
    assert "最先收录" in first.get_text()
    assert "文件 甲.txt" in first.get_text()
    assert this.select_one("[aria-current=page]")
    assert "与 甲.txt 大体相同：较短的一份有 100 % 见于另一份" in this.get_text()


def test_a_report_without_other_versions_says_nothing(own_client, ids):
    assert page(own_client, f"/documents/{ids['丙.html']}").select_one("#versions") is None


def test_a_hit_of_a_report_with_versions_leads_to_them(own_client, ids):
    [hit] = page(own_client, "/?q=“门户网站按语”").select(".hit")
    link = hit.find("a", string="另有 1 个版本")
    assert link["href"].startswith(f"/documents/{ids['乙.txt']}?")
    assert link["href"].endswith("#versions")

    [other] = page(own_client, "/?q=“澜溪县第”&limit=1").select(".hit")[:1]
    assert "个版本" not in other.get_text()


def test_hits_tell_programs_the_work_and_how_many_versions_there_are(own_client, ids):
    [hit] = own_client.get("/api/v1/search?q=“门户网站按语”").json["hits"]

    assert (hit["document_id"], hit["work_id"]) == (ids["乙.txt"], ids["甲.txt"])
    assert hit["versions"] == 2


def test_what_both_versions_say_is_counted_once(own_client, ids):
    answer = own_client.get("/api/v1/search?q=“青榆区”&limit=100").json

    assert {hit["document_id"] for hit in answer["hits"]} == {ids["甲.txt"]}
    assert answer["total"] == len(answer["hits"])


def test_the_list_and_the_landing_page_say_so_too(own_client, ids):
    listed = page(own_client, "/documents")
    links = listed.find_all("a", string="2 个版本")
    assert len(links) == 2
    assert page(own_client, "/").select_one(".figures b").get_text() == "2"


def test_an_uploaded_version_says_of_what_it_is_one(own_client, ids, corpus):
    data = (corpus / "qingyu-2021.txt").read_bytes() + "又一个网站的附记。".encode()
    answer = own_client.post(
        "/uploads", data={"files": [(BytesIO(data), "丁.txt")]}, headers=SAME_ORIGIN
    )

    [outcome] = page(own_client, answer.location).select(".outcomes li")
    assert outcome.find("a", string="3 个版本")
    assert "与 甲.txt 大体相同" in outcome.get_text()
