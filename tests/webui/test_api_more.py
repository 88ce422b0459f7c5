"""What programs can ask beside searching: documents, trends, coverage; tags, cursors."""

import random

import pytest

from archive.intake import take_in
from webui import close_app, create_app
from webui.holdings import holdings_of

PARAGRAPHS, REPORTS = 120, 90
HAN = [chr(number) for number in range(0x4E00, 0x9000)]


def test_the_first_page_leads_to_the_next_by_a_cursor(client):
    first = client.get("/api/v1/search?q=澄湖&limit=30").json
    second = client.get("/api/v1/search?q=澄湖&limit=30&after=" + first["next"]).json
    assert (len(first["hits"]), len(second["hits"]), second["next"]) == (30, 15, None)
    ids = [hit["paragraph_id"] for hit in first["hits"] + second["hits"]]
    assert len(set(ids)) == 45
    assert second["total"] == 45


@pytest.mark.parametrize("cursor", ["x", "bnVsbA", "W10", "eyJhIjogMX0", "@@@", "甲", "A" * 2_000])
def test_a_cursor_that_is_none_is_refused_by_name(client, cursor):
    answer = client.get(f"/api/v1/search?q=澄湖&after={cursor}")
    assert answer.status_code == 400
    assert answer.json["error"]["code"] == "parameter"


def test_a_cursor_of_another_order_is_refused(client):
    cursor = client.get("/api/v1/search?q=澄湖&limit=5").json["next"]
    for other in ("sort=newest", "sort=place", "unit=report"):
        assert client.get(f"/api/v1/search?q=澄湖&{other}&after={cursor}").status_code == 400


def test_reports_can_be_the_unit(client, ids):
    answer = client.get("/api/v1/search?q=枫桥经验&unit=report&sort=oldest&year=2024").json
    assert (answer["total"], answer["documents"], answer["unit"]) == (2, 2, "report")
    assert {hit["document_id"] for hit in answer["hits"]} == {
        ids["青榆区2024.txt"],
        ids["望舒区2024.txt"],
    }


def test_all_facets_are_told_with_their_values(client):
    facets = client.get("/api/v1/search?q=枫桥经验&limit=0").json["facet_values"]
    assert facets["level"] == [{"value": "county", "label": "县区级", "count": 3}]
    assert {row["value"]: row["count"] for row in facets["year"]} == {"2023": 1, "2024": 2}


def test_documents_are_listed_page_by_page_in_the_order_they_were_added(client, ids):
    listed, after = [], ""
    while after is not None:
        answer = client.get(f"/api/v1/documents?limit=2&after={after}").json
        listed += [document["document_id"] for document in answer["documents"]]
        after = answer["next"]
        assert answer["total"] == 3
    assert listed == list(ids.values())


def test_documents_are_filtered(client, ids):
    def listed(query):
        documents = client.get(f"/api/v1/documents?{query}").json["documents"]
        return {document["document_id"] for document in documents}

    assert listed("year=2023") == {ids["青榆区2023.txt"]}
    assert listed("place=望舒区") == listed("region=望舒区") == {ids["望舒区2024.txt"]}
    assert listed("from=2024&place=青榆区") == {ids["青榆区2024.txt"]}
    assert listed("category=news") == set()
    assert client.get("/api/v1/documents?after=nothing").status_code == 400


def test_a_document_and_its_paragraphs_can_be_read(client, ids):
    document = client.get(f"/api/v1/documents/{ids['青榆区2023.txt']}").json
    assert document["report_year"] == 2023
    first, second = document["paragraphs"][:2]
    paragraph = client.get(f"/api/v1/paragraphs/{first['paragraph_id']}").json
    assert paragraph["text"] == first["text"]
    assert (paragraph["previous"], paragraph["next"]) == (None, second["paragraph_id"])
    assert paragraph["document"]["document_id"] == ids["青榆区2023.txt"]
    assert client.get("/api/v1/documents/0123456789ab").json["error"]["code"] == "not_found"
    assert client.get("/api/v1/paragraphs/none").status_code == 404


