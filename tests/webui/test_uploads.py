"""Uploading files, and what is said of each."""

import zipfile
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from archive.intake import keep
from archive.settings import load_settings
from index.builds import LiveIndex
from tests.webui.conftest import signed_in, work_off
from webui import close_app, create_app

SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}
REPORT = (
    "政府工作报告\n（2024年1月9日在澜溪县第五届人民代表大会第三次会议上）\n"
    "澜溪县人民政府县长　辛禾\n各位代表：\n"
    "现在，我代表县人民政府，向大会报告政府工作，请予审议。\n一、2023年工作回顾\n"
    "竹海古道修复三十公里，民宿增加到六十家，山里的年轻人陆续回来，茶园重新有了歌声。\n"
    "二、2024年工作安排\n再修二十公里古道，办好十件实事，让老人有食堂、孩子有操场、出门有公交。\n"
).encode("gb18030")


def upload(client: FlaskClient, *files: tuple[bytes, str], **headers: str):
    data = {"files": [(BytesIO(content), name) for content, name in files]}
    return client.post("/uploads", data=data, headers=headers or SAME_ORIGIN)


def outcomes(client: FlaskClient, *files: tuple[bytes, str]) -> list[str]:
    answer = upload(client, *files)
    assert answer.status_code == 303
    return items(client.get(answer.location).text)


def items(page: str) -> list[str]:
    shown = BeautifulSoup(page, "html.parser")
    return [" ".join(item.get_text(" ").split()) for item in shown.select(".outcomes li")]


def act(client: FlaskClient, page: str, action: str) -> str:
    """Where the button of the first file leads to."""
    shown = BeautifulSoup(client.get(page).text, "html.parser")
    [form] = [one for one in shown.select("form.act") if one["action"].endswith(action)]
    return form["action"]


def zipped(members: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def test_uploaded_report_is_understood_and_found(own_client):
    [outcome] = outcomes(own_client, (REPORT, "澜溪.txt"))
    assert outcome.startswith("已收录 澜溪.txt 政府工作报告 澜溪县 2024年")
    assert "<mark>竹海古道</mark>" in own_client.get("/?q=竹海古道").text


def test_each_file_has_its_own_outcome(own_client):
    first, second, third = outcomes(
        own_client, (b"", "空.txt"), (REPORT, "澜溪.txt"), (b"PK\x03\x04??", "坏.docx")
    )
    assert first.startswith("未能收录 空.txt 空.txt：文件是空的")
    assert second.startswith("已收录 澜溪.txt")
    assert third.startswith("未能收录 坏.docx")


def test_each_file_of_an_archive_has_its_own_outcome(own_client):
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("报告/澜溪.txt", REPORT)
        archive.writestr("空.txt", b"")
        archive.writestr("__MACOSX/._空.txt", b"?")
    good, empty, last = outcomes(own_client, (buffer.getvalue(), "x.zip"), (b"", "末.txt"))
    assert good.startswith("已收录 x.zip › 报告/澜溪.txt 政府工作报告 澜溪县")
    assert empty.startswith("未能收录 x.zip › 空.txt x.zip › 空.txt：文件是空的")
    assert last.startswith("未能收录 末.txt")


def test_archive_that_cannot_be_opened_has_one_outcome(own_client):
    buffer = BytesIO()
    zipfile.ZipFile(buffer, "w").close()
    [outcome] = outcomes(own_client, (buffer.getvalue(), "x.zip"))
    assert outcome.startswith("未能收录 x.zip x.zip：文件是空的")


def test_same_file_again_is_not_added_twice(own_client):
    outcomes(own_client, (REPORT, "澜溪.txt"))
    [outcome] = outcomes(own_client, (REPORT, "另一个名字.txt"))
    assert outcome.startswith("此前已收录 另一个名字.txt")
    assert own_client.get("/readyz").json["documents"] == 1


def test_failure_is_told_in_the_language_of_whoever_looks(own_client):
    answer = upload(own_client, (b"", "empty.txt"))
    shown = own_client.get(answer.location, headers={"Accept-Language": "en"})
    assert "the file is empty" in shown.text


def test_hostile_file_name_shows_as_text(own_client):
    answer = upload(own_client, (REPORT, "<script>{{7*7}}.txt"))
    shown = own_client.get(answer.location).text
    assert "<script>" not in shown
    assert "&lt;script&gt;{{7*7}}.txt" in shown


def test_form_without_files_asks_for_one(own_client):
    answer = upload(own_client)
    assert answer.status_code == 400
    assert "还没有选择文件" in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Referer": "https://elsewhere.example/uploads"},
        {"X-Nothing": "said"},
    ],
)
def test_upload_from_elsewhere_is_refused(own_client, headers):
    answer = upload(own_client, (REPORT, "澜溪.txt"), **headers)
    assert answer.status_code == 403
    assert own_client.get("/readyz").json["documents"] == 0


@pytest.mark.parametrize(
    "headers", [{"Origin": "http://localhost"}, {"Referer": "http://localhost/uploads"}]
)
def test_upload_from_a_page_of_this_site_is_taken(own_client, headers):
    assert upload(own_client, (REPORT, "澜溪.txt"), **headers).status_code == 303


