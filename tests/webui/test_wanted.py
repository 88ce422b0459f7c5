"""From a year that coverage lacks to its report: what the sender says of place and year is kept."""

from io import BytesIO
from urllib.parse import parse_qsl

import pytest
from bs4 import BeautifulSoup

from archive.access.accounts import Role
from archive.rereading import reread
from tests.webui.conftest import signed_in, work_off, write_report
from webui.holdings import holdings_of

SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}
PASSWORD = "竹海古道，四十公里长"
REPORT = write_report("青榆区", "区长", "2024年1月9日", 2024, "修通村道四十公里。")
WITHOUT_HEAD = "\n".join(
    f"{title}。今年我们修通村道{number}公里，新建学校两所，居民收入稳步提高，用水有了保障。"
    for number, title in enumerate(["工作回顾", "工作安排", "民生实事", "安全生产"], 40)
).encode("utf-8")


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "html.parser")


def send(client, address, *files):
    """Sends files by the form of a page, with all that the form holds."""
    form = page(client, address).select_one("form.upload")
    data = {one["name"]: one["value"] for one in form.select("input[type=hidden]")}
    data["files"] = [(BytesIO(content), name) for content, name in files]
    answer = client.post(form["action"], data=data, headers=SAME_ORIGIN)
    assert answer.status_code == 303
    return page(client, answer.location)


def documents(app):
    return holdings_of(app).archive.store.list_documents()


def test_a_file_without_head_becomes_the_report_that_it_was_uploaded_for(own_app, own_client):
    batch = send(own_client, "/uploads?region=350103&year=2021", (WITHOUT_HEAD, "扫描件.txt"))

    assert "王编辑 上传时注明：福建省福州市台江区 2021 年的报告" in " ".join(
        batch.select_one(".wanted").get_text(" ").split()
    )
    facts = batch.select_one(".outcomes .facts").get_text(" ")
    assert "福建省福州市台江区" in facts
    assert "2021年" in facts
    [summary] = documents(own_app)
    assert summary.metadata.region.code == "350103"
    evidence = summary.metadata.evidence["region"]
    assert (evidence.rule, evidence.text.split()[0]) == ("edit", "王编辑")
    edits = holdings_of(own_app).archive.store.list_edits(summary.document_id)
    assert [(edit.field, edit.value, edit.editor) for edit in edits] == [
        ("report_year", "2021", "王编辑"),
        ("region", "福建省福州市台江区", "王编辑"),
        ("region_code", "350103", "王编辑"),
    ]


def test_what_was_said_goes_before_what_is_read_and_outlasts_new_readings(own_app, own_client):
    send(own_client, "/uploads?region=望舒区&year=2023", (REPORT, "a.txt"))
    [summary] = documents(own_app)

    reread(holdings_of(own_app).archive, summary.document_id)

    [summary] = documents(own_app)
    assert summary.metadata.region.full_name == "望舒区"
    assert summary.metadata.report_year == 2023


def test_the_batch_leads_to_the_form_that_corrects_what_was_said(own_app, own_client):
    batch = send(own_client, "/uploads?region=望舒区&year=2023", (REPORT, "a.txt"))
    link = batch.select_one('.outcomes a[href$="/edit"]')["href"]
    form = page(own_client, link).select_one("form.edit")
    sent = {one["name"]: one.get("value", "") for one in form.select("input")}

    own_client.post(link, data={**sent, "report_year": "2024"}, headers=SAME_ORIGIN)

    [summary] = documents(own_app)
    assert (summary.metadata.region.full_name, summary.metadata.report_year) == ("望舒区", 2024)


def test_a_document_that_was_there_stays_as_it_is_and_the_batch_says_so(own_app, own_client):
    send(own_client, "/uploads", (REPORT, "a.txt"))
    batch = send(own_client, "/uploads?region=望舒区&year=2023", (REPORT, "b.txt"))

    assert "没有记为 望舒区 2023 年的报告" in batch.select_one(".outcomes .notice").get_text()
    [summary] = documents(own_app)
    assert (summary.metadata.region.full_name, summary.metadata.report_year) == ("青榆区", 2024)


def test_a_file_that_fails_first_is_stated_when_it_is_tried_again(own_app, own_client, monkeypatch):
    def break_down(_prepared, _archive):
        raise RuntimeError("a bug")

    monkeypatch.setattr("index.worker.keep", break_down)
    batch = send(own_client, "/uploads?region=望舒区&year=2023", (REPORT, "a.txt"))
    monkeypatch.undo()
    own_client.post(batch.select_one("form.act")["action"], headers=SAME_ORIGIN)

    [summary] = documents(own_app)
    assert summary.metadata.region.full_name == "望舒区"


