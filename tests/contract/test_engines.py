"""What every engine promises: which paragraphs, never how. Runs once for each engine."""

import errno
from collections.abc import Callable
from itertools import zip_longest
from pathlib import Path

import pytest

from archive.errors import EngineError, IndexBusyError, QueryTooCostlyError
from index.deadline import Deadline
from index.engine import (
    Engine,
    Group,
    IndexedDocument,
    IndexedParagraph,
    Order,
    SearchRequest,
    TallyRequest,
)
from index.engines.memory import MemoryEngine
from index.engines.whoosh import create_whoosh, open_whoosh
from index.query.parser import parse
from index.query.tree import Not

TEXTS = {
    "lanxi": [
        "推广新时代“枫桥经验”，平安澜溪建设走在全市前列。",
        "枫树多，桥也多，经验不足的游客请结伴而行。",
        "深化“放管服”改革，政务服务事项一网通办。",
        "５Ｇ基站建成２０座，ＰＭ2.5平均浓度下降3％。",
    ],
    "wangshu": [
        "枫桥经验在望舒落地生根，枫桥经验写进了社区公约。",
        "國際論壇在望舒舉行，楓橋經驗受到關注。",
        "经验告诉我们，枫桥镇的做法可以借鉴。",
    ],
    "qingyu": ["粮食总产量12.5万吨，乡村振兴稳步推进。"],
}
COMMON = {"level": "county", "category": "report", "title": "政府工作报告"}
FACETS = {
    "lanxi": {
        **COMMON,
        "year": "2022",
        "region": "霁州市澜溪县",
        "source": "澜溪县人民政府",
        "speaker": "辛禾",
    },
    "wangshu": {
        **COMMON,
        "year": "2023",
        "region": "霁州市望舒区",
        "source": "霁州日报",
        "speaker": "",
    },
    "qingyu": {
        **COMMON,
        "year": "",
        "region": "霁州市青榆区",
        "source": "",
        "category": "other",
        "title": "青榆区农业简报",
        "speaker": "",
    },
}
PARTS = {"lanxi": ["review", "review", "tasks", "targets"], "qingyu": ["review"]}


def document(
    document_id: str, texts: list[str], facets: dict[str, str], revision: int = 1
) -> IndexedDocument:
    parts = PARTS.get(document_id, [])
    paragraphs = [
        IndexedParagraph(f"{document_id}-{ordinal}", ordinal, text, part)
        for ordinal, (text, part) in enumerate(
            zip_longest(texts, parts[: len(texts)], fillvalue="")
        )
    ]
    return IndexedDocument(document_id, revision, facets, tuple(paragraphs))


@pytest.fixture(params=["memory", "whoosh"])
def open_engine(request, tmp_path: Path) -> Callable[[], Engine]:
    return MemoryEngine if request.param == "memory" else lambda: create_whoosh(tmp_path)


@pytest.fixture
def engine(open_engine):
    engine = open_engine()
    # Two commits: a search must see several segments as one.
    for ids in (["lanxi"], ["wangshu", "qingyu"]):
        with engine.batch() as batch:
            for name in ids:
                batch.replace(document(name, TEXTS[name], FACETS[name]))
    yield engine
    engine.close()


def ask(engine: Engine, query: str, **options):
    return engine.search(SearchRequest(parse(query), facets=("year", "region"), **options))


def found(engine: Engine, query: str, **options) -> set[str]:
    return {hit.paragraph_id for hit in ask(engine, query, **options).hits}


