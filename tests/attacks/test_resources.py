"""Too much, too slowly, under a foreign name; and what caches may keep."""

import json
import random
import re
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from urllib.parse import quote

import pytest

from tests.attacks.visitor import NAME, SECONDS, Visitor, running_server

HOST = b"Host: 127.0.0.1\r\n"
END = b"Connection: close\r\n\r\n"


def status_of(said: bytes) -> int:
    return int(said.split(b" ", 2)[1])


def test_body_that_says_it_is_huge_is_refused_before_it_is_sent(stranger):
    for path in (b"/uploads", b"/api/v1/uploads", b"/sign-in", b"/"):
        head = b"POST " + path + b" HTTP/1.1\r\n" + HOST
        said = stranger.raw(head + b"Content-Length: 10000000000\r\n" + END)
        assert status_of(said) == 413


def test_body_in_pieces_that_never_end_is_refused_at_the_limit(server):
    head = b"POST /uploads HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n" + END
    piece = b"10000\r\n" + b"x" * 65_536 + b"\r\n"
    sent, said = 0, b""
    with socket.create_connection(("127.0.0.1", server.port), timeout=SECONDS) as connection:
        connection.sendall(head)
        with suppress(BrokenPipeError, ConnectionResetError):
            while sent < 64 << 20:
                connection.sendall(piece)
                sent += len(piece)
        with suppress(ConnectionResetError):
            said = connection.recv(65_536)
    assert sent < 64 << 20 or status_of(said) == 413


@pytest.mark.parametrize("language", ["zh", "en"])
def test_upload_above_the_limit_is_answered_with_the_limit(editor, language):
    data = b"x" * 1_200_000
    for path in ("/uploads", "/api/v1/uploads"):
        answer = editor.upload(data, "大.txt", path, Accept_Language=language)
        assert answer.status == 413
        assert "1 MB" in answer.text
        assert {"zh": "上限", "en": "limit"}[language] in answer.text


def test_huge_headers_and_addresses_are_refused(stranger):
    for head in (
        b"GET / HTTP/1.1\r\n" + HOST + b"X-Long: " + b"x" * 200_000 + b"\r\n" + END,
        b"GET /?q=" + b"x" * 200_000 + b" HTTP/1.1\r\n" + HOST + END,
    ):
        said = stranger.raw(head)
        assert said == b"" or status_of(said) in (400, 414, 431)
    assert stranger.get("/help").status == 200


def test_request_hidden_in_another_is_not_answered(stranger):
    hidden = b"GET /documents HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    length = b"Content-Length: %d\r\n" % len(hidden)
    for lines in (
        b"Content-Length: 0\r\n" + length,
        b"Content-Length: +%d\r\n" % len(hidden),
        b"Content-Length : 0\r\n" + length,
        b"Transfer-Encoding: xchunked\r\n" + length,
        b"Transfer-Encoding : chunked\r\n" + length,
    ):
        said = stranger.raw(b"POST /nowhere HTTP/1.1\r\n" + HOST + lines + b"\r\n" + hidden)
        assert said.count(b"HTTP/1.1 200") == 0


@pytest.mark.parametrize(
    "given", ["elsewhere.example", "127.0.0.1.elsewhere.example", "x@127.0.0.1"]
)
def test_foreign_name_is_refused_and_stands_in_no_link(stranger, given):
    said = stranger.raw(b"GET / HTTP/1.1\r\nHost: " + given.encode() + b"\r\n" + END)
    assert status_of(said) == 400
    assert f'"http://{given}'.encode() not in said


def test_two_names_and_none_are_refused(stranger):
    for lines in (b"", HOST + b"Host: elsewhere.example\r\n"):
        said = stranger.raw(b"GET / HTTP/1.1\r\n" + lines + END)
        assert status_of(said) == 400


def test_what_a_client_says_of_proxies_changes_no_page(stranger):
    honest = stranger.get("/documents")
    for name in (
        "X_Forwarded_Host",
        "X_Forwarded_Prefix",
        "X_Forwarded_Proto",
        "X_Forwarded_Port",
        "X_Original_URL",
        "X_Rewrite_URL",
        "Forwarded",
    ):
        answer = stranger.get("/documents", **{name: "elsewhere.example"})
        assert (answer.status, answer.body) == (honest.status, honest.body), name
        assert answer.all("Strict-Transport-Security") == []


def test_no_cache_keeps_for_others_what_one_reader_sees(server, editor, stranger):
    for path in ("/", "/documents", "/help", "/uploads", "/?q=x", "/nowhere", "/api/v1/help"):
        signed_in = editor.get(path)
        assert "private" in signed_in.header("Cache-Control"), path
        for answer in (signed_in, stranger.get(path)):
            varies = {part.strip() for part in answer.header("Vary").split(",")}
            assert {"Cookie", "Accept-Language"} <= varies, path
        assert NAME not in stranger.get(path).text
    assert stranger.cookies == {}
    form = stranger.get("/sign-in")
    assert "private" in form.header("Cache-Control")


