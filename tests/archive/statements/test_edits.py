from dataclasses import replace

import pytest

from archive.errors import NotFoundError
from archive.model import Category, Document, Evidence, Kind, Metadata, Original, Paragraph
from archive.refusals import StatedValueError
from archive.store import Store

READ = Document(
    document_id="a1b2",
    original=Original("a1b2" * 16, "report.txt", 1),
    encoding="utf-8",
    metadata=Metadata(report_year=2021, evidence={"report_year": Evidence("title-year", "2021年")}),
    paragraphs=(Paragraph("a1b2-1", 0, (), Kind.PARAGRAPH, "正文。"),),
)


@pytest.fixture
def store(database):
    store = Store(database)
    store.put(READ)
    return store


def test_an_edit_is_in_force_at_once_and_is_a_new_revision(store):
    assert store.edit("a1b2", {"report_year": "2022"}, "王编辑") == 2

    metadata = store.get("a1b2").metadata
    assert metadata.report_year == 2022
    assert metadata.evidence["report_year"].rule == "edit"
    assert "王编辑" in metadata.evidence["report_year"].text
    assert store.list_revisions() == {"a1b2": 2}


def test_an_edit_outlasts_a_new_reading_of_the_file(store):
    store.edit("a1b2", {"report_year": "2022"}, "王编辑")

    store.put(replace(READ, metadata=Metadata(title="政府工作报告", report_year=2020)))

    metadata = store.get("a1b2").metadata
    assert (metadata.title, metadata.report_year) == ("政府工作报告", 2022)


def test_the_latest_edit_of_a_field_is_in_force_and_all_are_in_the_history(store):
    store.edit("a1b2", {"report_year": "2022"}, "王编辑")
    store.edit("a1b2", {"report_year": "", "title": "报告"}, "李编辑")

    assert store.get("a1b2").metadata.report_year is None
    history = [(edit.editor, edit.field, edit.value) for edit in store.list_edits("a1b2")]
    assert history == [
        ("王编辑", "report_year", "2022"),
        ("李编辑", "report_year", ""),
        ("李编辑", "title", "报告"),
    ]


def test_an_edit_that_makes_no_sense_changes_nothing(store):
    with pytest.raises(StatedValueError):
        store.edit("a1b2", {"title": "报告", "report_year": "12"}, "王编辑")

    assert store.get("a1b2") == READ
    assert store.list_edits("a1b2") == []
    assert store.list_revisions() == {"a1b2": 1}


def test_what_is_not_there_cannot_be_edited(store):
    with pytest.raises(NotFoundError):
        store.edit("nobody", {"title": "报告"}, "王编辑")


def test_of_category_and_is_report_whichever_was_edited_last_is_in_force(store):
    store.edit("a1b2", {"category": "news"}, "王编辑")
    store.edit("a1b2", {"is_report": "是"}, "李编辑")
    assert store.get("a1b2").metadata.category is Category.REPORT

    store.edit("a1b2", {"category": "speech"}, "王编辑")

    metadata = store.get("a1b2").metadata
    assert (metadata.category, metadata.is_report) == (Category.SPEECH, False)


def test_a_code_that_was_stated_goes_when_another_place_is_stated(store):
    store.edit("a1b2", {"region": "台江区", "region_code": "350199"}, "王编辑")
    assert store.get("a1b2").metadata.region.code == "350199"

    store.edit("a1b2", {"region": "福建省福州市鼓楼区"}, "王编辑")

    assert store.get("a1b2").metadata.region.code == "350102"
