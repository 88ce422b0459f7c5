"""Which documents the store takes for versions of one work."""

import random
import subprocess
import sys
from dataclasses import replace

import pytest

from archive.model import Document, Kind, Level, Metadata, Original, Paragraph, Region
from archive.refusals import StatedValueError
from archive.store import Store

CHANCE = random.Random(20261124)
WORDS = (
    "茶园",
    "竹林",
    "山路",
    "水库",
    "学校",
    "医院",
    "桥梁",
    "集市",
    "渡口",
    "工坊",
    "游客",
    "增收",
)


def sentences(count: int) -> tuple[str, ...]:
    """Sentences of which no two are alike."""
    return tuple(
        "".join(CHANCE.choices(WORDS, k=12)) + f"，共{CHANCE.randrange(10_000)}处。"
        for _ in range(count)
    )


UNKNOWN = Metadata()
REPORT = sentences(120)
OTHER = sentences(120)


def document(name: str, texts: tuple[str, ...], metadata: Metadata = UNKNOWN) -> Document:
    paragraphs = tuple(
        Paragraph(f"{name}-{number}", number, (), Kind.PARAGRAPH, text)
        for number, text in enumerate(texts)
    )
    return Document(name, Original(name * 16, f"{name}.txt", 1), "utf-8", metadata, paragraphs)


@pytest.fixture
def store(database):
    return Store(database)


def works(store: Store) -> dict[str, str]:
    return {summary.document_id: summary.work_id for summary in store.list_documents()}


def versions(store: Store, document_id: str) -> list[tuple[str, str | None, str | None]]:
    listed = store.list_versions(document_id)
    return [(v.document_id, v.relation and v.relation.value, v.other_id) for v in listed]


def test_the_same_text_is_a_version_of_the_first_one(store):
    store.put(document("aaaa", REPORT))
    store.put(document("bbbb", OTHER))
    store.put(document("cccc", ("".join(REPORT).replace("，", " ,"),)))

    assert works(store) == {"aaaa": "aaaa", "bbbb": "bbbb", "cccc": "aaaa"}
    assert versions(store, "aaaa") == versions(store, "cccc")
    assert versions(store, "aaaa") == [("aaaa", None, None), ("cccc", "same", "aaaa")]
    assert [s.versions for s in store.list_documents(["aaaa", "bbbb"])] == [2, 1]


def test_nearly_the_same_text_says_how_much_of_it_is_shared(store):
    store.put(document("aaaa", REPORT))
    store.put(document("bbbb", (*REPORT[:60], *sentences(20), *REPORT[80:])))

    [_, version] = store.list_versions("bbbb")
    # A sixth of either text was replaced, and two passages at each seam.
    assert version.relation == "near"
    assert 0.80 < version.share < 0.84


def test_a_text_that_joins_two_works_makes_one_of_them(store):
    store.put(document("aaaa", REPORT[:72]))
    store.put(document("bbbb", REPORT[48:]))
    assert works(store) == {"aaaa": "aaaa", "bbbb": "bbbb"}

    store.put(document("cccc", REPORT))

    assert works(store) == {"aaaa": "aaaa", "bbbb": "aaaa", "cccc": "aaaa"}
    assert versions(store, "cccc") == [
        ("aaaa", None, None),
        ("bbbb", "near", "cccc"),
        ("cccc", "near", "aaaa"),
    ]


def test_a_quotation_and_a_short_text_are_works_of_their_own(store):
    store.put(document("aaaa", REPORT))
    store.put(document("bbbb", (*REPORT[:15], *sentences(10))))
    store.put(document("cccc", REPORT[:2]))
    store.put(document("dddd", REPORT[:2]))

    assert set(works(store)) == set(works(store).values())


def test_short_texts_of_one_pattern_differ_by_their_year_and_place(store):
    pattern = sentences(12)
    place = Region("澜溪县", "霁州市澜溪县", None, Level.COUNTY)
    store.put(
        document("aaaa", (*pattern, "二〇二一年。"), Metadata(report_year=2021, region=place))
    )
    store.put(
        document("bbbb", (*pattern, "二〇二二年。"), Metadata(report_year=2022, region=place))
    )
    store.put(document("cccc", (*pattern, "第二一届。"), Metadata(report_year=2021, region=place)))

    assert works(store) == {"aaaa": "aaaa", "bbbb": "bbbb", "cccc": "aaaa"}

    # A year that a person corrects is judged by as well.
    store.edit("bbbb", {"report_year": "2021"}, "王编辑")
    assert works(store)["bbbb"] == "aaaa"


def test_the_revision_rises_of_those_documents_only_of_which_something_else_is_indexed(store):
    store.put(document("aaaa", REPORT[:72]))
    store.put(document("bbbb", REPORT[48:]))
    store.put(document("dddd", OTHER))
    store.put(document("cccc", REPORT))
    # Now a version of aaaa; before, of none.
    assert store.list_revisions() == {"aaaa": 1, "bbbb": 2, "dddd": 1, "cccc": 1}

    store.put(document("aaaa", REPORT[:72]))
    assert store.list_revisions() == {"aaaa": 2, "bbbb": 2, "dddd": 1, "cccc": 1}

    store.put(document("aaaa", REPORT[:71]))
    assert store.list_revisions() == {"aaaa": 3, "bbbb": 3, "dddd": 1, "cccc": 2}


