"""Writes that somebody else wants: forged forms, fixed sessions, stolen and changed cookies."""

import sqlite3
from contextlib import closing

import pytest

from tests.attacks.visitor import NAME, Visitor

REPORT = (
    "政府工作报告\n各位代表：现在，我代表县人民政府，向大会报告政府工作，请予审议。\n一、工作\n修路。"
).encode()


def uploads(home) -> int:
    with closing(sqlite3.connect(home / "archive.sqlite")) as connection:
        return connection.execute("SELECT count(*) FROM uploads").fetchone()[0]


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Sec_Fetch_Site": "none"},
        {"Sec_Fetch_Site": "", "Origin": "https://elsewhere.example"},
        {"Sec_Fetch_Site": "", "Origin": "null"},
        {"Sec_Fetch_Site": "", "Referer": "https://elsewhere.example/"},
        {"Sec_Fetch_Site": "", "Origin": "http://127.0.0.1.elsewhere.example"},
    ],
)
@pytest.mark.parametrize("path", ["/uploads", "/api/v1/uploads"])
def test_form_of_another_site_uploads_nothing(editor, home, path, headers):
    before = uploads(home)
    assert editor.upload(REPORT, "伪造.txt", path, **headers).status == 403
    assert uploads(home) == before


@pytest.mark.parametrize("kind", ["text/plain", "application/json", "application/octet-stream"])
def test_body_that_another_site_may_send_unasked_uploads_nothing(editor, kind):
    answer = editor.ask("POST", "/uploads", REPORT, Content_Type=kind, Sec_Fetch_Site="same-origin")
    assert answer.status == 403


def test_mark_in_the_address_is_worth_nothing(editor):
    mark = editor.mark("/uploads")
    assert editor.post(f"/uploads?csrf={mark}", {}).status == 403


def test_mark_of_another_session_is_worth_nothing(editor, stranger):
    assert editor.post("/uploads", {"csrf": stranger.mark()}).status == 403
    assert editor.post("/sign-out", {"csrf": stranger.mark()}).status == 403
    assert NAME in editor.get("/documents").text


def test_nobody_can_be_signed_in_by_another_site(stranger):
    fields = {"csrf": stranger.mark()}
    answer = stranger.post("/sign-in", fields, Sec_Fetch_Site="cross-site")
    assert answer.status == 403
    assert stranger.post("/sign-in", {"name": NAME, "password": "x"}).status == 403


def test_session_that_somebody_prepared_is_not_the_one_that_is_signed_in(server):
    attacker = Visitor(server.port)
    mark = attacker.mark()
    prepared = dict(attacker.cookies)

    victim = Visitor(server.port, dict(prepared))
    assert victim.sign_in().status == 303

    assert victim.cookies["zhengwen_session"] != prepared["zhengwen_session"]
    assert attacker.get("/uploads").status == 303
    assert victim.post("/uploads", {"csrf": mark}).status == 403
    assert victim.mark("/uploads") != mark


def test_signing_in_again_ends_the_session_before(server):
    visitor = Visitor(server.port)
    visitor.sign_in()
    before = Visitor(server.port, dict(visitor.cookies))
    visitor.sign_in()
    assert visitor.get("/uploads").status == 200
    assert before.get("/uploads").status == 303


def test_cookie_that_was_changed_or_made_up_signs_nobody_in(server, editor):
    kept = editor.cookies["zhengwen_session"]
    head, _, signature = kept.rpartition(".")
    middle = len(signature) // 2
    other = "A" if signature[middle] != "A" else "B"
    for made in (
        f"{head}.{signature[:middle]}{other}{signature[middle + 1 :]}",
        f"x{kept}",
        head,
        "eyJpZCI6IngifQ.aaaaaa.aaaa",
        "",
        '"',
        "x" * 3_000,
    ):
        answer = Visitor(server.port, {"zhengwen_session": made}).get("/uploads")
        assert answer.status == 303, made


def test_session_cookie_is_out_of_reach_of_scripts_and_of_other_sites(server):
    visitor = Visitor(server.port)
    visitor.mark()
    answer = visitor.sign_in()
    [cookie] = [c for c in answer.all("Set-Cookie") if c.startswith("zhengwen_session=")]
    flags = {part.strip().lower() for part in cookie.split(";")[1:]}
    assert {"httponly", "samesite=lax", "path=/"} <= flags
    assert not any(flag.startswith("domain") for flag in flags)


def test_reading_changes_nothing_whatever_the_method_is_called(editor, home):
    before = uploads(home)
    mark = editor.mark("/uploads")
    for headers in (
        {"X_HTTP_Method_Override": "POST"},
        {"X_HTTP_Method": "DELETE"},
        {"X_Method_Override": "PUT"},
    ):
        assert editor.get(f"/uploads?_method=POST&csrf={mark}", **headers).status == 200
        assert editor.get("/documents?_method=DELETE", **headers).status == 200
    for method in ("PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "PROPFIND", "FOO"):
        answer = editor.ask(method, "/documents", None, Sec_Fetch_Site="same-origin")
        assert answer.status in (400, 403, 405, 501), method
        assert editor.cookies["zhengwen_session"] not in answer.text
    assert uploads(home) == before


def test_post_that_calls_itself_get_is_a_write_all_the_same(stranger):
    answer = stranger.post("/uploads", {"_method": "GET"}, X_HTTP_Method_Override="GET")
    assert answer.status == 401


@pytest.mark.parametrize(
    "target",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "/\\elsewhere.example",
        "/%09/elsewhere.example",
        "https:elsewhere.example",
        "/documents\r\nSet-Cookie: taken=1",
        "javascript:alert(1)",
    ],
)
def test_nobody_is_led_to_another_site_after_signing_in(server, target):
    visitor = Visitor(server.port)
    answer = visitor.sign_in(next=target)
    assert answer.status == 303
    location = answer.header("Location")
    assert location.startswith("/")
    assert location in ("/", "/%09/elsewhere.example")
    assert "taken" not in visitor.cookies
    form = visitor.get("/sign-in?next=https://elsewhere.example/").page
    assert form.select_one("input[name=next]")["value"] == "/"
