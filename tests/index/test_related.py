"""What a page goes on with below its hits."""

import pytest

from archive.errors import QueryTooCostlyError
from archive.intake import open_archive
from archive.model import Document, Kind, Metadata, Original, Paragraph
from archive.settings import load_settings
from index import related
from index.builds import LiveIndex
from index.deadline import Deadline
from index.engine import Order, SearchRequest, Unit
from index.indexer import index_pending
from index.query.parser import parse
from index.related import find_related, read_partial
from index.search import Question, search, to_json

TEXTS = {
    "a": "推广枫桥经验，调解矛盾纠纷。",
    "b": "枫桥经验落地生根。",
    "c": "矛盾调解中心建成。",
    "d": "全面推进各项工作。",
    "e": "枫桥的茶叶有名。",
    "f": "经验告诉我们，要有耐心。",
    "g": "“枫桥经验”与粮食安全。",
}
COMMON = [f"第{number}项工作顺利完成。" for number in range(40)]


def document(name: str, year: int, texts: list[str]) -> Document:
    return Document(
        document_id=name,
        original=Original(name * 8, f"{name}.txt", 1),
        encoding="utf-8",
        metadata=Metadata(title="政府工作报告", report_year=year),
        paragraphs=tuple(
            Paragraph(f"{name}-{ordinal}", ordinal, (), Kind.PARAGRAPH, text)
            for ordinal, text in enumerate(texts)
        ),
    )


@pytest.fixture(scope="module")
def held(tmp_path_factory):
    settings = load_settings(tmp_path_factory.mktemp("home"), environment={})
    live = LiveIndex(settings.search)
    with open_archive(settings) as archive:
        for name, text in TEXTS.items():
            archive.store.put(document(name * 4, 2023 if name in "ab" else 2024, [text]))
        archive.store.put(document("zzzz", 2022, COMMON))
        index_pending(archive.store, live)
        yield live.engine(), archive.store
    live.close()


@pytest.fixture
def ask(held):
    return lambda query, **options: search(
        Question(query, **{"with_related": True, **options}), *held
    )


def below(page):
    return {one.hit.document_id[0]: one.missing for one in page.related}


def test_below_the_hits_stands_what_holds_the_weightier_part_with_what_it_lacks(ask):
    page = ask("枫桥经验 矛盾")

    assert [hit.document_id[0] for hit in page.hits] == ["a"]
    assert page.total == 1
    # Of three words of about one weight e and f hold one, c too.
    assert below(page) == {"b": ("矛盾",), "g": ("矛盾",)}


def test_the_words_that_it_holds_are_marked(ask):
    [one, _] = ask("枫桥经验 矛盾").related

    assert [one.hit.text[start:end] for start, end in one.hit.spans] == ["枫桥经验"]


def test_nothing_else_of_the_page_changes(ask):
    with_them, without = ask("枫桥经验 矛盾"), ask("枫桥经验 矛盾", with_related=False)

    assert without.related == ()
    for name in ("total", "occurrences", "documents", "facets", "hits", "last", "remedies"):
        assert getattr(with_them, name) == getattr(without, name)


def test_what_holds_only_a_common_word_is_not_shown(ask):
    page = ask("枫桥经验 工作")

    assert page.total == 0
    assert set(below(page)) == {"a", "b", "g"}


def test_a_word_that_stands_nowhere_does_not_hide_the_others(ask):
    page = ask("枫桥经验 区块链")

    assert page.total == 0
    assert below(page) == dict.fromkeys("abg", ("区块链",))


def test_words_of_one_term_may_be_missing_too(ask):
    page = ask("枫桥经验")

    assert {hit.document_id[0] for hit in page.hits} == {"a", "b", "g"}
    # Both words stand in five paragraphs of 47.
    assert below(page) == {"e": ("经验",), "f": ("枫桥",)}


def test_filters_conditions_quotes_and_negations_stay_in_force(ask):
    assert set(below(ask("枫桥经验 矛盾 年:2024"))) == {"g"}
    assert set(below(ask("枫桥经验 矛盾", filters={"year": frozenset({"2024"})}))) == {"g"}
    assert set(below(ask("枫桥经验 矛盾 -粮食"))) == {"b"}
    assert set(below(ask("“粮食安全” 枫桥经验 矛盾"))) == {"g"}