@pytest.mark.parametrize(
    ("query", "paragraphs"),
    [
        # A quoted string is found where it stands, across quotes, width and script.
        ("“枫桥经验”", {"lanxi-0", "wangshu-0", "wangshu-1"}),
        ('"楓橋經驗"', {"lanxi-0", "wangshu-0", "wangshu-1"}),
        ("「新时代枫桥经验」", {"lanxi-0"}),
        ('"放管服改革"', {"lanxi-2"}),
        ('"“放管服”改革"', {"lanxi-2"}),
        ('"桥经"', {"lanxi-0", "wangshu-0", "wangshu-1"}),
        ('"5g"', {"lanxi-3"}),
        ('"PM2.5"', {"lanxi-3"}),
        ('"下降3%"', {"lanxi-3"}),
        ('"国际论坛"', {"wangshu-1"}),
        ('"枫桥，经验"', set()),
        ('"经验枫桥"', set()),
        # One character is a string like any other.
        ('"吨"', {"qingyu-0"}),
        ("枫", {"lanxi-0", "lanxi-1", "wangshu-0", "wangshu-1", "wangshu-2"}),
        # A bare word also finds the paragraphs that hold all its words.
        ("枫桥经验", {"lanxi-0", "wangshu-0", "wangshu-1", "wangshu-2"}),
        ("望舒 枫桥经验", {"wangshu-0", "wangshu-1"}),
        # Operators, in English, in signs and in Chinese.
        ('"枫桥经验" AND 平安', {"lanxi-0"}),
        ('"枫桥经验" 与 平安', {"lanxi-0"}),
        ('"枫桥经验" -望舒', {"lanxi-0"}),
        ('"枫桥经验" 非 望舒', {"lanxi-0"}),
        ("粮食 OR 基站", {"qingyu-0", "lanxi-3"}),
        ("粮食|基站", {"qingyu-0", "lanxi-3"}),
        ("粮食 或 基站", {"qingyu-0", "lanxi-3"}),
        ("(粮食 OR 枫) NOT 经验", {"qingyu-0"}),
        ("粮食 OR (枫 NOT (桥 AND 新时代))", {
            "qingyu-0", "lanxi-1", "wangshu-0", "wangshu-1", "wangshu-2",
        }),
        ("经验 NOT (“枫桥经验” OR 枫树)", {"wangshu-2"}),
        ("“没有这句话”", set()),
        # What is pasted with its own quotes is found as one string or by its parts.
        ("新时代“枫桥经验”", {"lanxi-0"}),
        # Wildcards: one character, and a gap that ends no sentence.
        ('"枫?经验"', {"lanxi-0", "wangshu-0", "wangshu-1"}),
        ("枫?多", {"lanxi-1"}),
        ("枫??多", set()),
        ('"?枫桥"', {"lanxi-0", "wangshu-0", "wangshu-1", "wangshu-2"}),
        ('"借鉴??"', set()),
        ('"枫*经验"', {"lanxi-0", "lanxi-1", "wangshu-0", "wangshu-1"}),
        ('"经验*枫桥"', {"wangshu-0", "wangshu-2"}),
        ('"枫?*多*游客"', {"lanxi-1"}),
        (r'"2.5*3\*"', set()),
        # Two near each other, in characters.
        ("枫树 NEAR/6 经验", {"lanxi-1"}),
        ("枫树 NEAR/5 经验", set()),
        ("枫桥 NEAR/0 经验", {"lanxi-0", "wangshu-0", "wangshu-1"}),
        ("经验 NEAR/5 枫桥", {"lanxi-0", "wangshu-0", "wangshu-1", "wangshu-2"}),
        ("经验 BEFORE/20 枫桥", {"wangshu-0", "wangshu-2"}),
        ("经验 先/5 枫桥", {"wangshu-2"}),
        ("枫桥经验 NEAR 桥", {"wangshu-0"}),
        ("望舒 NEAR/5 (公约 OR 论坛 OR 枫?经验)", {"wangshu-0", "wangshu-1"}),
        ("望舒 同句 (公约 OR “舉行”)", {"wangshu-0", "wangshu-1"}),
        ("望舒 SAME_SENTENCE 望舒", {"wangshu-0", "wangshu-1"}),
        # Fields, of the document and of the paragraph.
        ("年:2022", {"lanxi-0", "lanxi-1", "lanxi-2", "lanxi-3"}),
        ("年:2022.. 枫桥镇", {"wangshu-2"}),
        ("年:..2022 枫桥经验", {"lanxi-0"}),
        ("年:(2021 或 2023) 论坛", {"wangshu-1"}),
        ("年:不详", {"qingyu-0"}),
        ("地区:霁州 (粮食 OR 基站 OR 论坛)", {"qingyu-0", "lanxi-3", "wangshu-1"}),
        ("地区:望舒", {"wangshu-0", "wangshu-1", "wangshu-2"}),
        ("地区:霁州市青榆区|澜溪县 (推进 OR 深化)", {"qingyu-0", "lanxi-2"}),
        ("地区:州 OR 地区:州市 OR 地区:舒", set()),
        ("级别:县 粮食", {"qingyu-0"}),
        ("级别:省", set()),
        ("部分:目标", {"lanxi-3"}),
        ("部分:(目标 或 任务)", {"lanxi-2", "lanxi-3"}),
        ("来源:日报 论坛", {"wangshu-1"}),
        ("标题:简报", {"qingyu-0"}),
        ("讲话人:辛禾 枫树", {"lanxi-1"}),
        ("类型:其他", {"qingyu-0"}),
        # What is left out, in every branch.
        ("枫 -“枫?经验”", {"lanxi-1", "wangshu-2"}),
        ("枫 -枫*经验", {"wangshu-2"}),
        ("经验 -(经验 BEFORE 枫桥)", {"lanxi-0", "lanxi-1", "wangshu-1"}),
        ("望舒 NOT (望舒 同句 论坛)", {"wangshu-0"}),
        ("枫桥 -地区:望舒", {"lanxi-0"}),
        ("枫桥 -年:2022 -部分:回顾", {"wangshu-0", "wangshu-1", "wangshu-2"}),
        ("粮食 OR (枫桥 NOT 年:2023)", {"qingyu-0", "lanxi-0"}),
        ("(粮食 OR -枫) 部分:回顾", {"qingyu-0"}),
    ],
)  # fmt: skip
def test_a_query_finds_exactly_its_paragraphs(engine, query, paragraphs):
    assert found(engine, query) == paragraphs
    assert ask(engine, query).total == len(paragraphs)