def test_a_version_that_becomes_another_text_leaves_the_work(store):
    store.put(document("aaaa", REPORT))
    store.put(document("bbbb", REPORT))
    store.put(document("aaaa", OTHER))

    assert works(store) == {"aaaa": "aaaa", "bbbb": "bbbb"}
    assert store.list_revisions() == {"aaaa": 2, "bbbb": 2}


def test_what_a_person_joins_stays_joined_when_the_file_is_read_again(store):
    store.put(document("aaaa", REPORT))
    store.put(document("bbbb", OTHER))
    store.edit("bbbb", {"version_of": "aaaa"}, "王编辑")
    assert works(store)["bbbb"] == "aaaa"

    store.put(document("bbbb", OTHER[:-1]))

    assert versions(store, "bbbb") == [("aaaa", None, None), ("bbbb", "stated", "aaaa")]


def test_what_a_person_separates_stays_separate_when_the_file_is_read_again(store):
    store.put(document("aaaa", REPORT))
    store.put(document("bbbb", REPORT))
    store.edit("bbbb", {"version_of": ""}, "王编辑")
    assert works(store)["bbbb"] == "bbbb"

    store.put(document("bbbb", REPORT))
    store.put(document("aaaa", REPORT))

    assert works(store) == {"aaaa": "aaaa", "bbbb": "bbbb"}


@pytest.mark.parametrize("said", ["", "cccc"])
def test_what_a_person_leaves_to_the_program_again_is_what_it_would_be_unsaid(store, said):
    store.put(document("aaaa", REPORT))
    store.put(document("bbbb", REPORT))
    store.put(document("cccc", OTHER))
    store.edit("bbbb", {"version_of": said}, "王编辑")
    assert works(store)["bbbb"] != "aaaa"

    store.edit("bbbb", {"version_of": "auto"}, "李编辑")

    assert versions(store, "bbbb") == [("aaaa", None, None), ("bbbb", "same", "aaaa")]
    assert works(store)["cccc"] == "cccc"
    said_so_far = [(edit.value, edit.editor) for edit in store.list_edits("bbbb")]
    assert said_so_far == [(said, "王编辑"), ("auto", "李编辑")]


def test_no_third_document_undoes_what_a_person_says(store):
    store.put(document("aaaa", REPORT))
    store.put(document("bbbb", OTHER))
    store.put(document("cccc", REPORT))
    store.edit("cccc", {"version_of": "bbbb"}, "王编辑")
    assert works(store) == {"aaaa": "aaaa", "bbbb": "bbbb", "cccc": "bbbb"}

    store.put(document("dddd", REPORT[:-1]))
    assert works(store) == {"aaaa": "aaaa", "bbbb": "bbbb", "cccc": "bbbb", "dddd": "aaaa"}


def test_what_comes_later_follows_the_document_that_it_is_like(store):
    store.put(document("aaaa", REPORT))
    store.put(document("bbbb", OTHER))
    store.edit("bbbb", {"version_of": "aaaa"}, "王编辑")
    store.put(document("cccc", OTHER))
    assert works(store)["cccc"] == "aaaa"

    store.edit("bbbb", {"version_of": ""}, "王编辑")
    assert works(store) == {"aaaa": "aaaa", "bbbb": "bbbb", "cccc": "cccc"}


@pytest.mark.parametrize("value", ["nobody", "aaaa"])
def test_a_document_cannot_be_a_version_of_itself_or_of_what_is_not_there(store, value):
    store.put(document("aaaa", REPORT))

    with pytest.raises(StatedValueError, match="version_of"):
        store.edit("aaaa", {"version_of": value}, "王编辑")

    assert store.list_edits("aaaa") == []


def test_versions_that_several_processes_add_at_once_are_all_linked(store, tmp_path):
    program = (
        "import sys, pathlib\n"
        "from archive.intake import open_archive, take_in\n"
        "from archive.settings import load_settings\n"
        "folder, number, text = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]\n"
        "with open_archive(load_settings(folder, environment={})) as archive:\n"
        "    take_in((text + '\\n第' + number + '网站供稿。').encode(), 'x.txt', archive)\n"
    )
    text = "政府工作报告\n" + "\n".join(REPORT[:60])
    command = [sys.executable, "-c", program, str(tmp_path)]
    writers = [subprocess.Popen([*command, str(number), text]) for number in range(4)]
    assert [writer.wait() for writer in writers] == [0, 0, 0, 0]

    assert [summary.versions for summary in store.list_documents()] == [4, 4, 4, 4]


def test_a_document_without_paragraphs_is_no_version_of_anything(store):
    store.put(document("aaaa", ()))
    store.put(replace(document("bbbb", ())))

    assert works(store) == {"aaaa": "aaaa", "bbbb": "bbbb"}