@pytest.mark.parametrize(
    "query",
    [
        "枫桥",
        "“枫桥经验”",
        "“枫桥经验” “矛盾调解”",
        "“枫桥经验” 矛盾",
        "枫?经验 矛盾 调解",
        "枫桥*经验",
        "枫桥 NEAR/9 经验",
        "枫桥 SAME_SENTENCE 经验",
        "枫桥经验 或 矛盾调解",
        "(枫桥 或 经验) 矛盾 调解",
        "新时代“枫桥经验”",
        "年:2024",
        "年:2024 -枫桥",
        "矛盾 -枫桥经验",
    ],
)
def test_what_says_exactly_what_it_wants_gets_nothing_below(query):
    assert read_partial(parse(query)) is None


@pytest.mark.parametrize("query", ["枫桥 矛盾", "(枫桥 矛盾)", "枫桥 (年:2023 或 年:2024) 矛盾"])
def test_words_in_brackets_and_beside_conditions_may_be_missing(query):
    assert [term.typed for term in read_partial(parse(query)).terms] == ["枫桥", "矛盾"]


def test_a_passage_is_no_question():
    words = [f"{number}号" for number in range(related.MOST_WORDS)]

    assert read_partial(parse(" ".join(words[:20])))
    assert read_partial(parse(" ".join(words))) is None


@pytest.mark.parametrize(
    "options",
    [
        {"limit": 1},
        {"limit": 0},
        {"offset": 1},
        {"unit": Unit.REPORT},
    ],
    ids=["full page", "no page", "past the end", "reports"],
)
def test_only_the_last_page_of_paragraphs_goes_on(ask, options):
    assert ask("枫桥经验 矛盾", **options).related == ()


def test_the_page_is_filled_and_no_more(ask):
    assert [len(ask("枫桥经验 矛盾", limit=limit).related) for limit in (2, 3, 4)] == [1, 2, 2]


def test_behind_a_position_nothing_stands_below(ask):
    first = ask("枫桥经验", limit=1)

    assert ask("枫桥经验", after=first.last, limit=20).related == ()


def test_the_best_come_first_in_whatever_order_the_hits_are(ask):
    shown = [[one.hit.paragraph_id for one in ask("枫桥经验 工作", order=o).related] for o in Order]

    assert all(one == shown[0] for one in shown)


def test_there_are_never_more_than_a_page(ask, monkeypatch):
    monkeypatch.setattr(related, "LEAST_SHARE", 0)

    assert len(ask("项 工作 区块链", limit=1000).related) == related.MOST_SHOWN


def test_where_the_deadline_passes_the_hits_are_given_all_the_same(ask, held, monkeypatch):
    passed = Deadline(1, clock=iter([0.0, 9.0]).__next__)
    partial = read_partial(parse("枫桥经验 矛盾"))
    request = SearchRequest(partial.tree, deadline=passed)
    with pytest.raises(QueryTooCostlyError) as refusal:
        find_related(partial, request, *held)

    def find_too_slowly(*_):
        raise refusal.value

    monkeypatch.setattr("index.search.find_related", find_too_slowly)
    page = ask("枫桥经验 矛盾")

    assert (page.total, page.related) == (1, ())


def test_as_json_they_stand_apart_without_what_is_said_of_hits(ask):
    answer = to_json(ask("枫桥经验 矛盾"))

    assert [hit["document_id"] for hit in answer["hits"]] == ["aaaa"]
    assert {one["document_id"] for one in answer["related"]} == {"bbbb", "gggg"}
    assert answer["related"][0]["missing"] == ["矛盾"]
    assert not {"score", "occurrences", "matching_paragraphs"} & set(answer["related"][0])
    assert to_json(ask("“枫桥经验”"))["related"] == []


@pytest.mark.parametrize(
    ("query", "text", "missing"),
    [
        ("新质生产力", "安全生产。", ("新质生产力",)),
        ("新质生产力 就业", "解放生产力。", ("新质生产力", "就业")),
        ("枫桥经验 矛盾调解", "枫桥多矛盾。", ("经验", "调解")),
        ("枫桥经验 矛盾调解", "枫桥经验。", ("矛盾调解",)),
        ("经济发展 经济", "发展。", ("经济",)),
        ("5G基站 就业", "基站建成。", ("5g", "就业")),
    ],
)
def test_what_is_missing_is_named_once_and_whole(query, text, missing):
    partial = read_partial(parse(query))

    assert partial.missing(partial.held_in(text)) == missing