@pytest.fixture
def sentences(open_engine):
    engine = open_engine()
    texts = [
        "推进改革。开放继续。",
        "推进开放和改革！改革开放。",
        "开放[1]改革，推进。",
        "改革改革改革",
        "改\x00革\n开\u200b放",
    ]
    with engine.batch() as batch:
        batch.replace(document("s", texts, FACETS["lanxi"]))
    yield engine
    engine.close()


@pytest.mark.parametrize(
    ("query", "ordinals"),
    [
        ("推进*改革", [0, 1]),
        ("推进*开放", [1]),
        ("推进*改革*开放", []),
        ("改革*推进", [2]),
        ("改革 同句 推进", [0, 1, 2]),
        ("开放 同句 推进", [1, 2]),
        ("改革 NEAR/1 开放", [0, 1, 2, 4]),
        ("开放 BEFORE/0 改革", [2]),
        ("“开放改革”", [2]),
        ("“开放[1]改革”", [2]),
        ("“改革开放”", [1, 4]),
        ("“1”", []),
    ],
)
def test_sentences_distances_and_note_marks(sentences, query, ordinals):
    assert found(sentences, query) == {f"s-{ordinal}" for ordinal in ordinals}


@pytest.mark.parametrize(
    ("query", "occurrences"),
    [
        ("“改革”", 8),
        ("改革", 8),
        ("“改革改革”", 2),
        ("改?改", 2),
        # Two beginnings in one sentence, one in another.
        ("改革*改革", 2),
        ("“改革” -部分:回顾 推进", 7),
        ("开放 NEAR/0 改革", 6),
        ("年:2022", 0),
        ("“没有”", 0),
    ],
)
def test_occurrences_are_counted_in_the_paragraphs_that_match(open_engine, query, occurrences):
    engine = open_engine()
    texts = [
        "推进改革。开放继续。",
        "推进开放和改革！改革开放。",
        "开放改革，推进。",
        "改革改革改革",
    ]
    with engine.batch() as batch:
        batch.replace(document("s", [*texts, "改革"], FACETS["lanxi"]))

    assert ask(engine, query, limit=0).occurrences == occurrences


def test_occurrences_are_counted_under_the_filters(engine):
    everywhere = ask(engine, "“枫桥经验”")
    filtered = ask(engine, "“枫桥经验”", filters={"year": frozenset({"2022"})})

    assert (everywhere.occurrences, filtered.occurrences) == (4, 1)


