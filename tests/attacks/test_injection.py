"""Text that wants to be more: HTML, SQL, header lines, paths."""

import hashlib
import json
import re
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from io import BytesIO
from urllib.parse import quote
from xml.etree import ElementTree

import pytest

from archive.settings import load_settings
from tests.attacks.visitor import Visitor
from webui.app import close_app, create_app
from webui.programs.table import OPERATIONS

SCRIPT = "<script>alert(1)</script>"
PICTURE = '"><img src=x onerror=alert(1)>'
TEMPLATE = "{{7*7}}${7*7}<%=7*7%>"
HOSTILE = f"{SCRIPT}{PICTURE}'{TEMPLATE}"
BAD_ATTRIBUTES = re.compile("^on|^style$|^srcdoc$", re.IGNORECASE)

REPORT = (
    f"政府工作报告{SCRIPT}\n（2024年1月9日在澜溪县第五届人民代表大会第三次会议上）\n"
    f"澜溪县人民政府县长　辛禾\n各位代表：\n"
    "现在，我代表县人民政府，向大会报告政府工作，请予审议。\n一、2023年工作回顾\n"
    f"竹海古道{HOSTILE}修复三十公里，民宿增加到六十家，山里的年轻人陆续回来。\n"
    f"二、2024年工作安排{PICTURE}\n再修二十公里古道，办好十件实事，让老人有食堂、出门有公交。\n"
).encode()
FILE_NAME = "%22><img src=x onerror=alert(1)>{{7*7}}'.txt"
"""As browsers send a quotation mark within a file's name."""


def assert_shown_as_text(answer) -> None:
    """No element or attribute but those of our templates; no template is filled in twice."""
    page = answer.page
    assert page.find_all(["iframe", "object", "embed", "foreignobject", "base"]) == []
    scripts = page.find_all("script")
    assert all(one.get("src", "").startswith("/static/") and not one.text for one in scripts)
    assert [img for img in page.find_all("img") if not img["src"].startswith("/static/")] == []
    for element in page.find_all(True):
        assert [name for name in element.attrs if BAD_ATTRIBUTES.match(name)] == []
        for name in ("href", "src", "action", "formaction"):
            address = str(element.get(name, "")).strip().lower()
            assert not address.startswith(("javascript:", "data:", "vbscript:", "//"))
    assert "49${" not in answer.text
    policy = answer.header("Content-Security-Policy")
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


@pytest.fixture(scope="module")
def attacked(home, _signed_in):
    """The id of a report that is hostile in every field, and the page of its upload."""
    batch = _signed_in.settled(_signed_in.upload(REPORT, FILE_NAME).header("Location"))
    document = json.loads(_signed_in.get("/api/v1/search?q=" + quote("竹海古道")).body)["hits"][0]
    document_id = document["document_id"]
    run = [sys.executable, "-m", "scripts.cli", "--home", home, "edit", document_id]
    edits = [f"source_site={HOSTILE}", f"speaker={HOSTILE}", f"title={HOSTILE}"]
    subprocess.run([*run, *edits, "--by", HOSTILE], check=True, capture_output=True)
    return document_id, batch


def test_hostile_report_is_text_on_every_page(editor, attacked):
    document_id, batch = attacked
    query = quote("竹海古道")
    for path in (
        "/",
        "/documents",
        batch,
        f"/?q={query}",
        f"/?q={quote('alert')}",
        f"/documents/{document_id}",
        f"/documents/{document_id}?q={query}&removed=1",
        f"/documents/{document_id}/edit",
    ):
        answer = editor.get(path)
        assert answer.status == 200, path
        assert_shown_as_text(answer)
    shown = editor.get(f"/documents/{document_id}/edit").page.get_text()
    assert shown.count(HOSTILE) >= 4
    assert SCRIPT in editor.get(f"/documents/{document_id}").page.get_text()
    assert "img src=x" in editor.get(batch).page.get_text()


