"""The answers for programs."""

import pytest

from webui.holdings import holdings_of


def test_answer_has_total_hits_and_facets(client, ids):
    answer = client.get("/api/v1/search", query_string={"q": "三百件", "limit": 5})
    assert answer.status_code == 200
    assert answer.json["total"] == 1
    [hit] = answer.json["hits"]
    assert hit["document_id"] == ids["青榆区2024.txt"]
    assert hit["region"] == "青榆区"
    assert hit["report_year"] == 2024
    [(start, end)] = hit["spans"]
    assert hit["text"][start:end] == "三百件"
    assert answer.json["facets"] == {"year": {"2024": 1}, "region": {"青榆区": 1}}


def test_answer_is_readable_utf_8(client):
    assert "枫桥经验".encode() in client.get("/api/v1/search?q=枫桥经验").data


def test_limit_and_offset_cut_the_hits_and_not_the_total(client):
    answer = client.get("/api/v1/search?q=澄湖&limit=10&offset=40").json
    assert (answer["total"], len(answer["hits"])) == (45, 5)
    assert client.get("/api/v1/search?q=澄湖&limit=0").json["hits"] == []


def test_filters_narrow(client):
    address = "/api/v1/search?q=枫桥经验&year=2024&region=青榆区&sort=newest"
    assert client.get(address).json["total"] == 1


def test_faulty_query_says_where(client):
    answer = client.get("/api/v1/search", query_string={"q": "乡村 (振兴"})
    assert answer.status_code == 400
    assert answer.json["error"]["code"] == "query"
    assert answer.json["error"]["position"] == 3
    assert "括号没有配对" in answer.json["error"]["message"]
    assert answer.json["error"]["suggestion"] == "乡村 (振兴)"


@pytest.mark.parametrize(
    "query",
    [
        "*",
        " OR ".join(f"词{n}" for n in range(10_000)),
        "(" * 100 + "甲" + ")" * 100,
        "甲" * 300_000,
    ],
    ids=["star", "terms", "brackets", "long"],
)
def test_a_hostile_query_is_refused_with_its_place(client, query):
    answer = client.get("/api/v1/search", query_string={"q": query})
    assert answer.status_code == 400
    assert answer.json["error"]["code"] == "query"
    suggestion = answer.json["error"]["suggestion"]
    assert client.get("/api/v1/search", query_string={"q": suggestion}).status_code == 200


def test_what_was_read_leniently_is_told(client):
    answer = client.get("/api/v1/search", query_string={"q": "乡村 “振兴"}).json
    assert answer["notes"] == ["引号没有配对，已当作在末尾补上了 ”"]
    assert answer["total"] == 1


def test_occurrences_are_counted_as_well_as_paragraphs(client):
    answer = client.get("/api/v1/search", query_string={"q": "“居民” “工程”", "limit": 0}).json
    assert (answer["total"], answer["occurrences"]) == (45, 90)


def test_without_hits_the_answer_says_which_term_is_missing(client):
    answer = client.get("/api/v1/search", query_string={"q": "澄湖 “锋桥经验”", "year": 2024}).json
    assert answer["remedies"]["terms"] == [
        {"query": "澄湖", "total": 45},
        {"query": '"锋桥经验"', "total": 0},
    ]
    assert answer["remedies"]["left_out"] == [
        {"query": '"锋桥经验"', "remaining_query": "澄湖", "total": 45}
    ]
    assert answer["remedies"]["near"] == [
        {"missing": "锋桥经验", "term": "枫桥经验", "query": '澄湖 "枫桥经验"', "total": 3}
    ]


def test_a_filter_that_leaves_nothing_is_named(client):
    answer = client.get("/api/v1/search", query_string={"q": "澄湖", "year": 2023}).json
    assert answer["remedies"]["left_out"] == [
        {"filter": "year", "remaining_query": "澄湖", "total": 45}
    ]
    assert "remedies" not in client.get("/api/v1/search?q=澄湖").json


def test_a_search_that_takes_too_long_is_stopped_with_a_remedy(client, report_ids):
    held = holdings_of(report_ids[0])
    held.query_seconds, before = 1e-9, held.query_seconds
    try:
        answer = client.get("/api/v1/search?q=澄湖")
    finally:
        held.query_seconds = before
    assert answer.status_code == 503
    assert answer.json["error"]["code"] == "query_too_costly"
    assert "query_seconds" in answer.json["error"]["message"]


def test_query_is_required(client):
    assert client.get("/api/v1/search").status_code == 400


def test_nonsense_parameter_is_refused(client):
    answer = client.get("/api/v1/search?q=澄湖&limit=101")
    assert answer.status_code == 400
    assert answer.json["error"]["code"] == "parameter"
    assert "position" not in answer.json["error"]


def test_unknown_address_is_json_too(client):
    answer = client.get("/api/v1/nothing")
    assert answer.status_code == 404
    assert answer.json["error"]["code"] == "not_found"


def test_wrong_method_is_json_too(client):
    answer = client.delete("/api/v1/search", headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 405
    assert answer.json["error"]["code"] == "method_not_allowed"


def test_messages_are_in_the_callers_language(client):
    answer = client.get("/api/v1/search?q=(甲", headers={"Accept-Language": "en"})
    assert "bracket is not closed" in answer.json["error"]["message"]
