"""What was left out of a report: by reason, and in its place."""

import pytest
from bs4 import BeautifulSoup

from archive.intake import open_archive, take_in
from archive.rereading import learn
from archive.statements.deciding import restore_lines
from tests.quality.portals import county_pages
from webui import close_app, create_app


@pytest.fixture
def reader(settings):
    """A reader of five pages of a portal whose furniture is learned, and the id of the last."""
    with open_archive(settings) as archive:
        pages = list(county_pages())[:5]
        ids = [take_in(page.data, page.name, archive).document_id for page in pages]
        learn(archive)
        removed = archive.store.get(ids[-1]).removed
        [widget] = [line.line for line in removed if line.text == "带页眉的版本"]
        restore_lines(archive.store, ids[-1], [widget], "王编辑")
    app = create_app(settings)
    yield app.test_client(), ids[-1]
    close_app(app)


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "html.parser")


def test_lines_stand_under_the_reason_with_the_site_and_in_how_many_reports(reader):
    client, document_id = reader
    section = page(client, f"/documents/{document_id}").select_one("details.left-out")

    reasons = [heading.get_text(" ", strip=True) for heading in section.select("h3")]
    assert any(reason.startswith("本网站各页反复出现的杂项") for reason in reasons)
    rows = {row.select_one(".words").get_text(): row for row in section.select(".removed-lines li")}
    assert "lanxi.example：5 份报告中有 5 份" in rows["溪友墙"].get_text()


def test_what_people_decided_is_told(reader):
    client, document_id = reader
    section = page(client, f"/documents/{document_id}").select_one("details.left-out")

    assert "王编辑 恢复第" in " ".join(section.get_text(" ").split())
    assert "带页眉的版本" not in [w.get_text() for w in section.select(".words")]


def test_removed_lines_are_shown_at_their_places_only_on_request(reader):
    client, document_id = reader
    assert not page(client, f"/documents/{document_id}").select(".removed-here")

    shown = page(client, f"/documents/{document_id}?removed=1")
    article = shown.select_one("article.report")
    order = [
        element.get_text(" ", strip=True)
        for element in article.select("p, h2, h3")
        if element.get("id") or element.find("del")
    ]

    [title] = [n for n, text in enumerate(order) if text.startswith("澜溪县2015年政府工作报告")]
    assert "字里行间随心缩放" in order[title - 1]
    assert "划线笔记已收起" in order[title + 2]
    assert "县融媒体中心织网组维护" in order[-1]
    assert {d.get_text() for d in article.select("del")} >= {"溪友墙", "读完了留个脚印"}
    assert shown.select_one(f'.document-head a[href="/documents/{document_id}"]')


def test_links_to_paragraphs_are_the_same_in_both_views(reader):
    client, document_id = reader

    def ids(address):
        return [e["id"] for e in page(client, address).select("article.report [id]")]

    assert ids(f"/documents/{document_id}") == ids(f"/documents/{document_id}?removed=1")