def test_hostile_values_of_an_edit_are_text_or_refused(editor, attacked):
    document_id, _ = attacked
    path = f"/documents/{document_id}/edit"
    form = editor.get(path).page
    known = {one["name"]: one.get("value", "") for one in form.select("form.edit input")}
    known["category"] = "report"
    for name in known.keys() - {"csrf", "revision"}:
        answer = editor.post(path, {**known, name: HOSTILE, "revision": "0"})
        assert answer.status == 409, name
        assert_shown_as_text(answer)
    answer = editor.post(path, {**known, "source_url": "javascript:alert(1)"})
    assert answer.status == 400
    assert_shown_as_text(answer)


NARROWING = (
    *("year", "from", "to", "region", "place", "level", "part", "category", "source"),
    *("sort", "unit", "offset", "limit", "after"),
)
TRENDS = ("q", "by", "lookalikes", *NARROWING)
PARAMETERS = {
    "/": ("q", "view", "width", "context", "lang", "unknown", *NARROWING),
    "/documents": ("lang", "q"),
    "/documents/DOCUMENT": ("q", "removed", "edit", "lang"),
    "/documents/DOCUMENT/edit": ("lang", "q"),
    "/originals/SHA256": ("q",),
    "/uploads": ("lang",),
    "/uploads/x": ("lang",),
    "/help": ("lang",),
    "/about": ("lang",),
    "/sign-in": ("next", "name", "lang"),
    "/sign-in/once/x": ("lang",),
    "/cite/PARAGRAPH": ("format", "lang"),
    "/export/csv": ("q", *NARROWING),
    "/export/jsonl": ("q",),
    "/export/xlsx": ("q",),
    "/feed": ("q", "lang", *NARROWING),
    "/opensearch.xml": ("lang",),
    "/coverage": ("province", "level", "lookalikes", "lang"),
    "/coverage.csv": ("province", "level", "lookalikes"),
    "/trends": ("lang", *TRENDS),
    "/trends.csv": TRENDS,
    "/trends.json": TRENDS,
    "/trends-columns.csv": ("lang",),
    "/healthz": ("lang",),
    "/readyz": ("lang",),
    "/metrics": ("name[]",),
    **{
        operation.path: (*(one.name for one in operation.parameters), "lang")
        for operation in OPERATIONS
    },
}
"""Every address that is read -> its parameters; a test holds it against the application."""

ASKED_WITH = dict.fromkeys(("/", "/export/csv", "/feed", "/trends.csv", "/trends.json"), "q=x&")
ASKED_WITH |= {"/trends": "q=x&", "/api/v1/search": "q=x&", "/api/v1/trends": "q=x&"}
"""What an address needs before its other parameters are looked at."""

SQL = (
    "' OR '1'='1",
    '" OR ""="',
    "'; DROP TABLE documents; --",
    "1); DELETE FROM accounts; --",
    "' UNION SELECT name, password_hash FROM accounts --",
    "%' --",
    "\\'; SELECT load_extension('x'); --",
    "2024 OR 1=1",
    "\x00' OR 1=1",
)


@pytest.fixture(scope="module")
def addresses(_signed_in, attacked):
    """A function value -> the value in every parameter of every address that is read."""
    document_id, batch = attacked
    document = json.loads(_signed_in.get(f"/api/v1/documents/{document_id}").body)
    names = {
        "DOCUMENT": document_id,
        "{document_id}": document_id,
        "{batch_id}": batch.rsplit("/", 1)[-1],
        "SHA256": hashlib.sha256(REPORT).hexdigest(),
        "PARAGRAPH": document["paragraphs"][0]["paragraph_id"],
        "{paragraph_id}": document["paragraphs"][0]["paragraph_id"],
    }

    def fill(path: str) -> str:
        for name, value in names.items():
            path = path.replace(name, value)
        return path

    return lambda value: [
        f"{fill(path)}?{ASKED_WITH.get(path, '') if name != 'q' else ''}{name}={quote(value)}"
        for path, parameters in PARAMETERS.items()
        for name in parameters
    ]