def test_facets_of_paragraphs_are_counted_and_filtered_by(engine):
    request = SearchRequest(
        parse("地区:霁州"), {"part": frozenset({"review"})}, ("part", "source", "category", "level")
    )

    response = engine.search(request)

    assert {h.paragraph_id for h in response.hits} == {"lanxi-0", "lanxi-1", "qingyu-0"}
    assert response.facets == {
        "part": {"review": 3, "tasks": 1, "targets": 1, "": 3},
        "source": {"澜溪县人民政府": 2, "": 1},
        "category": {"report": 2, "other": 1},
        "level": {"county": 3},
    }


def test_a_condition_adds_nothing_to_a_score(engine):
    plain = {hit.paragraph_id: hit.score for hit in ask(engine, "枫桥经验").hits}
    narrowed = ask(engine, "枫桥经验 年:2023 地区:霁州").hits

    assert len(narrowed) == 3
    assert all(hit.score == pytest.approx(plain[hit.paragraph_id]) for hit in narrowed)
    assert {hit.score for hit in ask(engine, "年:2023").hits} == {0.0}


def test_two_beside_each_other_score_as_the_two_by_themselves(engine):
    near = {h.paragraph_id: h.score for h in ask(engine, "“枫桥” NEAR/0 “经验”").hits}
    both = {h.paragraph_id: h.score for h in ask(engine, "“枫桥” “经验”").hits}

    assert near == {one: pytest.approx(both[one]) for one in near}
    assert set(near) < set(both)


def test_the_vocabulary_counts_paragraphs(engine):
    vocabulary = engine.vocabulary()

    assert vocabulary["枫桥"] == 4
    assert vocabulary["粮食"] == 1
    assert "没有" not in vocabulary


def test_a_search_stops_at_its_deadline(engine):
    clock = iter(range(100))
    deadline = Deadline(1, clock=lambda: next(clock))

    with pytest.raises(QueryTooCostlyError, match="1 seconds"):
        engine.search(SearchRequest(parse("枫 OR 桥"), deadline=deadline))


def test_paragraphs_that_hold_the_word_literally_come_first(engine):
    hits = ask(engine, "枫桥经验").hits

    assert hits[-1].paragraph_id == "wangshu-2"
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_the_paragraph_that_says_it_twice_ranks_above_one_as_long_that_says_it_once(open_engine):
    engine = open_engine()
    with engine.batch() as batch:
        texts = ["枫桥经验与平安建设同步推进。", "枫桥经验与枫桥经验同步推进。"]
        batch.replace(document("a", texts, FACETS["lanxi"]))

    assert [hit.paragraph_id for hit in ask(engine, '"枫桥经验"').hits] == ["a-1", "a-0"]


def test_hits_in_year_order_put_the_unknown_year_last(engine):
    query = "枫 OR 粮食"

    newest = [hit.document_id for hit in ask(engine, query, order=Order.NEWEST).hits]
    oldest = [hit.document_id for hit in ask(engine, query, order=Order.OLDEST).hits]

    assert newest == ["wangshu"] * 3 + ["lanxi"] * 2 + ["qingyu"]
    assert oldest == ["lanxi"] * 2 + ["wangshu"] * 3 + ["qingyu"]


def test_within_a_year_hits_stand_in_reading_order(engine):
    hits = ask(engine, "枫", order=Order.NEWEST).hits

    assert [hit.paragraph_id for hit in hits][:3] == ["wangshu-0", "wangshu-1", "wangshu-2"]


def test_every_hit_is_reached_by_paging_and_none_twice(engine):
    pages = [ask(engine, "枫", offset=offset, limit=2) for offset in range(0, 6, 2)]

    assert [len(page.hits) for page in pages] == [2, 2, 1]
    assert len({hit.paragraph_id for page in pages for hit in page.hits}) == 5
    assert {page.total for page in pages} == {5}


def test_facets_count_paragraphs_and_show_the_unknown_year(engine):
    response = ask(engine, "枫 OR 粮食", limit=0)

    assert response.facets["year"] == {"2022": 2, "2023": 3, "": 1}
    assert response.facets["region"] == {"霁州市澜溪县": 2, "霁州市望舒区": 3, "霁州市青榆区": 1}


