"""Trends over a real index, against numbers that are counted by hand."""

import hashlib
import json

import pytest

from archive.inventory import Entry
from archive.model import Category, Level, Region
from index.engine import IndexedDocument, IndexedParagraph
from index.engines.memory import MemoryEngine
from index.engines.whoosh import create_whoosh
from index.research.record import COLUMNS, describe_run, table_rows
from index.research.trends import TrendQuestion, report_filters, trace, yearly_rates

PLACES = {
    "青榆区": Region("青榆区", "霁州市青榆区", None, Level.COUNTY),
    "霁州市": Region("霁州市", "霁州市", None, Level.CITY),
}

TEXTS = [
    # place, year, kind, part, text: 10 characters each, with as many 灯 as is said behind it
    ("青榆区", 2019, "report", "tasks", "灯亮了，路修了，灯多。"),  # 2 of 11
    ("青榆区", 2019, "report", "targets", "今年要栽一千棵树。"),  # 0 of 9
    ("霁州市", 2019, "report", "tasks", "城里的路灯要换新的。"),  # 1 of 10
    ("青榆区", 2020, "report", "tasks", "桥修好了。"),  # 0 of 5
    ("青榆区", 2022, "report", "tasks", "点 一 盏 灯"),  # 1 of 4, white space aside
    ("青榆区", 2022, "news", "tasks", "灯灯灯灯灯"),  # 5 of 5, a look-alike
]


def document(number):
    place, year, kind, part, text = TEXTS[number]
    facets = {
        "year": str(year),
        "region": PLACES[place].full_name,
        "level": PLACES[place].level.value,
        "category": kind,
        "source": "",
        "title": "",
        "speaker": "",
    }
    paragraph = IndexedParagraph(f"p{number}", 0, text, part)
    return IndexedDocument(f"d{number}", 1, facets, (paragraph,))


ENTRIES = [
    Entry(f"d{n}", f"d{n}", year, PLACES[place], Category(kind), len(text))
    for n, (place, year, kind, _, text) in enumerate(TEXTS)
]


@pytest.fixture(params=["memory", "whoosh"])
def engine(request, tmp_path):
    engine = MemoryEngine() if request.param == "memory" else create_whoosh(tmp_path)
    with engine.batch() as batch:
        for number in range(len(TEXTS)):
            batch.replace(document(number))
    yield engine
    engine.close()


def ask(engine, *terms, with_look_alikes=False, filters=None, **more):
    kept = report_filters(filters or {}, with_look_alikes)
    return trace(TrendQuestion(terms, filters=kept, **more), engine, ENTRIES)


def counted(line):
    return {year: (p.occurrences, p.all_characters) for year, p in line.points.items()}


def test_a_rate_is_occurrences_for_each_ten_thousand_characters():
    assert yearly_rates({2019: 3}, {2020: 500, 2019: 20_000}) == {2019: 1.5, 2020: 0.0}


def test_occurrences_without_characters_are_an_error_and_no_rate():
    with pytest.raises(ValueError, match="2021"):
        yearly_rates({2021: 1}, {2020: 500})


def test_every_year_with_text_has_its_counts_and_a_year_without_is_a_gap(engine):
    trends = ask(engine, "灯")

    assert trends.years == (2019, 2020, 2021, 2022)
    assert counted(trends.lines[0]) == {2019: (3, 30), 2020: (0, 5), 2022: (1, 4)}
    assert trends.lines[0].points[2019].rate == 1000
    assert trends.lines[0].points[2020].rate == 0
    assert trends.lines[0].points[2022].rate == 2500


def test_look_alikes_are_counted_only_if_asked_for(engine):
    assert counted(ask(engine, "灯", with_look_alikes=True).lines[0])[2022] == (6, 9)


def test_a_part_of_the_report_is_counted_by_its_own_characters(engine):
    trends = ask(engine, "树", filters={"part": frozenset({"targets"})})

    assert counted(trends.lines[0]) == {2019: (1, 9)}


def test_levels_have_lines_of_their_own(engine):
    trends = ask(engine, "灯", split="level")

    assert [(line.group, counted(line)) for line in trends.lines] == [
        ("county", {2019: (2, 20), 2020: (0, 5), 2022: (1, 4)}),
        ("city", {2019: (1, 10)}),
    ]


def test_a_place_stands_for_those_that_lie_in_it(engine):
    city = ask(engine, "灯", filters={"region": frozenset({"霁州"})})
    district = ask(engine, "灯", filters={"region": frozenset({"青榆区"})})

    assert counted(city.lines[0])[2019] == (3, 30)
    assert counted(district.lines[0])[2019] == (2, 20)


def test_several_terms_stand_in_the_order_in_which_they_were_asked(engine):
    assert [line.term for line in ask(engine, "桥", "灯").lines] == ["桥", "灯"]


def test_years_outside_the_range_are_left_out(engine):
    assert ask(engine, "灯", first_year=2020, last_year=2021).years == (2020,)


def test_the_coverage_says_how_many_of_the_expected_places_have_a_report(engine):
    coverage = ask(engine, "灯").coverage

    # 青榆区 has 2019, 2020 and 2022, so it is expected in 2021, too; 霁州市 has only 2019.
    assert {y: (t.held, t.expected) for y, t in coverage.items()} == {
        2019: (2, 2),
        2020: (1, 1),
        2021: (0, 1),
        2022: (1, 1),
    }


def test_the_rows_of_the_table_have_empty_cells_in_a_gap_and_zeros_where_nothing_was_found(engine):
    rows = table_rows(ask(engine, "灯"))

    assert len(COLUMNS) == len(rows[0])
    assert rows[1] == ("灯", "", 2020, 0.0, 0, 0, 0, 1, 5, 1, 1)
    assert rows[2] == ("灯", "", 2021, "", "", "", "", "", "", 0, 1)


def test_the_record_changes_with_the_documents_of_the_index_and_can_be_written_as_json(engine):
    trends = ask(engine, "灯", "桥")
    before = describe_run(trends, engine, b"table", "1.0")
    with engine.batch() as batch:
        batch.remove("d5")
    after = describe_run(trends, engine, b"table", "1.0")

    assert json.loads(json.dumps(before))["table_sha256"] == hashlib.sha256(b"table").hexdigest()
    assert [query["text"] for query in before["queries"]] == ["灯", "桥"]
    assert before["filters"] == {"category": ["report"]}
    assert (before["index"]["documents"], after["index"]["documents"]) == (6, 5)
    assert before["index"]["content_sha256"] != after["index"]["content_sha256"]