def test_an_upload_for_nothing_in_particular_states_nothing(own_app, own_client):
    batch = send(own_client, "/uploads", (REPORT, "a.txt"))

    assert batch.select(".wanted") == []
    [summary] = documents(own_app)
    assert holdings_of(own_app).archive.store.list_edits(summary.document_id) == []


def test_the_form_keeps_the_wanted_report_when_no_file_was_chosen(own_client):
    answer = own_client.post(
        "/uploads", data={"region": "350103", "year": "2021"}, headers=SAME_ORIGIN
    )

    assert answer.status_code == 400
    again = BeautifulSoup(answer.text, "html.parser")
    assert "福建省福州市台江区 2021 年" in again.select_one(".wanted").get_text()
    assert again.select_one("input[name=region]")["value"] == "350103"


WITHOUT_SENSE = [
    *("region=999999&year=2021", "region=x&year=2021", "region=350103", "year=2021"),
    *(f"region=350103&year={year}" for year in ("21", "9999", "二〇二一", "1900")),
]


@pytest.mark.parametrize("query", WITHOUT_SENSE)
def test_places_and_years_without_sense_are_refused(own_client, query):
    assert own_client.get(f"/uploads?{query}").status_code == 400


def send_by_program(app, settings, stated):
    """The answer to a program that sends a file with a statement; a worker has read it then."""
    token = holdings_of(app).archive.access.tokens.add("importer", Role.EDITOR)
    data = {**stated, "files": [(BytesIO(WITHOUT_HEAD), "扫描件.txt")]}
    headers = {"Authorization": f"Bearer {token}"}
    answer = app.test_client().post("/api/v1/uploads", data=data, headers=headers)
    work_off(app, settings)
    return answer


@pytest.mark.parametrize("region", ["350103", "福建省福州市台江区"])
def test_a_program_states_the_report_that_its_files_are_as_the_page_does(own_app, settings, region):
    answer = send_by_program(own_app, settings, {"region": region, "year": "2021"})

    batch = own_app.test_client().get(answer.json["url"]).json
    place = {"name": "台江区", "full_name": "福建省福州市台江区", "code": "350103"}
    assert batch["stated"] == {"region": {**place, "level": "county"}, "year": 2021}
    [upload] = batch["uploads"]
    assert upload["metadata"]["region"]["full_name"] == "福建省福州市台江区"
    assert upload["metadata"]["report_year"] == 2021
    edits = holdings_of(own_app).archive.store.list_edits(upload["document_id"])
    assert {edit.editor for edit in edits} == {"importer"}


def test_a_program_that_states_nothing_is_told_that_nothing_was_stated(own_app, settings):
    answer = send_by_program(own_app, settings, {})

    assert own_app.test_client().get(answer.json["url"]).json["stated"] is None


@pytest.mark.parametrize("query", WITHOUT_SENSE)
def test_a_program_is_refused_places_and_years_without_sense(own_app, settings, query):
    answer = send_by_program(own_app, settings, dict(parse_qsl(query)))

    assert (answer.status_code, answer.json["error"]["code"]) == (400, "parameter")
    assert documents(own_app) == []


def test_what_is_refused_in_the_form_is_refused_when_it_is_sent(own_app, own_client):
    data = {"region": "999999", "year": "2021", "files": [(BytesIO(REPORT), "a.txt")]}

    assert own_client.post("/uploads", data=data, headers=SAME_ORIGIN).status_code == 400
    assert documents(own_app) == []


def test_signing_in_on_the_way_leads_back_to_the_wanted_report(own_app):
    holdings_of(own_app).archive.access.accounts.add("wang", PASSWORD, Role.EDITOR)
    client = own_app.test_client()
    to_sign_in = client.get("/uploads?region=望舒区&year=2023")
    form = page(client, to_sign_in.location).select_one("form.sign-in")
    sent = {one["name"]: one.get("value", "") for one in form.select("input")}

    answer = client.post(
        form["action"], data={**sent, "name": "wang", "password": PASSWORD}, headers=SAME_ORIGIN
    )

    assert "望舒区 2023 年" in page(client, answer.location).select_one(".wanted").get_text()


def test_a_name_of_markup_shows_as_text_and_is_no_place(own_app):
    answer = signed_in(own_app).get("/uploads?region=<script>alert(1)</script>县&year=2021")

    assert "<script>alert" not in answer.text
