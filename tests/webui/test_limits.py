"""How much one address may ask, by which names, how often one may try; and what is answered."""

import json
from types import SimpleNamespace

import pytest

from archive.errors import QueryTooCostlyError
from archive.settings import load_settings
from tests.webui.conftest import signed_in
from webui import close_app, create_app
from webui.protection.hosts import host_name
from webui.protection.rates import Buckets, is_loopback, network_of
from webui.protection.shared import open_counts
from webui.protection.throttle import (
    FORGOTTEN_AFTER,
    FREE_FOR_ACCOUNT,
    FREE_FOR_ADDRESS,
    LONGEST_FOR_ADDRESS,
    Throttle,
)

SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def make_app(tmp_path):
    apps = []

    def make(**settings):
        apps.append(create_app(load_settings(tmp_path / "home", settings, environment={})))
        return apps[-1]

    yield make
    for app in apps:
        close_app(app)


@pytest.fixture
def clock():
    return SimpleNamespace(now=100.0)


def test_bucket_empties_and_fills_evenly(clock):
    buckets = Buckets(60, lambda: clock.now)
    assert [buckets.take("a") for _ in range(61)] == [0] * 60 + [1]
    assert buckets.take("b") == 0
    clock.now += 2
    assert [buckets.take("a") for _ in range(3)] == [0, 0, 1]
    clock.now += 3600
    assert [buckets.take("a") for _ in range(61)] == [0] * 60 + [1]


def test_bucket_that_fills_slowly_says_how_long(clock):
    buckets = Buckets(2, lambda: clock.now)
    assert [buckets.take("a") for _ in range(3)] == [0, 0, 30]


def test_addresses_of_one_subscriber_share_a_bucket():
    assert network_of("2001:db8:1:2::1") == network_of("2001:db8:1:2:ffff::9")
    assert network_of("2001:db8:1:2::1") != network_of("2001:db8:1:3::1")
    assert network_of("::ffff:192.0.2.1") == network_of("192.0.2.1")
    assert network_of("192.0.2.1") != network_of("192.0.2.2")


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("::ffff:127.0.0.1", True),
        ("192.0.2.1", False),
        ("::ffff:192.0.2.1", False),
        ("", False),
        ("localhost", False),
    ],
)
def test_loopback_is_this_machine_only(address, expected):
    assert is_loopback(address) is expected


def test_delays_double_to_their_limit_and_are_forgotten(clock):
    throttle = Throttle(lambda: clock.now)
    waits = []
    for number in range(FREE_FOR_ACCOUNT + 9):
        waits.append(throttle.attempt("wang", f"address {number}"))
        clock.now += waits[-1]
        if waits[-1]:
            assert throttle.attempt("wang", f"address {number}") == 0
    # Each delay is told in whole seconds, rounded up beyond it.
    assert waits[:4] == [0] * 4
    assert waits[4:] == [6, 11, 21, 41, 61, 61, 61, 61, 61]
    clock.now += FORGOTTEN_AFTER + 1
    assert [throttle.attempt("wang", "c") for _ in range(2)] == [0, 0]


def test_what_several_processes_count_together_is_forgotten_when_the_password_was_right(
    clock, tmp_path
):
    first, second = (
        Throttle(lambda: clock.now, open_counts(tmp_path, "attempts", 2)) for _ in range(2)
    )
    for throttle in (first, second) * 2:
        assert throttle.attempt("wang", "a") == 0
    assert [one.attempt("wang", "b") for one in (first, second)] == [6, 6]
    clock.now += 6

    assert second.attempt("wang", "a") == 0
    second.succeeded("wang", "a")

    assert [first.attempt("wang", "b") for _ in range(4)] == [0] * 4


def test_address_that_tries_many_accounts_is_delayed_up_to_a_quarter_of_an_hour(clock):
    throttle = Throttle(lambda: clock.now)
    for number in range(FREE_FOR_ADDRESS):
        assert throttle.attempt(f"account {number}", "a") == 0
    longest = 0
    for number in range(20):
        wait = throttle.attempt(f"another {number}", "a")
        longest = max(longest, wait)
        clock.now += wait
        assert throttle.attempt(f"third {number}", "a") == 0
    assert LONGEST_FOR_ADDRESS <= longest <= LONGEST_FOR_ADDRESS + 1
    assert throttle.attempt("account", "b") == 0


def test_knowing_the_password_of_one_account_does_not_help_to_guess_at_others(clock):
    throttle = Throttle(lambda: clock.now)
    for number in range(FREE_FOR_ADDRESS):
        throttle.attempt(f"account {number}", "a")
        if number < FREE_FOR_ADDRESS - 1:
            throttle.attempt("own", "a")
            throttle.succeeded("own", "a")
    assert throttle.attempt("next", "a") > 0


@pytest.mark.parametrize("language", ["zh", "en"])
def test_too_many_requests_are_429_with_a_page_and_json_in_both_languages(make_app, language):
    client = make_app(requests_per_minute=2).test_client()
    headers = {"Accept-Language": language}
    assert [client.get("/help").status_code for _ in range(2)] == [200, 200]
    page, data = client.get("/help", headers=headers), client.get("/api/v1/help", headers=headers)
    words = {"zh": "请求太多", "en": "Too many requests"}[language]
    for answer in (page, data):
        assert answer.status_code == 429
        assert 1 <= int(answer.headers["Retry-After"]) <= 30
    assert words in page.text
    assert data.json["error"]["code"] == "too_many_requests"
    assert words in data.json["error"]["message"]
    with client.get("/static/base.css") as style:
        assert style.status_code == 200
    assert client.get("/healthz").status_code == 200


