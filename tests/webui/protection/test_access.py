"""Who may do what: signing in and out, roles, tokens, private reading, the log of writes."""

from io import BytesIO
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from werkzeug.routing import IntegerConverter

from archive.access import passwords
from archive.access.access import rotate_key
from archive.access.accounts import Accounts, Role
from archive.settings import load_settings
from tests.webui.conftest import signed_in, work_off
from webui import close_app, create_app
from webui.holdings import holdings_of
from webui.protection.access import needs
from webui.protection.signing import LINK_MINUTES, Links, make_link, safe_path
from webui.protection.throttle import FREE_FOR_ADDRESS, Throttle

SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}
PASSWORD = "竹海古道，四十公里长"
SAFE = {"GET", "HEAD", "OPTIONS"}
OPEN_WRITES = {"signing.sign_in", "signing.sign_out"}


@pytest.fixture
def access(own_app):
    access = holdings_of(own_app).archive.access
    access.accounts.add("wang", PASSWORD, Role.EDITOR)
    return access


def mark_of(client, address="/sign-in") -> str:
    page = BeautifulSoup(client.get(address).text, "html.parser")
    return page.select_one("input[name=csrf]")["value"]


def sign_in(client, name="wang", password=PASSWORD, **fields):
    data = {"csrf": mark_of(client), "name": name, "password": password, **fields}
    return client.post("/sign-in", data=data, headers=SAME_ORIGIN)


def session_of(client) -> str | None:
    cookie = client.get_cookie("zhengwen_session")
    return cookie.value if cookie else None


def address_of(app: Flask, endpoint: str) -> str:
    rule = next(rule for rule in app.url_map.iter_rules() if rule.endpoint == endpoint)
    values = {
        name: 1 if isinstance(converter, IntegerConverter) else "x"
        for name, converter in rule._converters.items()
    }
    return app.url_map.bind("localhost").build(endpoint, values)


def written(app: Flask) -> list[tuple[str, str]]:
    """Every endpoint that writes, with its method."""
    return [
        (rule.endpoint, method)
        for rule in app.url_map.iter_rules()
        for method in sorted(rule.methods - SAFE)
    ]


def test_every_write_needs_an_account(own_app):
    client = own_app.test_client()
    answers = {
        endpoint: client.open(
            address_of(own_app, endpoint), method=method, headers=SAME_ORIGIN
        ).status_code
        for endpoint, method in written(own_app)
        if endpoint not in OPEN_WRITES
    }
    assert len(answers) >= 3
    assert set(answers.values()) == {401}


def test_every_write_is_refused_without_the_mark_of_the_session(own_app, access):
    client = own_app.test_client()
    sign_in(client)
    for given in ("", "another mark"):
        for endpoint, method in written(own_app):
            answer = client.open(
                address_of(own_app, endpoint),
                method=method,
                headers=SAME_ORIGIN,
                data={"csrf": given},
            )
            assert (endpoint, answer.status_code) == (endpoint, 403)
            assert "表单" in answer.text


