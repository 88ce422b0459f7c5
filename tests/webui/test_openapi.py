"""The description of the interface for programs, held against the application.

Schemathesis sends requests that the description allows, and some that it does not, and holds the
answers to the statuses, media types and shapes that are promised.
"""

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from archive.access.accounts import Role
from archive.uploading.reception import receive
from webui.holdings import holdings_of
from webui.programs.table import OPERATIONS

UNPACKED = {"Accept-Encoding": "identity"}
"""Schemathesis reads what is sent as it is."""

PROMISES = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@pytest.fixture
def described(report_ids):
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", report_ids[0])


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_the_application_answers_as_it_is_described(operation, mode, described):
    cases = described[operation.path]["GET"].as_strategy(generation_mode=mode)

    @settings(
        max_examples=30,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(cases)
    def ask(case):
        case.call_and_validate(checks=PROMISES, headers=UNPACKED)

    try:
        ask()
    except Unsatisfiable:
        # Of an address without parameters there is nothing wrong to send.
        assert mode is GenerationMode.NEGATIVE and not operation.parameters


def real_ids(client):
    batch_id = receive([("新.txt", "正文".encode())], holdings_of(client.application).archive)
    [hit] = client.get("/api/v1/search?q=“枫桥经验”&year=2023").json["hits"]
    return {
        "document_id": hit["document_id"],
        "paragraph_id": hit["paragraph_id"],
        "batch_id": batch_id,
    }


QUERIES = {
    "/api/v1/search": [
        {"q": "枫桥经验"},
        {"q": "枫桥经验", "unit": "report", "sort": "place", "limit": 1},
        {"q": "没有这样的词语", "year": ["2024"], "part": ["tasks", "unknown"]},
        {"q": "澄湖 锋桥经验", "from": 2020, "to": 2024, "place": ["青榆区"]},
        {"q": "("},
        {"q": "乡村 “振兴"},
    ],
    "/api/v1/documents": [{}, {"limit": 1}, {"year": ["2024"], "category": ["news"]}],
    "/api/v1/trends": [{"q": "澄湖"}, {"q": "枫桥经验", "by": ["year", "region", "part"]}],
}


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_questions_that_find_something_are_answered_as_described(operation, described, client):
    for query in QUERIES.get(operation.path, [{}]):
        case = described[operation.path]["GET"].Case(path_parameters=real_ids(client), query=query)
        answer = case.call(headers=UNPACKED)
        case.validate_response(answer, checks=PROMISES)
        assert answer.status_code == (400 if query.get("q") == "(" else 200)


@pytest.mark.parametrize(
    ("stated", "status"),
    [
        ({}, 202),
        ({"region": "青榆区", "year": 2022}, 202),
        ({"region": "青榆区"}, 400),
        ({"region": "没有此地", "year": 2022}, 400),
    ],
)
def test_files_with_a_statement_are_taken_as_described(own_app, stated, status):
    token = holdings_of(own_app).archive.access.tokens.add("importer", Role.EDITOR)
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", own_app)
    operation = schema["/api/v1/uploads"]["POST"]
    case = operation.Case(body={"files": [b"x"], **stated}, media_type="multipart/form-data")

    answer = case.call(headers={**UNPACKED, "Authorization": f"Bearer {token}"})

    case.validate_response(answer, checks=PROMISES)
    assert answer.status_code == status
    form = operation.definition.raw["requestBody"]["content"]["multipart/form-data"]["schema"]
    assert stated.keys() <= form["properties"].keys()


def test_every_address_for_programs_is_described(report_ids):
    rules = {
        rule.rule.replace("<", "{").replace(">", "}")
        for rule in report_ids[0].url_map.iter_rules()
        if rule.rule.startswith("/api/") and "GET" in rule.methods
    }
    assert rules == {operation.path for operation in OPERATIONS}
