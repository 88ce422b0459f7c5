import hashlib
from dataclasses import replace

import pytest

from archive.ingest import ingest_page
from archive.intake import Intake, open_archive, take_in
from archive.refusals import EmptyFileError, NoReportTextError, StatedValueError
from archive.rereading import reread
from archive.settings import load_settings
from archive.statements.sidecar import Sidecar

REPORT = (
    "政府工作报告\n——2022年1月11日在澜溪县第十八届人民代表大会第一次会议上\n各位代表：\n"
    + "过去一年，全县上下同心协力，产业转型稳步推进，茶园面积扩大到八万亩，竹材加工产值再上台阶，"
    "山区道路实现村村通达，学校和卫生院条件明显改善，群众的日子一年比一年好，"
    "生态保护和旅游开发相互促进，峡谷景区接待游客突破百万人次，各项事业取得新的成绩。\n"
).encode()


@pytest.fixture
def archive(tmp_path):
    with open_archive(load_settings(tmp_path, environment={})) as archive:
        yield archive


def test_a_file_becomes_a_document_and_its_bytes_are_kept(archive):
    intake = take_in(REPORT, "lanxi.txt", archive)

    assert intake.is_new
    document = archive.store.get(intake.document_id)
    assert document.original.sha256 == hashlib.sha256(REPORT).hexdigest()
    assert archive.originals.read(document.original.sha256) == REPORT


def test_the_same_bytes_under_another_name_add_nothing(archive):
    first = take_in(REPORT, "lanxi.txt", archive)
    second = take_in(REPORT, "copy.txt", archive)

    assert (second.is_new, second.document_id) == (False, first.document_id)
    assert len(archive.store.list_documents()) == 1


def test_a_file_that_fails_is_named_and_its_bytes_are_kept_for_another_try(archive):
    data = "只有一句话。".encode()

    with pytest.raises(NoReportTextError, match=r"short\.txt"):
        take_in(data, "short.txt", archive)

    assert archive.originals.read(hashlib.sha256(data).hexdigest()) == data
    assert archive.store.list_documents() == []


def test_an_empty_file_is_refused(archive):
    with pytest.raises(EmptyFileError, match=r"empty\.txt"):
        take_in(b"", "empty.txt", archive)


def test_paragraph_ids_are_the_same_in_another_archive(archive, tmp_path):
    intake = take_in(REPORT, "lanxi.txt", archive)
    with open_archive(load_settings(tmp_path / "other", environment={})) as other:
        take_in(REPORT, "lanxi.txt", other)
        again = other.store.get(intake.document_id)

    assert again.paragraphs == archive.store.get(intake.document_id).paragraphs


def year_of(archive, document_id):
    metadata = archive.store.get(document_id).metadata
    return metadata.report_year, metadata.evidence["report_year"].rule


def test_what_lies_beside_a_file_takes_effect_when_it_has_changed(archive):
    first = take_in(REPORT, "lanxi.txt", archive, Sidecar("x.meta.json", {"report_year": "2023"}))
    assert year_of(archive, first.document_id) == (2023, "sidecar")

    stated = Sidecar("x.meta.json", {"report_year": "2024"})
    second = take_in(REPORT, "copy.txt", archive, stated)

    assert second == Intake(first.document_id, is_new=False, is_updated=True)
    assert year_of(archive, first.document_id) == (2024, "sidecar")
    assert archive.store.get(first.document_id).original.file_name == "lanxi.txt"
    assert archive.store.list_revisions() == {first.document_id: 2}


def test_what_is_not_stated_any_more_is_read_in_the_file_again(archive):
    stated = Sidecar("manifest.csv", {"report_year": "2023", "title": "报告"})
    document_id = take_in(REPORT, "lanxi.txt", archive, stated).document_id

    take_in(REPORT, "lanxi.txt", archive, Sidecar("manifest.csv", {"title": "报告"}))

    assert year_of(archive, document_id)[0] == 2022
    assert archive.store.get(document_id).metadata.title == "报告"


@pytest.mark.parametrize("again", [Sidecar("manifest.csv", {"report_year": "2023"}), Sidecar()])
def test_the_same_values_or_a_file_that_comes_alone_change_nothing(archive, again):
    stated = Sidecar("x.meta.json", {"report_year": "2023"})
    document_id = take_in(REPORT, "lanxi.txt", archive, stated).document_id

    assert take_in(REPORT, "lanxi.txt", archive, again) == Intake(document_id, is_new=False)

    assert archive.store.list_revisions() == {document_id: 1}
    assert year_of(archive, document_id) == (2023, "sidecar")


def test_an_edit_goes_before_what_is_stated_later(archive):
    document_id = take_in(REPORT, "lanxi.txt", archive).document_id
    archive.store.edit(document_id, {"report_year": "2025"}, "王编辑")

    take_in(REPORT, "lanxi.txt", archive, Sidecar("x.meta.json", {"report_year": "2023"}))

    assert year_of(archive, document_id) == (2025, "edit")


def test_values_that_make_no_sense_leave_the_document_as_it_was(archive):
    document_id = take_in(REPORT, "lanxi.txt", archive).document_id
    before = archive.store.get(document_id)

    with pytest.raises(StatedValueError):
        take_in(REPORT, "lanxi.txt", archive, Sidecar("x.meta.json", {"report_year": "12"}))

    assert archive.store.get(document_id) == before


def test_reading_again_by_the_same_rules_changes_nothing(archive):
    stated = Sidecar("x.meta.json", {"title": "报告"})
    document_id = take_in(REPORT, "lanxi.txt", archive, stated).document_id
    archive.store.edit(document_id, {"report_year": "2025"}, "王编辑")

    assert reread(archive, document_id) is False

    assert archive.store.list_revisions() == {document_id: 2}


def test_reading_again_by_other_rules_keeps_what_people_have_said(archive, monkeypatch):
    stated = Sidecar("x.meta.json", {"title": "报告"})
    document_id = take_in(REPORT, "lanxi.txt", archive, stated).document_id
    archive.store.edit(document_id, {"report_year": "2025"}, "王编辑")
    page = ingest_page(REPORT, "lanxi.txt")
    read = page.document
    metadata = replace(read.metadata, title="别的", report_year=2020, congress="第一届")

    def better(_data: bytes, _name: str, complete):
        document = replace(read, metadata=complete(metadata), paragraphs=read.paragraphs[1:])
        return replace(page, document=document)

    monkeypatch.setattr("archive.preparation.ingest_page", better)

    assert reread(archive, document_id) is True

    document = archive.store.get(document_id)
    assert document.paragraphs == read.paragraphs[1:]
    values = (document.metadata.title, document.metadata.report_year, document.metadata.congress)
    assert values == ("报告", 2025, "第一届")
    assert archive.store.find_stated(document_id) == stated