def test_every_address_that_is_read_is_attacked(make_own_home):
    app = create_app(load_settings(make_own_home(), environment={}))
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in rule.methods]
    close_app(app)
    matching = [
        re.compile(re.sub("<[^>]+>", "[^/]+", rule.rule) + "$")
        for rule in rules
        if rule.endpoint != "static"
    ]
    assert [one.pattern for one in matching if not any(map(one.match, PARAMETERS))] == []


def assert_is_no_more_than_text(answer) -> None:
    """A page shows it as text; in other formats it stands within a string or an element."""
    kind = answer.header("Content-Type").split(";")[0]
    if kind == "text/html":
        assert_shown_as_text(answer)
        assert "\x00" not in answer.text
        assert "\x1b" not in answer.text
    elif kind == "application/json":
        json.loads(answer.body)
    elif kind.endswith("xml"):
        elements = ElementTree.fromstring(answer.body).iter()
        names = {one.tag.rsplit("}")[-1].lower() for one in elements}
        assert not names & {"script", "img"}
    else:
        assert answer.header("X-Content-Type-Options") == "nosniff"
        assert answer.header("Content-Disposition").startswith("attachment") or kind == "text/plain"


@pytest.mark.parametrize("value", [HOSTILE, "javascript:alert(1)", "\u202e<b>\x00\x1b[31m"])
def test_hostile_parameter_is_text_wherever_it_is_shown(stranger, editor, addresses, value):
    for visitor in (stranger, editor):
        for address in addresses(value):
            answer = visitor.get(address)
            assert answer.status in (200, 303, 400, 404), address
            assert_is_no_more_than_text(answer)


def test_names_that_mean_something_to_the_making_of_links_mean_nothing_in_addresses(stranger):
    for name in ("_scheme", "_external", "_anchor", "_method", "endpoint", "values", "self"):
        for path in ("/", "/documents", "/help", "/sign-in"):
            answer = stranger.get(f"{path}?{name}=javascript&_external=1")
            assert answer.status == 200, name
            assert_shown_as_text(answer)
            [chinese, _] = answer.page.select(".colophon nav a")
            assert chinese["href"].startswith(f"{path}?{name}=javascript")


def test_hostile_path_is_text(stranger):
    for path in (quote(HOSTILE, safe=""), quote("\r\nSet-Cookie: taken=1"), "%00", "%ff%fe"):
        for place in ("/", "/documents/", "/originals/", "/uploads/", "/api/v1/", "/sign-in/once/"):
            answer = stranger.get(place + path)
            assert answer.status in (400, 404), place + path
            assert "taken" not in stranger.cookies
            if "html" in answer.header("Content-Type"):
                assert_shown_as_text(answer)


def tables(home) -> dict[str, int]:
    with closing(sqlite3.connect(home / "archive.sqlite")) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
            for (name,) in names
        }


def test_sql_is_text_in_every_parameter(editor, home, addresses):
    before = tables(home)
    for value in SQL:
        for address in addresses(value):
            answer = editor.get(address)
            assert answer.status in (200, 400, 404), address
            assert b"scrypt:" not in answer.body
            assert b"sqlite" not in answer.body.lower()
        for place in ("/documents/", "/originals/", "/uploads/", "/api/v1/uploads/"):
            assert editor.get(place + quote(value, safe="")).status == 404, place + value
        total = json.loads(
            editor.get(f"/api/v1/search?q={quote(chr(34) + '竹海古道' + chr(34))}").body
        )
        assert total["total"] == 1
    assert tables(home) == before