def test_a_filter_narrows_hits_and_other_facets_but_not_its_own(engine):
    response = ask(engine, "枫", filters={"year": frozenset({"2022"})})

    assert {hit.document_id for hit in response.hits} == {"lanxi"}
    assert response.total == 2
    assert response.facets["region"] == {"霁州市澜溪县": 2}
    assert response.facets["year"] == {"2022": 2, "2023": 3}


def test_two_values_of_a_field_are_alternatives_and_two_fields_are_both_required(engine):
    years = frozenset({"2022", "2023"})

    assert len(found(engine, "枫", filters={"year": years})) == 5
    narrowed = {"year": years, "region": frozenset({"霁州市望舒区"})}
    assert len(found(engine, "枫", filters=narrowed)) == 3


def test_a_filter_for_a_value_that_does_not_exist_leaves_nothing(engine):
    response = ask(engine, "枫", filters={"year": frozenset({"1949"})})

    assert (response.total, response.hits) == (0, ())


def test_a_replaced_document_is_found_by_its_new_text_only(engine):
    with engine.batch() as batch:
        batch.replace(document("lanxi", ["河长制全面落实。"], FACETS["lanxi"], revision=2))

    assert found(engine, "“枫桥经验”") == {"wangshu-0", "wangshu-1"}
    assert found(engine, "河长制") == {"lanxi-0"}


def test_a_removed_document_is_not_found_nor_counted(engine):
    with engine.batch() as batch:
        batch.remove("wangshu")

    assert found(engine, "“枫桥经验”") == {"lanxi-0"}
    assert ask(engine, "枫").facets["region"] == {"霁州市澜溪县": 2}
    assert found(engine, "粮食 NOT 望舒") == {"qingyu-0"}


def test_removing_what_is_not_there_changes_nothing(engine):
    with engine.batch() as batch:
        batch.remove("nobody")

    assert engine.revisions() == {"lanxi": 1, "wangshu": 1, "qingyu": 1}


def test_a_batch_that_fails_changes_nothing(engine):
    with pytest.raises(RuntimeError, match="half way"), engine.batch() as batch:
        batch.remove("lanxi")
        raise RuntimeError("half way")

    assert len(found(engine, "“枫桥经验”")) == 3
    with engine.batch() as batch:
        batch.remove("lanxi")
    assert len(found(engine, "“枫桥经验”")) == 2


def test_an_empty_engine_finds_nothing(open_engine):
    engine = open_engine()

    assert ask(engine, "枫桥经验 NOT 望舒").total == 0
    assert engine.revisions() == {}
    assert engine.count_paragraphs() == 0


def test_the_engine_tells_which_revision_of_each_document_it_holds(engine):
    with engine.batch() as batch:
        batch.replace(document("lanxi", TEXTS["lanxi"][:2], FACETS["lanxi"], revision=7))
        batch.remove("wangshu")

    assert engine.revisions() == {"lanxi": 7, "qingyu": 1}
    assert engine.count_paragraphs() == 3


def test_what_was_committed_is_there_after_reopening(tmp_path):
    engine = create_whoosh(tmp_path)
    with engine.batch() as batch:
        batch.replace(document("lanxi", TEXTS["lanxi"], FACETS["lanxi"]))
    engine.close()

    reopened = open_whoosh(tmp_path)
    for query in ("“枫桥经验”", "枫?经验 部分:回顾", "枫桥 NEAR/0 经验", "平安 同句 前列 年:2022"):
        assert found(reopened, query) == {"lanxi-0"}


def test_another_engine_over_the_same_folder_sees_the_next_commit(tmp_path):
    writing, reading = create_whoosh(tmp_path), open_whoosh(tmp_path)
    assert found(reading, "枫") == set()

    with writing.batch() as batch:
        batch.replace(document("lanxi", TEXTS["lanxi"], FACETS["lanxi"]))

    assert found(reading, "枫") == {"lanxi-0", "lanxi-1"}


def test_a_second_writer_is_told_that_the_index_is_busy(tmp_path, monkeypatch):
    monkeypatch.setattr("index.engines.whoosh.writer.WAIT_SECONDS", 0.0)
    first, second = create_whoosh(tmp_path), open_whoosh(tmp_path)

    with first.batch(), pytest.raises(IndexBusyError), second.batch():
        pass


