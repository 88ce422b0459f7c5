"""Versions of one work are counted once, and all that any of them says is found."""

from dataclasses import replace

import pytest

from archive.model import Document, Kind, Metadata, Original, Paragraph
from index.builds import LiveIndex
from index.engine import SearchRequest
from index.indexer import index_pending, rebuild
from index.query.parser import parse

REPORT = tuple(
    f"第{number}项：在{place}修通{number * 3}公里山路，{place}的茶农当年增收{number * 7}万元。"
    for number, place in enumerate("东西南北上下左右前后里外" * 3, 1)
)


def document(name: str, texts: tuple[str, ...]) -> Document:
    return Document(
        document_id=name,
        original=Original(name * 8, f"{name}.txt", 1),
        encoding="utf-8",
        metadata=Metadata(report_year=2022),
        paragraphs=tuple(
            Paragraph(f"{name}-{number}", number, (), Kind.PARAGRAPH, text)
            for number, text in enumerate(texts)
        ),
    )


def found(live: LiveIndex, query: str) -> set[str]:
    response = live.engine().search(SearchRequest(parse(query), limit=1000))
    assert len(response.hits) == response.total
    return {hit.paragraph_id for hit in response.hits}


@pytest.fixture(params=[index_pending, rebuild])
def bring_up_to_date(request, store, live):
    return lambda: request.param(store, live)


def test_what_only_the_later_version_says_is_found_and_the_rest_is_counted_once(
    store, live, bring_up_to_date
):
    store.put(document("aaaa", REPORT))
    store.put(document("bbbb", ("门户网站编者按：山路修通。", *REPORT[:-1], "末段改写过：山路。")))
    bring_up_to_date()

    assert found(live, "“山路”") == {*(f"aaaa-{n}" for n in range(36)), "bbbb-0", "bbbb-36"}
    assert live.engine().revisions() == {"aaaa": 1, "bbbb": 1}


def test_the_same_text_in_other_characters_is_counted_once(store, live, bring_up_to_date):
    store.put(document("aaaa", REPORT))
    store.put(document("bbbb", tuple(text.replace("东", "東") for text in REPORT)))
    bring_up_to_date()

    assert found(live, "“茶农”") == {f"aaaa-{n}" for n in range(36)}
    # A document of which nothing is left to index is known to the index all the same.
    assert live.engine().revisions() == {"aaaa": 1, "bbbb": 1}
    assert index_pending(store, live) == 0


def test_a_document_that_shares_a_paragraph_and_is_another_work_is_indexed_whole(
    store, live, bring_up_to_date
):
    store.put(document("aaaa", REPORT))
    others = tuple(f"青榆区第{n}处泉眼今年出水{n * 11}吨，周边{n}个村用上清水。" for n in range(30))
    store.put(document("bbbb", (REPORT[0], *others)))
    bring_up_to_date()

    assert found(live, "“第1项”") == {"aaaa-0", "bbbb-0"}


def test_what_the_first_version_loses_is_found_in_the_second(store, live):
    store.put(document("aaaa", REPORT))
    store.put(document("bbbb", REPORT))
    index_pending(store, live)

    store.put(replace(document("aaaa", REPORT[:-1])))
    index_pending(store, live)

    assert found(live, "“第36项”") == {"bbbb-35"}
    assert found(live, "“第35项”") == {"aaaa-34"}


def test_versions_that_a_person_separates_are_counted_apart_and_joined_again_once(store, live):
    store.put(document("aaaa", REPORT))
    store.put(document("bbbb", REPORT))
    index_pending(store, live)

    store.edit("bbbb", {"version_of": ""}, "王编辑")
    index_pending(store, live)
    assert found(live, "“第1项”") == {"aaaa-0", "bbbb-0"}

    store.edit("bbbb", {"version_of": "aaaa"}, "王编辑")
    index_pending(store, live)
    assert found(live, "“第1项”") == {"aaaa-0"}