def test_upload_above_the_limit_is_refused_with_the_limit(tmp_path):
    app = create_app(load_settings(tmp_path, {"max_upload_mb": 1}, environment={}))
    answer = signed_in(app).post(
        "/uploads",
        data=b"x" * 1_100_000,
        content_type="multipart/form-data; boundary=b",
        headers=SAME_ORIGIN,
    )
    assert answer.status_code == 413
    assert "1 MB 的上限" in answer.text
    close_app(app)


def test_unknown_batch_is_404(own_client):
    assert own_client.get("/uploads/none").status_code == 404


def test_upload_while_another_process_writes_is_kept_and_found_when_that_has_ended(
    own_app, own_client, settings, monkeypatch
):
    monkeypatch.setattr("index.engines.whoosh.writer.WAIT_SECONDS", 0.1)
    outcomes(own_client, (REPORT, "澜溪.txt"))
    with LiveIndex(settings.search).engine().batch():
        answer = upload(own_client, (REPORT + "竹海古道另立碑亭。".encode("gb18030"), "又一份.txt"))
        assert "已保存，正在编入索引" in own_client.get(answer.location).text
        assert own_client.get("/api/v1/search?q=竹海古道").json["total"] == 1

    work_off(own_app, settings)

    [outcome] = items(own_client.get(answer.location).text)
    assert outcome.startswith("已收录 又一份.txt")
    assert own_client.get("/api/v1/search?q=竹海古道").json["total"] == 2


def test_fault_of_ours_in_one_file_stops_no_other(own_client, monkeypatch, caplog):
    def keep_or_break(prepared, archive):
        if prepared.page.document.original.file_name == "bug.txt":
            raise RuntimeError("a bug")
        return keep(prepared, archive)

    monkeypatch.setattr("index.worker.keep", keep_or_break)
    first, second = outcomes(
        own_client, (REPORT + "另一段。".encode("gb18030"), "bug.txt"), (REPORT, "澜溪.txt")
    )
    assert first == "未能收录 bug.txt bug.txt：无法收录。 重试"
    assert second.startswith("已收录 澜溪.txt")
    assert "a bug" in caplog.text


def test_request_keeps_bytes_and_row_and_reads_nothing(own_app, settings, monkeypatch):
    def refuse(*_arguments):
        raise AssertionError("read or indexed in a request")

    for name in ("archive.preparation.ingest_page", "archive.containers.zip_kind"):
        monkeypatch.setattr(name, refuse)
    monkeypatch.setattr("webui.holdings.index_pending", refuse)
    client = signed_in(own_app)

    answer = upload(client, (REPORT, "澜溪.txt"), (zipped({"空.txt": b""}), "x.zip"))

    assert answer.status_code == 303
    assert items(client.get(answer.location).text) == [
        "已收到，等待读取 澜溪.txt 取消",
        "已收到，等待读取 x.zip 取消",
    ]
    kept = [path.read_bytes() for path in settings.originals.glob("*/*")]
    assert REPORT in kept


def test_page_comes_again_by_itself_only_while_something_is_under_way(own_app, settings):
    client = signed_in(own_app)
    answer = upload(client, (REPORT, "澜溪.txt"))
    before = client.get(answer.location).text
    assert 'http-equiv="refresh"' in before
    assert "batch.js" in before
    assert "还有 1 份正在处理" in before

    work_off(own_app, settings)

    after = client.get(answer.location).text
    assert 'http-equiv="refresh"' not in after
    assert "batch.js" not in after


def test_file_that_waits_can_be_cancelled_and_retried(own_app, settings):
    client = signed_in(own_app)
    answer = upload(client, (REPORT, "澜溪.txt"))
    cancelling = act(client, answer.location, "cancel")

    assert client.post(cancelling, headers=SAME_ORIGIN).location == answer.location
    work_off(own_app, settings)
    assert items(client.get(answer.location).text) == ["已取消 澜溪.txt 重试"]
    assert client.get("/api/v1/health").json["documents"] == 0

    client.post(act(client, answer.location, "retry"), headers=SAME_ORIGIN)
    work_off(own_app, settings)
    [outcome] = items(client.get(answer.location).text)
    assert outcome.startswith("已收录 澜溪.txt")


def test_file_that_was_added_can_be_neither_cancelled_nor_retried(own_client):
    answer = upload(own_client, (REPORT, "澜溪.txt"))

    for action in ("cancel", "retry"):
        own_client.post(f"{answer.location}/1/{action}", headers=SAME_ORIGIN)

    [outcome] = items(own_client.get(answer.location).text)
    assert outcome.startswith("已收录 澜溪.txt")


@pytest.mark.parametrize("action", ["cancel", "retry"])
def test_only_pages_of_this_site_act_on_uploads_and_only_on_their_own(own_app, action):
    client = signed_in(own_app)
    answer, other = (upload(client, (REPORT, "澜溪.txt")) for _ in range(2))

    assert client.post(f"{answer.location}/1/{action}").status_code == 403
    of_other_batch = client.post(f"{other.location}/1/{action}", headers=SAME_ORIGIN)
    assert of_other_batch.status_code == 404
    assert "已收到，等待读取" in client.get(answer.location).text