def test_every_answer_of_the_server_is_guarded(editor, stranger):
    for visitor in (editor, stranger):
        for method, path in (
            ("GET", "/"),
            ("GET", "/?q=x"),
            ("GET", "/?q=%22"),
            ("GET", "/static/base.css"),
            ("GET", "/static/nothing"),
            ("GET", "/nowhere"),
            ("GET", "/originals/x"),
            ("GET", "/healthz"),
            ("GET", "/sign-in"),
            ("GET", "/uploads"),
            ("GET", "/api/v1/search?limit=x"),
            ("POST", "/uploads"),
            ("POST", "/api/v1/uploads"),
            ("POST", "/nowhere"),
            ("DELETE", "/documents"),
        ):
            answer = visitor.ask(method, path)
            policy = answer.header("Content-Security-Policy")
            assert "default-src 'self'" in policy, path
            assert "frame-ancestors 'none'" in policy
            assert "unsafe" not in policy
            assert answer.header("X-Content-Type-Options") == "nosniff"
            assert answer.header("Referrer-Policy") == "same-origin"
            assert answer.header("Cross-Origin-Opener-Policy") == "same-origin"
            assert "camera=()" in answer.header("Permissions-Policy")
            assert answer.all("Server") == []
            assert answer.all("Access-Control-Allow-Origin") == []


@contextmanager
def slow_senders(visitor: Visitor, count: int):
    """Connections on which an upload was begun and is not gone on with."""
    head = b"POST /uploads HTTP/1.1\r\n" + HOST + b"Content-Length: 100000\r\n\r\nslow"
    with ExitStack() as stack:
        connections = [
            stack.enter_context(
                socket.create_connection(("127.0.0.1", visitor.port), timeout=SECONDS)
            )
            for _ in range(count)
        ]
        for connection in connections:
            connection.sendall(head)
        yield connections


def test_many_slow_senders_keep_nobody_out(make_own_home):
    with (
        running_server(make_own_home(), idle_seconds=10 * SECONDS) as reader,
        slow_senders(reader, 300),
    ):
        assert [reader.get("/help").status for _ in range(3)] == [200] * 3


def test_slow_senders_are_cut_off(make_own_home):
    with running_server(make_own_home(), idle_seconds=1) as reader:
        with slow_senders(reader, 20) as connections:
            connections[0].sendall(b"a little more")
            assert {connection.recv(65_536)[:12] for connection in connections} == {b""}
        assert reader.get("/help").status == 200


def test_guessing_passwords_is_slowed_down_by_the_server(make_own_home):
    with running_server(make_own_home()) as visitor:
        answers = [Visitor(visitor.port).sign_in(password="a wrong one") for _ in range(12)]
    statuses = [answer.status for answer in answers]
    assert statuses[:4] == [401] * 4
    assert statuses.count(429) >= 4
    refused = [answer for answer in answers if answer.status == 429]
    assert all(int(answer.header("Retry-After")) >= 1 for answer in refused)
    assert "失败的次数太多" in refused[0].text


def test_address_that_asks_without_end_gets_429_and_others_are_answered(make_own_home):
    with running_server(make_own_home(), requests_per_minute=30, proxies=1) as visitor:
        with ThreadPoolExecutor(8) as pool:
            ask = lambda _: visitor.get("/api/v1/help", X_Forwarded_For="192.0.2.1")  # noqa: E731
            answers = list(pool.map(ask, range(60)))
        statuses = [answer.status for answer in answers]
        refused = [answer for answer in answers if answer.status == 429]
        assert 30 <= statuses.count(200) < 60
        assert len(refused) == 60 - statuses.count(200)
        assert json.loads(refused[0].body)["error"]["code"] == "too_many_requests"
        assert int(refused[0].header("Retry-After")) >= 1
        assert visitor.get("/help", X_Forwarded_For="192.0.2.2").status == 200


def test_query_that_costs_much_is_answered_in_bounded_time(stranger):
    for query in ("*" * 500, "(" * 500, "a OR " * 2_000 + "a", '"?*?*?*"', "x" * 20_000):
        began = time.monotonic()
        answer = stranger.ask("GET", f"/?q={query.replace(' ', '%20')}")
        assert answer.status in (200, 400, 503)
        assert time.monotonic() - began < SECONDS


def resident_bytes(visitor: Visitor) -> float:
    metrics = visitor.get("/metrics").text
    return float(re.search(r"^process_resident_memory_bytes (\S+)", metrics, re.MULTILINE)[1])


def test_memory_does_not_grow_with_hostile_questions(make_own_home):
    """Each differs, so whatever is kept for each of them would pile up: caches, labels, buckets."""
    chance = random.Random(4)

    def ask_much(visitor: Visitor, times: int) -> None:
        for number in range(times):
            words = "".join(chr(chance.randrange(0x4E00, 0x9FA0)) for _ in range(60))
            query = quote(
                f"“{words}” OR {words[:9]}?*{words[9:]} -({words} 年:{number}){'(' * (number % 2)}"
            )
            for path in ("/", "/api/v1/search", "/trends", "/feed"):
                visitor.get(f"{path}?q={query}&place={query}&x{number}={query}")
            visitor.get(
                f"/documents/{quote(words)}", Cookie=f"zhengwen_session={words.encode().hex()}"
            )
            visitor.get(
                f"/nowhere/{number}", X_Forwarded_For=f"198.51.{number % 250}.{number % 99}"
            )

    with running_server(make_own_home(), requests_per_minute=0, proxies=1) as visitor:
        ask_much(visitor, 100)
        before = resident_bytes(visitor)
        ask_much(visitor, 300)
        assert resident_bytes(visitor) - before < 16_000_000
