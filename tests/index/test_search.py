from dataclasses import replace

import pytest

from archive.intake import open_archive
from archive.model import (
    Document,
    Kind,
    Level,
    Metadata,
    Original,
    Paragraph,
    Region,
    Source,
)
from archive.settings import load_settings
from index.builds import LiveIndex
from index.indexer import index_pending
from index.search import Question, search, to_json

BEIJING = Region("朝阳区", "北京市朝阳区", "110105", Level.COUNTY)
CHANGCHUN = Region("朝阳区", "吉林省长春市朝阳区", "220104", Level.COUNTY)
LANXI = Region("澜溪县", "霁州市澜溪县", None, Level.COUNTY)


def document(name: str, region: Region | None, year: int | None, *texts: str) -> Document:
    return Document(
        document_id=name,
        original=Original(name * 8, f"{name}.txt", 1),
        encoding="utf-8",
        metadata=Metadata(
            title="政府工作报告" if region else None,
            report_year=year,
            region=region,
            source=Source("本地日报", "http://news.example/1"),
        ),
        paragraphs=tuple(
            Paragraph(f"{name}-{ordinal}", ordinal, ("一、回顾",), Kind.PARAGRAPH, text)
            for ordinal, text in enumerate(texts)
        ),
    )


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    settings = load_settings(tmp_path_factory.mktemp("home"), environment={})
    live = LiveIndex(settings.search)
    with open_archive(settings) as archive:
        for one in (
            document("aaaa", BEIJING, 2023, "推广“枫桥经验”。"),
            document("bbbb", CHANGCHUN, 2022, "坚持枫桥经验。"),
            document("cccc", LANXI, 2022, "学习枫桥经验。", "枫桥经验见成效。"),
            document("dddd", None, None, "枫桥经验。"),
        ):
            archive.store.put(one)
        index_pending(archive.store, live)
        yield lambda query, **options: search(
            Question(query, **options), live.engine(), archive.store
        )
    live.close()


def test_a_hit_has_all_that_a_reader_is_shown(ask):
    [hit] = ask("“枫桥经验”", filters={"region": frozenset({"北京市朝阳区"})}).hits

    assert (hit.paragraph_id, hit.document_id) == ("aaaa-0", "aaaa")
    assert (hit.title, hit.metadata.report_year) == ("政府工作报告", 2023)
    assert hit.section == ("一、回顾",)
    assert [hit.text[start:end] for start, end in hit.spans] == ["枫桥经验"]


def test_a_report_without_a_title_is_shown_by_its_file_name(ask):
    titles = {hit.document_id: hit.title for hit in ask("“枫桥经验”").hits}

    assert titles["dddd"] == "dddd.txt"


def test_places_of_one_name_are_counted_apart_and_named_in_full(ask):
    facet = ask("“枫桥经验”").facets["region"]

    assert [(count.label, count.count) for count in facet] == [
        ("澜溪县", 2),
        ("北京市朝阳区", 1),
        ("吉林省长春市朝阳区", 1),
        ("不详", 1),
    ]


def test_years_fall_and_the_unknown_year_is_last(ask):
    facet = ask("“枫桥经验”").facets["year"]

    assert [(count.label, count.count) for count in facet] == [
        ("2023", 1),
        ("2022", 3),
        ("不详", 1),
    ]


def test_a_chosen_value_stays_in_its_facet_though_nothing_matches(ask):
    page = ask("“枫桥经验”", filters={"year": frozenset({"1999"})})

    assert page.total == 0
    assert ("1999", 0, True) in [(c.label, c.count, c.is_chosen) for c in page.facets["year"]]


def test_a_place_may_be_named_without_its_parents(ask):
    short = frozenset({"朝阳区"})

    page = ask("“枫桥经验”", filters={"region": short})

    assert {hit.document_id for hit in page.hits} == {"aaaa", "bbbb"}
    assert page.question.filters["region"] == {"北京市朝阳区", "吉林省长春市朝阳区"}


def test_the_json_is_the_interface_that_others_script_against(ask):
    page = ask("“枫桥经验”", limit=1, filters={"region": frozenset({"北京市朝阳区"})})

    answer = to_json(page)
    [hit] = answer["hits"]
    assert 1 < hit.pop("score") < 2
    assert hit == {
        "paragraph_id": "aaaa-0",
        "document_id": "aaaa",
        "work_id": "aaaa",
        "versions": 1,
        "title": "政府工作报告",
        "region": "朝阳区",
        "report_year": 2023,
        "source": {"site": "本地日报", "url": "http://news.example/1"},
        "section": ["一、回顾"],
        "text": "推广“枫桥经验”。",
        "spans": [[3, 7]],
        "part": None,
        "category": "report",
        "matching_paragraphs": 1,
        "occurrences": 1,
    }
    assert answer["query"] == {
        "text": "“枫桥经验”",
        "understood_as": "查找含有“枫桥经验”的段落",
    }
    assert answer["total"] == 1
    assert answer["facets"]["year"] == {"2023": 1}


def test_a_paragraph_that_left_the_store_a_moment_ago_is_left_out(tmp_path):
    settings = load_settings(tmp_path, environment={})
    live = LiveIndex(settings.search)
    with open_archive(settings) as archive:
        whole = document("cccc", LANXI, 2022, "学习枫桥经验。", "枫桥经验见成效。")
        archive.store.put(whole)
        index_pending(archive.store, live)
        archive.store.put(replace(whole, paragraphs=whole.paragraphs[:1]))

        page = search(Question("枫桥经验"), live.engine(), archive.store)

    assert [hit.paragraph_id for hit in page.hits] == ["cccc-0"]
    live.close()
