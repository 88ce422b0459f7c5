"""Anything at all in addresses: never a failure of ours, never a hang."""

import json
from urllib.parse import quote, urlencode

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.attacks.visitor import Visitor

MANY = settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
NAMES = (
    *("q", "year", "from", "to", "region", "place", "level", "part", "category", "source"),
    *("sort", "unit", "offset", "limit", "after", "view", "width", "context", "by", "lookalikes"),
    *("province", "format", "next", "lang", "removed", "edit"),
)
TRICKY = st.sampled_from(
    (
        *("", "0", "-1", "2020..2023", "..", "10000000000000000000000", "１２", "年:2020", "地区:"),
        *("-", '"', "“", "(", ")", "*", "?", "NEAR/20", "AND", "NOT", "%", "\x00", "\ud7ff"),
        *("A NEAR/5 B", "枫?经*"),
    )
)
VALUES = st.one_of(TRICKY, st.text(max_size=60), st.lists(TRICKY, max_size=6).map(" ".join))
PARAMETERS = st.lists(
    st.tuples(st.one_of(st.sampled_from(NAMES), st.text(min_size=1, max_size=8)), VALUES),
    max_size=5,
)
PATHS = st.sampled_from(
    (
        *("/", "/documents", "/help", "/about", "/sign-in", "/uploads", "/documents/x", "/cite/x"),
        *("/coverage", "/coverage.csv", "/trends", "/trends.csv", "/trends.json"),
        *("/feed", "/opensearch.xml", "/export/csv", "/export/jsonl", "/export/xlsx", "/export/x"),
    )
)
API_PATHS = st.sampled_from(
    (
        *("/api/v1/search", "/api/v1/documents", "/api/v1/documents/x", "/api/v1/paragraphs/x"),
        *("/api/v1/trends", "/api/v1/coverage", "/api/v1/help", "/api/v1/uploads/x"),
        *("/api/v1/health", "/api/v1/openapi.json", "/healthz", "/api/v1/nothing"),
    )
)
EXPECTED = {200, 303, 308, 400, 401, 404, 405, 503}


@MANY
@given(path=PATHS, parameters=PARAMETERS)
def test_no_parameters_break_a_page(server, path, parameters):
    answer = Visitor(server.port).get(f"{path}?{urlencode(parameters, errors='replace')}")
    assert answer.status in EXPECTED
    assert answer.header("Content-Security-Policy")


@MANY
@given(path=API_PATHS, parameters=PARAMETERS)
def test_no_parameters_break_the_api_and_every_answer_is_json(server, path, parameters):
    answer = Visitor(server.port).get(f"{path}?{urlencode(parameters, errors='replace')}")
    assert answer.status in EXPECTED
    body = json.loads(answer.body)
    if answer.status >= 400:
        assert body["error"].keys() >= {"code", "message"}


@MANY
@given(raw=st.binary(max_size=60), path=PATHS)
def test_no_bytes_in_an_address_break_a_page(server, raw, path):
    """Bytes that are no UTF-8, half an escape: as a broken client sends them."""
    for query in (quote(raw), "q=" + quote(raw), "q=%" + raw.hex()):
        assert Visitor(server.port).get(f"{path}?{query}").status in EXPECTED


@MANY
@given(raw=st.binary(max_size=200))
def test_no_bytes_break_the_server(server, raw):
    visitor = Visitor(server.port)
    said = visitor.raw(raw + b"\r\n\r\n")
    assert said == b"" or said.startswith((b"HTTP/1.0 4", b"HTTP/1.1 4", b"HTTP/1.0 200"))
    assert visitor.get("/healthz").status == 200


@MANY
@given(name=st.text(max_size=40), password=st.text(max_size=40), next_page=st.text(max_size=40))
def test_no_form_breaks_signing_in(server, name, password, next_page):
    visitor = Visitor(server.port)
    answer = visitor.post("/sign-in", {"name": name, "password": password, "next": next_page})
    assert answer.status == 403


@MANY
@given(header=st.text(st.characters(min_codepoint=33, max_codepoint=255), max_size=80))
def test_no_header_breaks_an_answer(server, header):
    for name in ("Cookie", "Accept_Language", "Authorization", "Origin", "Referer", "Accept"):
        answer = Visitor(server.port).get("/help", **{name: header.encode("latin-1")})
        assert answer.status in (200, 400, 401)


@MANY
@given(body=st.binary(max_size=300), kind=st.sampled_from(["", "; boundary=b", "; boundary="]))
def test_no_body_breaks_an_upload(server, _signed_in, body, kind):
    visitor = Visitor(server.port, dict(_signed_in.cookies))
    answer = visitor.ask(
        "POST",
        "/api/v1/uploads",
        b"--b\r\n" + body + b"\r\n--b--\r\n",
        Content_Type=f"multipart/form-data{kind}",
        Sec_Fetch_Site="same-origin",
    )
    assert answer.status == 403
