"""Correcting a report on its page: saved, refused, and in the history."""

import pytest
from bs4 import BeautifulSoup

from archive.intake import open_archive, take_in
from archive.model import Category
from archive.statements.corrections import FIELDS
from archive.texts import load_catalogue
from tests.webui.conftest import REPORTS, signed_in
from webui import close_app, create_app
from webui.holdings import holdings_of

SAME_SITE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def document_id(settings):
    with open_archive(settings) as archive:
        return take_in(REPORTS["青榆区2024.txt"], "青榆区2024.txt", archive).document_id


@pytest.fixture
def app(settings, document_id):
    app = create_app(settings)
    yield app
    close_app(app)


@pytest.fixture
def client(app):
    return signed_in(app)


@pytest.fixture
def store(app):
    return holdings_of(app).archive.store


def form(client, document_id):
    """The form as a browser would send it, untouched."""
    page = BeautifulSoup(client.get(f"/documents/{document_id}/edit").text, "html.parser")
    sent = {field["name"]: field.get("value", "") for field in page.select("form.edit input")}
    chosen = page.select_one("form.edit select option[selected]")
    return {**sent, page.select_one("form.edit select")["name"]: chosen["value"]}


def send(client, document_id, headers=SAME_SITE, **changed):
    data = {**form(client, document_id), **changed}
    return client.post(f"/documents/{document_id}/edit", data=data, headers=headers)


def faults(answer):
    page = BeautifulSoup(answer.text, "html.parser")
    return {
        field.select_one("input, select")["name"]: field.select_one(".fault").get_text()
        for field in page.select(".field.faulty")
    }


def test_the_page_of_a_report_leads_to_a_form_that_holds_what_is_known(client, document_id):
    page = BeautifulSoup(client.get(f"/documents/{document_id}").text, "html.parser")
    assert page.select_one(f'a[href="/documents/{document_id}/edit"]')

    sent = form(client, document_id)

    assert sent.keys() == {*FIELDS, "revision", "csrf"} - {"is_report"}
    assert (sent["report_year"], sent["session_date"]) == ("2024", "2024-01-09")
    assert (sent["region"], sent["category"]) == ("青榆区", "report")


@pytest.fixture
def copy_id(app):
    """The same report once more, in a file of its own."""
    held = holdings_of(app)
    return take_in(REPORTS["青榆区2024.txt"] + b"\n", "copy.txt", held.archive).document_id


def test_versions_are_offered_to_the_program_again_only_where_a_person_has_spoken(
    client, store, document_id, copy_id
):
    first = [document_id, copy_id]
    assert [v.document_id for v in store.list_versions(copy_id)] == first
    assert "version_of" not in form(client, copy_id)
    store.edit(copy_id, {"version_of": ""}, "王编辑")
    assert store.list_versions(copy_id)[1:] == []
    page = BeautifulSoup(client.get(f"/documents/{copy_id}/edit").text, "html.parser")
    assert page.select_one("input[name=version_of][type=checkbox]")["value"] == "auto"
    assert load_catalogue("zh")["web.edit.separated"] in page.get_text()

    assert send(client, copy_id, version_of="auto").status_code == 303

    assert [v.document_id for v in store.list_versions(copy_id)] == first
    page = BeautifulSoup(client.get(f"/documents/{copy_id}/edit").text, "html.parser")
    assert not page.select_one("input[name=version_of]")
    values = [row.select("td")[3].get_text(strip=True) for row in page.select("tr:has(td)")]
    assert values == ["自动识别", "独立的报告"]


def test_what_is_saved_holds_at_once_is_found_by_search_and_stands_in_the_history(
    client, store, document_id
):
    answer = send(client, document_id, report_year="2031", category="news")

    assert (answer.status_code, answer.location) == (303, f"/documents/{document_id}")
    metadata = store.get(document_id).metadata
    assert (metadata.report_year, metadata.category) == (2031, Category.NEWS)
    edits = [(edit.field, edit.value, edit.editor) for edit in store.list_edits(document_id)]
    assert edits == [("report_year", "2031", "王编辑"), ("category", "news", "王编辑")]
    assert client.get("/api/v1/search?q=枫桥经验&year=2031").json["total"] == 1
    page = BeautifulSoup(client.get(f"/documents/{document_id}/edit").text, "html.parser")
    rows = [[cell.get_text() for cell in row.select("td")][1:] for row in page.select("tr")[1:]]
    assert rows == [["王编辑", "文本类型", "新闻"], ["王编辑", "报告年份", "2031"]]


def test_a_name_that_is_typed_into_the_form_is_not_who_edits(client, store, document_id):
    send(client, document_id, report_year="2031", editor="别人")

    assert [edit.editor for edit in store.list_edits(document_id)] == ["王编辑"]


def test_a_form_that_changes_nothing_notes_nothing(client, store, document_id):
    assert send(client, document_id).status_code == 303
    assert store.list_edits(document_id) == []
    assert store.list_revisions() == {document_id: 1}


def test_every_fault_stands_beside_its_field_with_what_was_typed_and_nothing_is_saved(
    client, store, document_id
):
    answer = send(
        client,
        document_id,
        report_year="二〇二四",
        source_url="javascript:alert(1)",
        title="新题名",
    )

    assert answer.status_code == 400
    found = faults(answer)
    assert found.keys() == {"report_year", "source_url"}
    assert "1949-2100" in found["report_year"]
    page = BeautifulSoup(answer.text, "html.parser")
    assert page.select_one("#report_year")["value"] == "二〇二四"
    assert page.select_one("#report_year")["aria-describedby"].split()[0] == "fault-report_year"
    assert page.select_one("#title")["value"] == "新题名"
    assert store.list_edits(document_id) == []


def test_a_form_from_another_site_is_refused(client, store, document_id):
    answer = send(client, document_id, {"Sec-Fetch-Site": "cross-site"}, title="x")

    assert answer.status_code == 403
    assert store.list_edits(document_id) == []


def test_who_edits_an_older_state_sees_both_and_overwrites_nothing(client, store, document_id):
    old = form(client, document_id)
    store.edit(document_id, {"title": "别人的题名"}, "李编辑")

    answer = client.post(
        f"/documents/{document_id}/edit",
        data={**old, "report_year": "2023"},
        headers=SAME_SITE,
    )

    assert answer.status_code == 409
    assert store.get(document_id).metadata.report_year == 2024
    page = BeautifulSoup(answer.text, "html.parser")
    assert page.select_one("#title")["value"] == "别人的题名"
    assert page.select_one("#report_year")["value"] == "2024"
    assert "2023" in faults(answer)["report_year"]


def test_what_is_typed_is_shown_as_text(client, document_id):
    answer = send(client, document_id, title="<script>alert(1)</script>")

    assert answer.status_code == 303
    page = client.get(f"/documents/{document_id}/edit").text
    assert "<script>alert" not in page


def test_a_report_that_is_not_there_has_no_form(client):
    assert client.get("/documents/nothing/edit").status_code == 404
    assert client.post("/documents/nothing/edit", headers=SAME_SITE).status_code == 404


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_field_that_can_be_stated_has_a_label(language):
    assert [
        name for name in FIELDS if f"web.edit.field.{name}" not in load_catalogue(language)
    ] == []
