"""The page of trends and its files, over a real archive."""

import csv
import hashlib
from io import StringIO
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "html.parser")


def table(client, query):
    content = client.get(f"/trends.csv?{query}").data
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"))))


def test_the_table_counts_a_term_by_year_with_the_places_that_have_reports(client):
    rows = table(client, "q=枫桥")

    # 2023: once in 青榆区. 2024: once in 青榆区, and twice in 望舒区.
    assert [(r["year"], r["occurrences"], r["paragraphs"], r["documents"]) for r in rows] == [
        ("2023", "1", "1", "1"),
        ("2024", "3", "2", "2"),
    ]
    assert [(r["places_with_report"], r["places_expected"]) for r in rows] == [
        ("1", "1"),
        ("2", "2"),
    ]
    for row in rows:
        rate = int(row["occurrences"]) * 10_000 / int(row["characters"])
        assert float(row["rate_per_10k"]) == pytest.approx(rate, abs=1e-6)


def test_the_picture_and_the_table_under_it_have_the_same_points(client):
    found = page(client, "/trends?q=枫桥&q=澄湖")

    assert [li.get_text(strip=True) for li in found.select(".chart-legend li")] == ["枫桥", "澄湖"]
    assert len(found.select("svg.plot .mark")) == 4
    assert found.select_one("svg.plot > title").get_text()
    assert found.select_one("svg.plot > desc").get_text()
    cells = found.select(".numbers tbody td a")
    assert [a.get_text() for a in cells] == [
        title.get_text().split(": ")[1].split(" ")[0]
        for at in (0, 1)
        for title in (
            found.select("svg.plot a > title")[at],
            found.select("svg.plot a > title")[2 + at],
        )
    ]


def test_each_point_leads_to_its_sentences(client):
    found = page(client, "/trends?q=枫桥")
    address = found.select(".numbers tbody td a")[1]["href"]

    assert parse_qs(urlsplit(address).query) == {
        "q": ["枫桥"],
        "year": ["2024"],
        "category": ["report"],
    }
    assert len(page(client, address).select(".hit")) == 2


def test_places_that_are_asked_for_narrow_the_count_and_the_sentences(client):
    [row] = table(client, "q=枫桥&region=望舒区")
    found = page(client, "/trends?q=枫桥&region=望舒区")
    hits = page(client, found.select_one(".numbers tbody td a")["href"]).select(".hit")

    assert (row["year"], row["occurrences"]) == ("2024", "2")
    assert len(hits) == 1


def test_split_by_place_each_place_has_a_line(client):
    rows = table(client, "q=枫桥&by=region")

    assert {(r["group"], r["year"], r["occurrences"]) for r in rows} == {
        ("青榆区", "2023", "1"),
        ("青榆区", "2024", "1"),
        ("望舒区", "2023", ""),
        ("望舒区", "2024", "2"),
    }


def test_a_gap_is_said_in_words_and_never_shown_as_zero(client):
    found = page(client, "/trends?q=枫桥&by=region")

    assert len(found.select("svg.plot .mark")) == 3
    assert [td.get_text() for td in found.select("td.gap")] == ["没有报告"]


def test_a_part_of_the_report_can_be_chosen(client):
    whole, review = table(client, "q=枫桥")[1], table(client, "q=枫桥&part=review")[1]

    assert review["occurrences"] == whole["occurrences"]
    assert int(review["characters"]) < int(whole["characters"])


def test_without_a_term_there_are_examples_and_no_picture(client):
    found = page(client, "/trends")

    assert found.select("main .examples a")
    assert not found.select("svg.plot")


def test_a_faulty_term_is_told_with_its_place(client):
    answer = client.get("/trends?q=（枫桥")

    assert answer.status_code == 400
    assert "括号没有配对" in answer.text


@pytest.mark.parametrize(
    "query", ["&".join(f"q={n}" for n in range(9)), "q=a&by=title", "q=a&to=x"]
)
def test_parameters_without_sense_are_refused(client, query):
    assert client.get(f"/trends?{query}").status_code == 400


def test_files_need_a_term(client):
    assert client.get("/trends.csv").status_code == 400
    assert client.get("/trends.json").status_code == 400


def test_cells_that_a_spreadsheet_would_run_are_text(client):
    content = client.get("/trends.csv?q=%3D枫桥").data.decode("utf-8-sig")

    assert [row[0] for row in csv.reader(StringIO(content))][1] == "'=枫桥"


def test_the_record_names_the_table_the_rules_and_the_state_of_the_archive(client):
    record = client.get("/trends.json?q=枫桥&part=review").json

    content = client.get("/trends.csv?q=枫桥&part=review").data
    assert record["table_sha256"] == hashlib.sha256(content).hexdigest()
    assert record["filters"] == {"category": ["report"], "part": ["review"]}
    assert record["index"]["documents"] == 3
    assert {"folding", "lexicon"} <= set(record["rules"])


def test_every_column_is_explained_in_a_file_beside(client):
    explained = client.get("/trends-columns.csv").data.decode("utf-8-sig")
    names = [row[0] for row in csv.reader(StringIO(explained))][1:]

    assert names == list(table(client, "q=枫桥")[0])
