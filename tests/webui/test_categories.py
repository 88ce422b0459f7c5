"""A look-alike is named for what it is, wherever a reader meets it."""

import pytest
from bs4 import BeautifulSoup

from archive.intake import open_archive, take_in
from archive.statements.sidecar import Sidecar
from tests.webui.conftest import REPORTS
from webui import close_app, create_app

NEWS = "\n".join(
    [
        "代表热议青榆区政府工作报告",
        "青榆区第五届人民代表大会第三次会议期间，各代表团分组讨论政府工作报告。",
        *(f"第{n}代表团的代表说，枫桥经验要在第{n}个村落地，让群众满意。" for n in range(1, 6)),
    ]
).encode()

OF_2024 = Sidecar("热议.txt.meta.json", {"report_year": "2024"})


@pytest.fixture
def reader(settings):
    with open_archive(settings) as archive:
        document_id = take_in(NEWS, "热议.txt", archive, OF_2024).document_id
        take_in(REPORTS["青榆区2024.txt"], "青榆区2024.txt", archive)
    app = create_app(settings)
    yield app.test_client(), document_id
    close_app(app)


@pytest.mark.parametrize(("language", "label"), [("zh", "新闻"), ("en", "news")])
def test_hit_list_and_page_name_the_category_in_the_readers_language(reader, language, label):
    client, document_id = reader
    found = BeautifulSoup(client.get(f"/?q=枫桥经验&lang={language}").text, "html.parser")
    listed = BeautifulSoup(client.get("/documents").text, "html.parser")
    page = BeautifulSoup(client.get(f"/documents/{document_id}").text, "html.parser")

    assert {tag.get_text() for tag in found.select(".hit .tag")} == {label}
    assert [tag.get_text() for tag in listed.select(".place-reports .tag")] == [label]
    assert label in page.select_one(".document-head .notice").get_text()


def test_a_look_alike_leads_to_the_upload_of_the_report_itself(reader):
    client, document_id = reader
    page = BeautifulSoup(client.get(f"/documents/{document_id}").text, "html.parser")

    link = page.select_one(".document-head .notice a")

    assert link["href"] == "/uploads?region=%E9%9D%92%E6%A6%86%E5%8C%BA&year=2024"


def test_hits_can_be_narrowed_to_reports(reader):
    client, _ = reader
    found = BeautifulSoup(client.get("/?q=“枫桥经验”").text, "html.parser")
    [link] = [a for a in found.select(".facets a") if "工作报告" in a.get_text()]

    narrowed = BeautifulSoup(client.get(link["href"]).text, "html.parser")

    assert len(found.select(".hit")) == 6
    assert len(narrowed.select(".hit")) == 1