def test_every_write_is_refused_from_another_site(own_app, access):
    client = own_app.test_client()
    sign_in(client)
    mark = mark_of(client, "/uploads")
    for headers in ({"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "same-site"}, {}):
        for endpoint, method in written(own_app):
            answer = client.open(
                address_of(own_app, endpoint), method=method, headers=headers, data={"csrf": mark}
            )
            assert (endpoint, answer.status_code) == (endpoint, 403)


def test_every_write_is_refused_to_a_reader(own_app):
    client = signed_in(own_app, "reader", Role.READER)
    for endpoint, method in written(own_app):
        if endpoint not in OPEN_WRITES:
            answer = client.open(address_of(own_app, endpoint), method=method, headers=SAME_ORIGIN)
            assert (endpoint, answer.status_code) == (endpoint, 403)
            assert "编辑" in answer.text


def test_page_that_is_added_later_is_protected_without_a_word(settings):
    app = create_app(settings)
    app.add_url_rule("/new", "new", lambda: "done", methods=["POST", "DELETE"])
    app.add_url_rule("/manage", "manage", needs(Role.ADMIN)(lambda: "done"), methods=["PUT"])

    assert app.test_client().delete("/new", headers=SAME_ORIGIN).status_code == 401
    editor, admin = signed_in(app), signed_in(app, "admin", Role.ADMIN)
    assert editor.delete("/new", headers=SAME_ORIGIN).status_code == 200
    assert editor.put("/manage", headers=SAME_ORIGIN).status_code == 403
    assert admin.put("/manage", headers=SAME_ORIGIN).status_code == 200
    close_app(app)


def test_signing_in_leads_on_and_signing_out_ends_the_session_everywhere(own_app, access):
    client = own_app.test_client()
    answer = sign_in(client, next="/documents?lang=zh")
    assert (answer.status_code, answer.location) == (303, "/documents?lang=zh")
    assert "wang" in client.get("/documents").text
    stolen = session_of(client)

    client.post("/sign-out", data={"csrf": mark_of(client)}, headers=SAME_ORIGIN)

    thief = own_app.test_client()
    thief.set_cookie("zhengwen_session", stolen)
    assert client.get("/uploads").status_code == 303
    assert thief.get("/uploads").status_code == 303


def test_unknown_account_and_wrong_password_get_the_same_answer(own_app, access):
    answers = [
        sign_in(own_app.test_client(), name, "a wrong password") for name in ("wang", "nobody")
    ]
    shown = [
        answer.text.replace("nobody", "wang").replace(
            BeautifulSoup(answer.text, "html.parser").select_one("[name=csrf]")["value"], ""
        )
        for answer in answers
    ]
    assert [answer.status_code for answer in answers] == [401, 401]
    assert shown[0] == shown[1]


def test_unknown_account_costs_one_comparison_of_the_same_hash(own_app, access, monkeypatch):
    seen = []
    compare = passwords.check_password_hash
    monkeypatch.setattr(
        passwords,
        "check_password_hash",
        lambda kept, given: seen.append(kept.split("$")[0]) or compare(kept, given),
    )
    access.accounts.add("demo", None, Role.EDITOR)
    for name in ("wang", "nobody", "demo"):
        sign_in(own_app.test_client(), name, "a wrong password")
    assert seen == ["scrypt:32768:8:3"] * 3


@pytest.fixture
def no_time_passes(own_app):
    """Between attempts to sign in, however busy the machine is."""
    own_app.extensions["zhengwen_throttle"] = Throttle(lambda: 1000.0)


@pytest.mark.usefixtures("no_time_passes")
def test_guessing_is_answered_with_growing_delays_even_for_the_right_password(own_app, access):
    client = own_app.test_client()
    statuses = [sign_in(client, password="a wrong password").status_code for _ in range(5)]
    assert statuses == [401, 401, 401, 401, 429]

    answer = sign_in(client)

    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "6"
    assert sign_in(own_app.test_client(), "other", "a wrong password").status_code == 401


@pytest.mark.usefixtures("no_time_passes")
def test_whoever_guesses_from_all_addresses_of_one_subscriber_is_delayed_as_one(
    own_app, monkeypatch
):
    monkeypatch.setattr(Accounts, "verify", lambda *_given: None)
    client, statuses = own_app.test_client(), []
    for number in range(FREE_FOR_ADDRESS + 1):
        client.environ_base["REMOTE_ADDR"] = f"2001:db8:1:2::{number}"
        statuses.append(sign_in(client, f"account{number}").status_code)

    assert statuses == [401] * FREE_FOR_ADDRESS + [429]


def test_session_ends_when_the_key_changes(own_app, access, settings):
    client = own_app.test_client()
    sign_in(client)
    assert client.get("/uploads").status_code == 200
    rotate_key(settings.home)
    assert client.get("/uploads").status_code == 303


def test_link_signs_in_once_from_this_machine_only(own_app, access):
    path = make_link(own_app, "wang")
    client = own_app.test_client()
    assert client.head(path).status_code == 404
    assert client.get(path, headers={"Sec-Purpose": "prefetch"}).status_code == 404
    afar = client.get(path, environ_base={"REMOTE_ADDR": "192.0.2.7"})
    assert afar.status_code == 404

    assert client.get(path).location == "/uploads"
    assert client.get("/uploads").status_code == 200
    assert own_app.test_client().get(path).status_code == 404


def test_link_ends_with_its_time():
    clock = SimpleNamespace(now=0.0)
    links = Links(lambda: clock.now)
    early, late = links.make("wang"), links.make("wang")
    clock.now = LINK_MINUTES * 60 - 1
    assert links.use(early) == "wang"
    clock.now += 1
    assert links.use(late) is None


@pytest.mark.parametrize(
    "given",
    [
        "https://elsewhere.example/",
        "//elsewhere.example",
        "/\\elsewhere.example",
        "\\\\elsewhere.example",
        "///elsewhere.example",
        "/\t/elsewhere.example",
        "javascript:alert(1)",
        "elsewhere",
        "/x\r\nSet-Cookie: a=b",
        "http:elsewhere.example",
        "//[x",
        "",
    ],
)
def test_nobody_is_led_to_another_site(given):
    assert safe_path(given) == "/"


def upload_to_api(client, report, token=None, **headers):
    if token:
        headers["Authorization"] = f"Bearer {token}"
    return client.post(
        "/api/v1/uploads", data={"files": [(BytesIO(report), "新.txt")]}, headers=headers
    )


def test_program_uploads_with_a_token_and_asks_what_became_of_it(
    own_app, access, report_of, settings
):
    client = own_app.test_client()
    token = access.tokens.add("importer", Role.EDITOR)

    answer = upload_to_api(client, report_of("竹海古道修到山顶。"), token)

    assert answer.status_code == 202
    assert answer.headers["Location"] == answer.json["url"]
    work_off(own_app, settings)
    state = client.get(answer.json["url"]).json
    assert state["batch"] == answer.json["batch"]
    [upload] = state["uploads"]
    assert (upload["file_name"], upload["state"]) == ("新.txt", "searchable")
    assert upload["metadata"]["report_year"] == 2024
    assert client.get("/api/v1/search?q=竹海古道").json["total"] == 1


@pytest.mark.parametrize("token", [None, "zhengwen_x", ""])
def test_program_without_a_valid_token_is_told_how_to_get_one(own_app, access, report_of, token):
    answer = upload_to_api(own_app.test_client(), report_of("一"), token)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert "zhengwen token add" in answer.json["error"]["message"]


def test_revoked_token_and_token_of_a_reader_write_nothing(own_app, access, report_of):
    client = own_app.test_client()
    revoked, reader = (
        access.tokens.add("old", Role.EDITOR),
        access.tokens.add("reader", Role.READER),
    )
    access.tokens.revoke("old")
    assert upload_to_api(client, report_of("一"), revoked).status_code == 401
    assert upload_to_api(client, report_of("一"), reader).status_code == 403
    assert holdings_of(own_app).archive.store.list_revisions() == {}


def test_upload_of_nothing_is_400_and_an_unknown_batch_404(own_app, access):
    client = own_app.test_client()
    token = access.tokens.add("importer", Role.EDITOR)
    answer = client.post("/api/v1/uploads", headers={"Authorization": f"Bearer {token}"})
    assert (answer.status_code, answer.json["error"]["code"]) == (400, "parameter")
    assert client.get("/api/v1/uploads/none").status_code == 404


def test_every_write_and_every_attempt_to_sign_in_stands_in_the_log(own_app, access, report_of):
    client = own_app.test_client()
    sign_in(client, password="a wrong password")
    sign_in(client)
    data = {"csrf": mark_of(client, "/uploads"), "files": [(BytesIO(report_of("一")), "新.txt")]}
    batch = client.post("/uploads", data=data, headers=SAME_ORIGIN).location.split("/")[-1]
    upload_to_api(client, report_of("二"), access.tokens.add("importer", Role.EDITOR))
    client.post("/sign-out", data={"csrf": mark_of(client)}, headers=SAME_ORIGIN)

    entries = list(reversed(access.audit.list(10)))

    assert [(e.deed.via, e.deed.actor, e.deed.action, e.outcome) for e in entries] == [
        ("web", "wang", "POST signing.sign_in", "401"),
        ("web", "wang", "POST signing.sign_in", "303"),
        ("web", "wang", "POST uploads.receive", "303"),
        ("api", "importer", "POST api_uploads.receive", "202"),
        ("web", "wang", "POST signing.sign_out", "303"),
    ]
    assert entries[2].deed.target == batch
    assert {entry.deed.address for entry in entries} == {"127.0.0.1"}


@pytest.fixture
def private_app(tmp_path):
    app = create_app(load_settings(tmp_path / "home", {"private": "yes"}, environment={}))
    yield app
    close_app(app)


def test_private_archive_is_read_by_its_members_only(private_app):
    stranger, member = private_app.test_client(), signed_in(private_app, "r", Role.READER)
    for rule in private_app.url_map.iter_rules():
        if "GET" not in rule.methods or rule.endpoint == "static":
            continue
        address = address_of(private_app, rule.endpoint)
        if rule.endpoint.startswith("signing.") or address in ("/healthz", "/readyz"):
            continue
        answer = stranger.get(address)
        assert (address, answer.status_code) == (
            address,
            401 if address.startswith("/api/") else 303,
        )
        assert member.get(address).status_code in (200, 303, 400, 404, 503), address
    assert stranger.get("/nowhere").status_code == 303
    assert stranger.get("/healthz").status_code == 200
    assert stranger.get("/sign-in").status_code == 200


def test_private_reading_with_a_token(private_app):
    token = holdings_of(private_app).archive.access.tokens.add("reader", Role.READER)
    headers = {"Authorization": f"Bearer {token}"}
    answer = private_app.test_client().get("/api/v1/help", headers=headers)
    assert answer.status_code == 200
    assert "private" in answer.headers["Cache-Control"]


def test_password_of_a_proxy_in_front_is_not_taken_for_a_token(own_app):
    answer = own_app.test_client().get("/", headers={"Authorization": "Basic d2FuZzp4"})
    assert answer.status_code == 200
