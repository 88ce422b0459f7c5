import hashlib

import pytest

from archive.errors import EmptyFileError, NoReportTextError
from archive.intake import open_archive, take_in
from archive.settings import load_settings

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
