"""The benchmark measures what it says: the same paragraphs, true answers, honest bars."""

import random
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from index.analysis import fold_text
from scripts.bench.search.contenders.fts5 import FTS5_BIGRAMS, FTS5_WORDS
from scripts.bench.search.contenders.stock_whoosh import STOCK
from scripts.bench.search.contenders.zhengwen import ENGINE, PRODUCT
from scripts.bench.search.report import KINDS, bars, sheets, to_markdown
from scripts.bench.search.tasks import (
    Task,
    iter_truth,
    load_tasks,
    make_tasks,
    save_tasks,
    write_truth,
)
from scripts.bench.search.texts import Dataset, marker, write_dataset

SIZE = 700


def shown(dataset: Dataset) -> list[str]:
    return [text for report in dataset.iter_reports() for text in report.texts]


@pytest.fixture(scope="module")
def dataset(corpus, tmp_path_factory):
    made = write_dataset(tmp_path_factory.mktemp("data"), [corpus], SIZE)
    save_tasks(make_tasks(made, ["乡村振兴", "没有这样的话"]), made.folder)
    write_truth(made, made.folder)
    return made


@pytest.fixture(scope="module", params=["engine", "product", "fts5 bigrams"])
def exact_server(request, dataset, tmp_path_factory):
    chosen = {"engine": ENGINE, "product": PRODUCT, "fts5 bigrams": FTS5_BIGRAMS}[request.param]
    folder = tmp_path_factory.mktemp("index")
    chosen.build(dataset, folder)
    return chosen.serve(dataset, folder)


def test_paragraphs_are_distinct_and_as_many_as_asked_for(dataset):
    texts = shown(dataset)

    assert len(texts) == dataset.size == SIZE
    assert len(set(texts)) == SIZE
    assert [dataset.text(number) for number in range(SIZE)] == texts


def test_the_same_size_gives_the_same_paragraphs(dataset, corpus, tmp_path):
    again = write_dataset(tmp_path, [corpus], SIZE)

    assert list(again.iter_reports()) == list(dataset.iter_reports())
    assert again.more_reports() == dataset.more_reports()


def test_a_smaller_set_is_the_beginning_of_a_larger_one(dataset, corpus, tmp_path):
    fewer = write_dataset(tmp_path, [corpus], 200)

    assert list(fewer.iter_reports()) == list(dataset.iter_reports())[:1]


def test_the_truth_is_where_the_strings_stand(dataset):
    texts = [fold_text(text) for text in shown(dataset)]

    for piece, numbers in iter_truth(dataset.folder):
        assert numbers.tolist() == [n for n, text in enumerate(texts) if piece in text]


def test_every_kind_of_question_is_asked(dataset):
    tasks = load_tasks(dataset.folder)

    assert {task.kind for task in tasks} == set(KINDS)
    assert tasks == make_tasks(dataset, ["乡村振兴", "没有这样的话"])


def test_exact_contenders_find_each_string_where_it_stands(exact_server, dataset):
    for piece, numbers in random.Random(3).sample(list(iter_truth(dataset.folder)), 40):
        assert sorted(exact_server.find_all(piece)) == numbers.tolist()


def test_answers_are_whole_pages(exact_server, dataset):
    texts = shown(dataset)
    facts = [(r.year, r.place) for r in dataset.iter_reports() for _ in r.texts]
    place, _ = Counter(place for _, place in facts).most_common(1)[0]
    task = Task("filtered", ("发展",), is_quoted=True, years=(2005, 2026), place=place)

    answer = exact_server.answer(task)

    expected = [n for n, text in enumerate(texts) if "发展" in text and facts[n][1] == place]
    assert answer.total == len(expected) > 20
    assert len(answer.hits) == 20
    assert all(text[start:end] == "发展" for text, marks in answer.hits for start, end in marks)
    years = Counter(str(facts[n][0]) for n in expected)
    assert {year: n for year, n in answer.facets["year"].items() if n} == dict(years)


@pytest.mark.parametrize("contender", [ENGINE, PRODUCT, FTS5_BIGRAMS, FTS5_WORDS])
def test_an_added_report_is_found_by_its_marker(contender, dataset, tmp_path):
    contender.build(dataset, tmp_path)
    server = contender.serve(dataset, tmp_path)

    server.add(dataset.more_reports()[2])

    found = [server.answer(Task("", (marker(n),), is_quoted=True)).total for n in range(4)]
    assert found == [0, 0, 1, 0]


def test_stock_whoosh_counts_what_it_finds(dataset, tmp_path):
    STOCK.build(dataset, tmp_path)
    server = STOCK.serve(dataset, tmp_path)

    answer = server.answer(Task("common", ("发展",)))

    assert answer.total == sum(answer.facets["year"].values()) > 20
    assert len(answer.hits) == 20
    assert server.answer(replace(Task("x", ("发展",)), years=(1990, 1991))).total == 0


def test_the_scan_and_numpy_agree_on_order(dataset):
    for _, numbers in iter_truth(dataset.folder):
        assert np.all(np.diff(numbers) > 0)


def row(**changed):
    latencies = dict.fromkeys(KINDS, (1.0, 2.0))
    measured = {
        "paragraphs": 100_000,
        "build_seconds": 10.0,
        "build_mb": 100.0,
        "index_mb": 50.0,
        "open_seconds": 0.1,
        "serve_mb": 100.0,
        "one_more_seconds": 0.2,
        "recall": 1.0,
        "precision": 1.0,
        "cold_ms": latencies,
        "warm_ms": latencies,
    }
    return measured | changed


def test_bars_tell_cleared_from_not_cleared():
    slower = dict.fromkeys(KINDS, (3.0, 5.0))
    results = {
        "zhengwen": row(),
        "stock Whoosh": row(build_seconds=79.0),
        "FTS5 words": row(index_mb=30.0, warm_ms=slower),
        "FTS5 bigrams": row(index_mb=30.0, warm_ms={**slower, "rare": (0.5, 5.0)}),
        "tantivy words": row(warm_ms=dict.fromkeys(KINDS, (0.21, 0.39))),
    }

    verdicts = {(bar.work, bar.bar): bar.is_cleared for bar in bars(results)}

    assert verdicts["build", "8 x stock Whoosh"] is False
    assert verdicts["build (an aim)", "FTS5 bigrams"] is True
    assert verdicts["median, p95 against FTS5 words", "below FTS5, every class"] is True
    assert verdicts["median, p95 against FTS5 bigrams", "below FTS5, every class"] is False
    tantivy = "median, p95 against tantivy words", "within 5 x tantivy, warm, every class"
    assert verdicts[tantivy] is False
    assert verdicts["index size", "FTS5 words + bigrams: 60.0 MB"] is True


def test_the_written_tables_hold_every_contender():
    results = {"zhengwen": row(), "stock Whoosh": row(one_more_seconds=float("nan"))}

    written = to_markdown(sheets(results), "Conditions.")

    assert written.count("| stock Whoosh |") == 4
    assert "| never |" in written