def test_addresses_that_a_client_makes_up_do_not_help_unless_a_proxy_is_trusted(make_app):
    for settings, expected in (({}, 429), ({"proxies": 1}, 200)):
        client = make_app(requests_per_minute=1, **settings).test_client()
        answers = [
            client.get("/help", headers={"X-Forwarded-For": f"192.0.2.{n}"}).status_code
            for n in range(2)
        ]
        assert answers == [200, expected]


def test_only_what_the_trusted_proxy_added_counts(make_app):
    client = make_app(requests_per_minute=1, proxies=1).test_client()
    answers = [
        client.get("/help", headers={"X-Forwarded-For": f"192.0.2.{n}, 198.51.100.1"}).status_code
        for n in range(2)
    ]
    assert answers == [200, 429]


def test_behind_tls_cookies_are_secure_and_the_browser_is_told_to_stay(make_app):
    for settings, is_secure in (({}, False), ({"proxies": 1}, True)):
        answer = (
            make_app(**settings)
            .test_client()
            .get("/sign-in?lang=en", headers={"X-Forwarded-Proto": "https"})
        )
        cookies = answer.headers.getlist("Set-Cookie")
        assert len(cookies) == 2
        for cookie in cookies:
            assert ("Secure" in cookie) is is_secure
            assert "HttpOnly" in cookie
            assert "SameSite=Lax" in cookie
        assert ("Strict-Transport-Security" in answer.headers) is is_secure


@pytest.mark.parametrize("language", ["zh", "en"])
def test_upload_above_the_limit_is_413_with_a_page_and_json_in_both_languages(make_app, language):
    client = signed_in(make_app(max_upload_mb=1))
    headers = {**SAME_ORIGIN, "Accept-Language": language}
    for address in ("/uploads", "/api/v1/uploads"):
        answer = client.post(
            address,
            data=b"x" * 1_200_000,
            content_type="multipart/form-data; boundary=b",
            headers=headers,
        )
        assert answer.status_code == 413
        assert "1 MB" in answer.text


def test_form_of_too_many_parts_or_too_long_fields_is_413_that_says_so(make_app):
    client = signed_in(make_app())
    parts = "".join(
        f'--b\r\nContent-Disposition: form-data; name="f{n}"\r\n\r\n\r\n' for n in range(10_001)
    )
    for body in (
        f"{parts}--b--\r\n",
        f'--b\r\nContent-Disposition: form-data; name="f"\r\n\r\n{"x" * 600_000}\r\n--b--\r\n',
    ):
        answer = client.post(
            "/api/v1/uploads",
            data=body,
            content_type="multipart/form-data; boundary=b",
            headers=SAME_ORIGIN,
        )
        assert (answer.status_code, answer.json["error"]["code"]) == (413, "form_too_large")


def test_query_that_is_stopped_says_when_to_come_back(make_app, monkeypatch):
    def cost_too_much(*_arguments):
        raise QueryTooCostlyError(seconds=10)

    app = make_app()
    monkeypatch.setattr("webui.results.search.search", cost_too_much)
    monkeypatch.setattr("webui.results.search.search", cost_too_much)
    for address in ("/?q=x", "/api/v1/search?q=x"):
        answer = app.test_client().get(address)
        assert answer.status_code == 503
        assert int(answer.headers["Retry-After"]) > 0


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("localhost", 200),
        ("LOCALHOST:8383", 200),
        ("127.0.0.1:8383", 200),
        ("[::1]:8383", 200),
        ("elsewhere.example", 400),
        ("localhost.elsewhere.example", 400),
        ("127.0.0.1@elsewhere.example", 400),
        ("localhost:80:80", 400),
        ("192.0.2.1", 400),
        ("localhost/x", 400),
        ("", 400),
    ],
)
def test_only_names_of_this_machine_are_answered_at_first(make_app, host, expected):
    client = make_app().test_client()
    answer = client.get("/help", environ_overrides={"HTTP_HOST": host})
    assert answer.status_code == expected
    if expected == 400:
        data = client.get("/api/v1/help", environ_overrides={"HTTP_HOST": host})
        assert json.loads(data.data)["error"]["code"] == "untrusted_host"


def test_names_of_the_settings_are_answered_and_no_others(make_app):
    client = make_app(hosts="zhengwen.example, www.zhengwen.example").test_client()
    hosts = ("zhengwen.example", "www.zhengwen.example:443", "localhost", "a.zhengwen.example")
    statuses = [
        client.get("/help", environ_overrides={"HTTP_HOST": host}).status_code for host in hosts
    ]
    assert statuses == [200, 200, 400, 400]


def test_whoever_listens_everywhere_is_reached_by_address_but_not_by_foreign_names(make_app):
    client = make_app(host="0.0.0.0").test_client()
    hosts = ("192.0.2.1:8383", "[2001:db8::1]", "localhost", "elsewhere.example")
    statuses = [
        client.get("/help", environ_overrides={"HTTP_HOST": host}).status_code for host in hosts
    ]
    assert statuses == [200, 200, 200, 400]


def test_name_of_a_host_header_is_taken_without_its_port():
    assert [host_name(h) for h in ("A.b:1", "[::1]:80", "a b", "a:b", "[::1")] == [
        "a.b",
        "[::1]",
        "",
        "",
        "",
    ]
