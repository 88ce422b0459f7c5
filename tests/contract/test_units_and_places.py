"""Contract of every engine: reports as hits, the order by place, and going on from a position."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.engine import (
    IndexedDocument,
    IndexedParagraph,
    Order,
    Position,
    SearchRequest,
    Unit,
)
from index.engines.memory import MemoryEngine
from index.engines.whoosh.engine import create_whoosh
from index.query.parser import parse

PLACES = {
    "b2023": ("福建省福州市", "2023", ["粮食增产，农民增收。", "粮食和粮食。", "其他。"]),
    "a2022": ("江西省", "2022", ["粮食丰收。"]),
    "c2024": ("福建省福州市", "2024", ["种树。", "粮食。粮食。粮食。", "粮食储备。"]),
    "d": ("", "", ["粮食。"]),
}


def document(name, region, year, texts):
    facets = {
        "year": year,
        "region": region,
        "level": "city",
        "category": "report",
        "source": "",
        "title": "",
        "speaker": "",
    }
    paragraphs = [
        IndexedParagraph(f"{name}-{ordinal}", ordinal, text) for ordinal, text in enumerate(texts)
    ]
    return IndexedDocument(name, 1, facets, tuple(paragraphs))


@pytest.fixture(params=["memory", "whoosh"])
def engine(request, tmp_path):
    engine = MemoryEngine() if request.param == "memory" else create_whoosh(tmp_path)
    for some in (["b2023", "c2024"], ["a2022", "d"], ["c2024"]):
        with engine.batch() as batch:
            for name in some:
                batch.replace(document(name, *PLACES[name]))
    yield engine
    engine.close()


def ask(engine, query="“粮食”", **options):
    return engine.search(SearchRequest(parse(query), **options))


def test_a_report_is_one_hit_with_its_matching_paragraphs_and_occurrences(engine):
    answer = ask(engine, unit=Unit.REPORT, order=Order.OLDEST)
    assert [(hit.document_id, hit.paragraphs, hit.occurrences) for hit in answer.hits] == [
        ("a2022", 1, 1),
        ("b2023", 2, 3),
        ("c2024", 2, 4),
        ("d", 1, 1),
    ]
    assert (answer.total, answer.documents, answer.occurrences) == (6, 4, 9)


def test_a_report_is_shown_by_its_best_paragraph(engine):
    hits = {hit.document_id: hit for hit in ask(engine, unit=Unit.REPORT).hits}
    assert hits["b2023"].paragraph_id == "b2023-1"
    assert hits["c2024"].paragraph_id == "c2024-1"
    best = max(ask(engine).hits, key=lambda hit: hit.score)
    assert ask(engine, unit=Unit.REPORT).hits[0].paragraph_id == best.paragraph_id


def test_facets_count_reports_where_reports_are_asked_for(engine):
    facets = ask(engine, unit=Unit.REPORT, facets=("region", "part")).facets
    assert facets == {"region": {"福建省福州市": 2, "江西省": 1, "": 1}, "part": {"": 4}}
    assert ask(engine, facets=("region",)).facets["region"]["福建省福州市"] == 4


def test_hits_by_place_are_newest_first_within_it_and_unknown_places_are_last(engine):
    order = [hit.paragraph_id for hit in ask(engine, order=Order.PLACE).hits]
    # 江 stands before 福 in Unicode.
    assert order == ["a2022-0", "c2024-1", "c2024-2", "b2023-0", "b2023-1", "d-0"]


@pytest.mark.parametrize("order", list(Order))
@pytest.mark.parametrize("unit", list(Unit))
def test_going_on_from_each_hit_gives_every_hit_once(engine, order, unit):
    whole = ask(engine, order=order, unit=unit).hits
    given_one_by_one, after = [], None
    while hits := ask(engine, order=order, unit=unit, limit=1, after=after).hits:
        given_one_by_one += hits
        after = hits[-1].position
    assert tuple(given_one_by_one) == whole


def test_one_can_go_on_from_a_hit_that_is_gone(engine):
    positions = [hit.position for hit in ask(engine, order=Order.PLACE).hits]
    with engine.batch() as batch:
        batch.remove("c2024")
    for place, position in enumerate(positions):
        rest = ask(engine, order=Order.PLACE, after=position).hits
        expected = [p for p in positions[place + 1 :] if p.document_id != "c2024"]
        assert [hit.position for hit in rest] == expected


def test_a_position_that_never_was_divides_the_hits_as_well(engine):
    beside = Position(-2023.0, "b", 0)
    years = [hit.document_id for hit in ask(engine, order=Order.NEWEST, after=beside).hits]
    assert years == ["b2023", "b2023", "a2022", "d"]


words = st.sampled_from(["粮食", "安全", "粮食安全", "种树"])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["福建省", "江西省", ""]),
            st.sampled_from(["2022", "2023", ""]),
            st.lists(words, min_size=1, max_size=5),
        ),
        min_size=1,
        max_size=6,
    ),
    st.sampled_from(["粮食", "“安全” OR 种树", "-种树 年:2022..2023"]),
    st.sampled_from(list(Order)),
    st.integers(1, 4),
)
def test_reports_agree_with_trying_every_paragraph(archive, query, order, limit):
    with tempfile.TemporaryDirectory() as folder:
        engine, memory = create_whoosh(Path(folder)), MemoryEngine()
        for one in (engine, memory):
            for part in (archive[::2], archive):
                with one.batch() as batch:
                    for number, given_one in enumerate(part):
                        batch.replace(document(f"d{number}", *given_one))
        request = SearchRequest(
            parse(query), facets=("year", "part"), order=order, limit=limit, unit=Unit.REPORT
        )
        ours, oracle = engine.search(request), memory.search(request)
        assert (ours.total, ours.documents, ours.facets) == (
            oracle.total,
            oracle.documents,
            oracle.facets,
        )
        assert [hit.score for hit in ours.hits] == pytest.approx([h.score for h in oracle.hits])
        if order is not Order.RELEVANCE:
            assert [(h.paragraphs, h.occurrences, h.document_id) for h in ours.hits] == [
                (h.paragraphs, h.occurrences, h.document_id) for h in oracle.hits
            ]
        engine.close()