def test_sql_opens_no_account_and_is_no_token(server, home):
    for number, value in enumerate(SQL):
        name, password = (value, "x") if number % 2 else ("nobody", value)
        answer = Visitor(server.port).sign_in(name=name, password=password)
        assert answer.status in (401, 429)
        token = quote(value)
        upload = Visitor(server.port).upload(
            b"x", "x.txt", "/api/v1/uploads", Authorization=f"Bearer {token}"
        )
        assert upload.status == 401


TRAVERSALS = (
    "../archive.sqlite",
    "..%2farchive.sqlite",
    "%2e%2e/%2e%2e/archive.sqlite",
    "....//....//archive.sqlite",
    "..%5c..%5carchive.sqlite",
    "..%252f..%252farchive.sqlite",
    "%c0%ae%c0%ae/archive.sqlite",
    "/etc/passwd",
    "%2fetc%2fpasswd",
    "../../../../../../../../etc/passwd",
    "..;/archive.sqlite",
    "base.css%00.png",
    "file:///etc/passwd",
    "../app.py",
    "../templates/base.html",
    "../../session.key",
)


@pytest.mark.parametrize("place", ["/static/", "/originals/", "/documents/", "/uploads/", "/"])
def test_no_path_leads_out_of_its_folder(stranger, home, place):
    key = (home / "session.key").read_bytes()
    for path in TRAVERSALS:
        said = stranger.raw(
            f"GET {place}{path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode()
        )
        status = int(said.split(b" ", 2)[1])
        # A path that only says what the first page is called otherwise may be led there.
        assert status in (301, 308, 400, 404), place + path
        for secret in (b"SQLite format", b"root:", b"create_app", b"{% block", key):
            assert secret not in said


@pytest.mark.parametrize(
    "path",
    ["/static", "/static/", "/originals", "/originals/", "/uploads/", "/documents/", "/api/"],
)
def test_no_folder_is_listed(stranger, path):
    answer = stranger.get(path)
    assert answer.status in (301, 308, 404)
    assert "base.css</" not in answer.text


@pytest.mark.parametrize(
    "file_name", ["../../../逃.txt", "/tmp/逃.txt", "..\\\\..\\\\逃.txt", "C:\\\\逃.txt"]
)
def test_file_is_kept_under_its_hash_whatever_its_name_is(editor, home, file_name):
    before = set(home.parent.rglob("*逃*"))
    assert editor.upload(REPORT + file_name.encode(), file_name).status == 303
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(file_name, REPORT + b"zip" + file_name.encode())
    assert editor.upload(buffer.getvalue(), "x.zip").status == 303
    assert set(home.parent.rglob("*逃*")) == before
    kept = [path for path in (home / "originals").rglob("*") if path.is_file()]
    assert [path.name for path in kept if not re.fullmatch("[0-9a-f]{64}", path.name)] == []


def test_line_breaks_in_a_name_make_no_header(editor):
    name = "报告%0D%0ASet-Cookie: taken=1%0D%0A\r\n X-Taken: 1.txt".replace("\r\n", "%0d%0a")
    batch = editor.settled(editor.upload(REPORT + b"lines", name).header("Location"))
    document = editor.get(batch).page.select_one(".outcomes .name a")["href"]
    [original] = [
        link["href"] for link in editor.get(document).page.select("a[href^='/originals/']")
    ][:1]
    answer = editor.get(original)
    assert answer.status == 200
    assert "taken" not in editor.cookies
    assert answer.all("X-Taken") == []


def test_original_is_saved_and_never_shown_as_a_page(editor, attacked):
    document_id, _ = attacked
    links = editor.get(f"/documents/{document_id}").page.select("a[href^='/originals/']")
    answer = editor.get(links[0]["href"])
    assert answer.body == REPORT
    assert answer.header("Content-Type") == "application/octet-stream"
    assert answer.header("Content-Disposition").startswith("attachment")
    assert answer.header("X-Content-Type-Options") == "nosniff"
    policy = answer.header("Content-Security-Policy")
    assert "sandbox" in policy
    assert "default-src 'none'" in policy
