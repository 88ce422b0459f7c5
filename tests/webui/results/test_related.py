"""What the search page, the API and the command line go on with below the hits."""

import csv
import io
import json

import pytest
from bs4 import BeautifulSoup

# Of the three paragraphs of REPORTS that hold 枫桥经验 one holds 落地 as well.
QUERY = "枫桥经验 落地"


def page(client, query, **parameters):
    answer = client.get("/", query_string={"q": query, **parameters})
    assert answer.status_code == 200, answer.text
    return BeautifulSoup(answer.text, "html.parser")


def words(element):
    return " ".join(element.get_text(" ").split())


def test_below_the_hits_the_page_goes_on_behind_a_line_that_says_so(client):
    found = page(client, QUERY)
    [tier] = found.select("section.related")

    assert words(found.select_one(".summary b")) == "共 1 段"
    assert "含有全部词语的段落到此为止，共 1 段" in words(tier.select_one(".divider"))
    assert "不计入总数" in words(tier.select_one(".divider"))
    assert len(found.select(".hits > .hit")) == 1
    assert len(tier.select(".hit")) == 2
    assert [words(one) for one in tier.select(".missing")] == ["不含： 落地"] * 2
    assert {one.get_text() for one in tier.select("mark")} == {"枫桥经验"}
    assert tier["aria-labelledby"] == tier.select_one("h2")["id"]


def test_in_english_it_is_said_in_english_and_the_words_stay_chinese(client):
    tier = page(client, QUERY, lang="en").select_one("section.related")

    assert "The paragraphs that hold every word end here (1)." in words(tier.select_one(".divider"))
    assert words(tier.select_one(".missing")) == "Without: 落地"
    assert tier.select_one(".missing b")["lang"] == "zh-CN"


def test_without_hits_they_stand_below_what_is_said_of_the_missing_term(client):
    found = page(client, "枫桥经验 区块链")
    notice, tier = found.select_one(".hits .notice"), found.select_one("section.related")

    assert "没有找到符合的段落" in words(notice)
    assert tier in notice.find_next_siblings("section")
    assert "没有一段含有全部词语" in words(tier.select_one(".divider"))
    assert len(tier.select(".hit")) == 3


@pytest.mark.parametrize(
    ("query", "parameters"),
    [
        ("“枫桥经验” “落地”", {}),
        ("枫桥经验 或 落地", {}),
        (QUERY, {"view": "kwic"}),
        (QUERY, {"unit": "report"}),
        (QUERY, {"offset": 20}),
        ("澄湖 治理 号", {}),
    ],
    ids=["quoted", "alternatives", "lines of context", "reports", "past the end", "full page"],
)
def test_other_pages_end_with_their_hits(client, query, parameters):
    found = page(client, query, **parameters)

    assert not found.select("section.related")
    assert not found.select(".missing")


def test_each_leads_to_its_paragraph_and_can_be_cited(client):
    hit = page(client, QUERY).select_one("section.related .hit")
    address = hit.select_one("h3 a")["href"]

    assert client.get(address.split("#")[0]).status_code == 200
    assert hit.select_one(".citation").get_text()


def test_programs_get_them_apart_with_what_they_lack(client):
    answer = client.get("/api/v1/search", query_string={"q": QUERY}).json

    assert (answer["total"], len(answer["hits"]), answer["next"]) == (1, 1, None)
    assert [one["missing"] for one in answer["related"]] == [["落地"], ["落地"]]
    shown = {one["paragraph_id"] for one in answer["related"]}
    assert shown.isdisjoint(hit["paragraph_id"] for hit in answer["hits"])
    assert sum(answer["facets"]["year"].values()) == 1


def test_behind_a_cursor_there_are_none(client):
    first = client.get("/api/v1/search", query_string={"q": "澄湖 治理 枫桥", "limit": 1}).json
    many = client.get("/api/v1/search", query_string={"q": "澄湖治理", "limit": 20}).json
    last = client.get(
        "/api/v1/search", query_string={"q": "澄湖治理", "limit": 30, "after": many["next"]}
    ).json

    assert first["total"] == 0
    assert (many["related"], len(last["hits"]), last["related"]) == ([], 25, [])


def test_exports_and_feeds_hold_the_hits_alone(client):
    table = client.get("/export/csv", query_string={"q": QUERY}).text
    lines = client.get("/export/jsonl", query_string={"q": QUERY}).text
    feed = client.get("/feed", query_string={"q": QUERY}).text

    assert len(list(csv.reader(io.StringIO(table.lstrip("\ufeff"))))) == 1 + 1
    [line] = lines.splitlines()
    assert "missing" not in json.loads(line)
    assert feed.count("<entry>") == 1