@pytest.mark.parametrize("pattern", ["*.toc", "*.arrays"])
def test_an_index_with_a_file_missing_is_an_error_and_not_empty(tmp_path, pattern):
    engine = create_whoosh(tmp_path)
    with engine.batch() as batch:
        batch.replace(document("lanxi", TEXTS["lanxi"], FACETS["lanxi"]))
    engine.close()
    for path in tmp_path.glob(pattern):
        path.unlink()

    with pytest.raises(EngineError):
        found(open_whoosh(tmp_path), "枫")


# Whoosh leaves files open that it could not make sense of.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("pattern", ["*.toc", "*.arrays"])
@pytest.mark.parametrize("kept", [0, 8, 200])
def test_an_index_with_a_file_cut_off_is_an_error_and_not_empty(tmp_path, pattern, kept):
    engine = create_whoosh(tmp_path)
    with engine.batch() as batch:
        batch.replace(document("lanxi", TEXTS["lanxi"], FACETS["lanxi"]))
    engine.close()
    [path] = tmp_path.glob(pattern)
    path.write_bytes(path.read_bytes()[:kept])

    with pytest.raises(EngineError):
        found(open_whoosh(tmp_path), "枫")


def test_a_commit_that_fails_leaves_nothing_behind_and_the_next_succeeds(tmp_path, monkeypatch):
    engine = create_whoosh(tmp_path)
    with engine.batch() as batch:
        batch.replace(document("lanxi", TEXTS["lanxi"], FACETS["lanxi"]))
    before = {path.name for path in tmp_path.iterdir()}

    def no_room(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("index.engines.whoosh.arrays.os.fsync", no_room)
        with pytest.raises(EngineError, match="No space left"), engine.batch() as batch:
            batch.replace(document("wangshu", TEXTS["wangshu"], FACETS["wangshu"]))

    assert {path.name for path in tmp_path.iterdir()} == before
    assert found(engine, "“枫桥经验”") == {"lanxi-0"}
    with engine.batch() as batch:
        batch.replace(document("wangshu", TEXTS["wangshu"], FACETS["wangshu"]))
    assert len(found(engine, "“枫桥经验”")) == 3


def test_a_tally_counts_matches_beside_all_the_text_of_each_group(engine):
    groups = engine.tally(TallyRequest(parse("“枫桥经验”"), ("year",)))

    assert groups == (
        # The year that is not known: one paragraph, without a match.
        Group(("",), 0, 0, 0, 1, 21),
        Group(("2022",), 1, 1, 1, 1, sum(map(len, TEXTS["lanxi"]))),
        # 枫桥经验 twice in one paragraph, and 楓橋經驗.
        Group(("2023",), 3, 2, 1, 1, sum(map(len, TEXTS["wangshu"]))),
    )


def test_a_tally_obeys_filters_and_groups_by_several_fields(engine):
    request = TallyRequest(parse("经验"), ("level", "year"), {"year": frozenset({"2022", ""})})

    assert [
        (group.values, group.occurrences, group.documents, group.all_documents)
        for group in engine.tally(request)
    ] == [(("county", ""), 0, 0, 1), (("county", "2022"), 2, 1, 1)]


def test_a_tally_of_nothing_has_no_groups(open_engine):
    assert open_engine().tally(TallyRequest(parse("经验"), ("year", "level"))) == ()


def test_a_document_without_paragraphs_is_known_and_found_nowhere(engine):
    with engine.batch() as batch:
        batch.replace(document("empty", [], FACETS["lanxi"], revision=7))
        batch.replace(document("qingyu", [], FACETS["qingyu"], revision=2))

    assert engine.revisions() == {"empty": 7, "lanxi": 1, "qingyu": 2, "wangshu": 1}
    assert engine.count_paragraphs() == 7
    without = engine.search(SearchRequest(Not(parse("经验"))))
    assert {hit.paragraph_id for hit in without.hits} == {"lanxi-2", "lanxi-3"}
    assert without.total == 2
    assert found(engine, "粮食") == set()

    with engine.batch() as batch:
        batch.replace(document("qingyu", TEXTS["qingyu"], FACETS["qingyu"], revision=3))
        batch.remove("empty")

    assert engine.revisions() == {"lanxi": 1, "qingyu": 3, "wangshu": 1}
    assert found(engine, "粮食") == {"qingyu-0"}