def test_trends_are_occurrences_in_ten_thousand_characters(client, ids):
    answer = client.get("/api/v1/trends?q=“枫桥经验”&by=year").json
    characters = {"2023": 0, "2024": 0}
    for name, document_id in ids.items():
        document = client.get(f"/api/v1/documents/{document_id}").json
        texts = [paragraph["text"] for paragraph in document["paragraphs"]]
        characters[name[3:7]] += len("".join("".join(texts).split()))
    # A paragraph that all three share is counted once a document: they are different works.
    assert [
        (group["values"]["year"], group["occurrences"], group["documents"])
        for group in answer["groups"]
    ] == [("2023", 1, 1), ("2024", 2, 2)]
    for group in answer["groups"]:
        assert group["all_characters"] == characters[group["values"]["year"]]
        assert group["rate_per_10k"] == pytest.approx(
            10_000 * group["occurrences"] / group["all_characters"], abs=1e-6
        )


def test_trends_by_nonsense_are_refused(client):
    assert client.get("/api/v1/trends?q=甲&by=title").status_code == 400
    assert client.get("/api/v1/trends").status_code == 400


def test_coverage_tells_the_years_of_each_place(client):
    places = client.get("/api/v1/coverage").json["places"]
    assert {
        place["place"]: sorted(document["year"] for document in place["documents"])
        for place in places
    } == {"青榆区": [2023, 2024], "望舒区": [2024]}


def test_an_unchanged_answer_is_not_sent_again(client):
    answer = client.get("/api/v1/search?q=澄湖")
    tag = answer.headers["ETag"]
    assert tag.startswith('W/"')
    again = client.get("/api/v1/search?q=澄湖", headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == tag


def test_a_tag_is_of_one_address_and_one_language(client):
    tag = client.get("/api/v1/search?q=澄湖").headers["ETag"]
    held = {"If-None-Match": tag}
    assert client.get("/api/v1/search?q=工程", headers=held).status_code == 200
    english = {**held, "Accept-Language": "en"}
    assert client.get("/api/v1/search?q=澄湖", headers=english).status_code == 200
    assert "ETag" not in client.get("/api/v1/search?q=(").headers
    assert "ETag" not in client.get("/api/v1/health").headers


def test_a_new_report_or_a_correction_changes_the_tags(own_app, own_client, report_of):
    held = holdings_of(own_app)

    def tag():
        return own_client.get("/api/v1/documents").headers.get("ETag")

    added = take_in(report_of("枫桥经验行之有效。"), "甲.txt", held.archive)
    held.catch_up()
    first = tag()
    assert first == tag() is not None
    held.archive.store.edit(added.document_id, {"report_year": "2020"}, "王")
    second = tag()
    held.catch_up()
    assert len({first, second, tag()}) == 3


@pytest.fixture(scope="module")
def great_client(tmp_path_factory):
    """An archive in which 湖 stands in 10,800 paragraphs of 90 reports."""
    from archive.settings import load_settings

    drawn = random.Random(5)
    app = create_app(load_settings(tmp_path_factory.mktemp("great"), environment={}))
    held = holdings_of(app)
    for number in range(REPORTS):
        texts = ["湖" * (1 + n % 3) + "".join(drawn.choices(HAN, k=12)) for n in range(PARAGRAPHS)]
        lines = ["政府工作报告", f"青榆区人民政府 {2000 + number % 20}年1月9日", *texts]
        take_in("。\n".join(lines).encode(), f"{number}.txt", held.archive)
    held.catch_up()
    yield app.test_client()
    close_app(app)


@pytest.mark.parametrize("order", ["relevance", "newest"])
def test_each_of_more_than_ten_thousand_hits_is_given_exactly_once(great_client, order):
    given, after = [], ""
    while after is not None:
        answer = great_client.get(
            f"/api/v1/search?q=“湖”&limit=100&sort={order}&after={after}"
        ).json
        given += [hit["paragraph_id"] for hit in answer["hits"]]
        after = answer["next"]
    assert len(given) == len(set(given)) == answer["total"] >= 10_000


def test_the_last_page_of_ten_thousand_hits_is_reached_and_all_are_exported(great_client):
    total = great_client.get("/api/v1/search?q=“湖”&limit=0").json["total"]
    last = (total - 1) // 20 * 20
    assert 'class="hit"' in great_client.get(f"/?q=“湖”&offset={last}").text
    lines = great_client.get("/export/jsonl?q=“湖”").text.splitlines()
    assert len(lines) == len(set(lines)) == total
