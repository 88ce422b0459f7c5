"""Single lines put back or taken out by people: what changes, what stays, and for how long."""

import pytest

from archive.errors import NotFoundError, ParameterError
from archive.ingest import ingest
from archive.intake import open_archive, take_in
from archive.model import Kind
from archive.settings import load_settings
from archive.statements.deciding import restore_lines, strip_paragraphs, undo_restore, undo_strip

SENTENCES = [
    f"我们完成第{number}项民生工程，群众的满意度持续提高，城乡面貌一年比一年更好，道路通到每一个村。"
    for number in "一二三四五六"
]
LINES = [
    "首页 > 政府信息公开 > 政府工作报告",  # 1, removed
    "政府工作报告",
    "——2022年1月11日在澜溪县第十八届人民代表大会第一次会议上",
    "各位代表：",
    "一、过去五年工作回顾",
    *SENTENCES[:3],
    "茶乡新貌",  # 9, kept as a heading
    *SENTENCES[3:],
    "责任编辑：施小禾",  # 13, removed
    "打印本页 关闭窗口",  # 14, removed
]
REPORT = "\n".join(LINES).encode()


@pytest.fixture
def archive(tmp_path):
    with open_archive(load_settings(tmp_path, environment={})) as archive:
        yield archive


@pytest.fixture
def document_id(archive):
    return take_in(REPORT, "lanxi.txt", archive).document_id


def texts(archive, document_id):
    return [paragraph.text for paragraph in archive.store.get(document_id).paragraphs]


def identity(archive, document_id):
    return {p.text: p.paragraph_id for p in archive.store.get(document_id).paragraphs}


def heading(archive, document_id):
    [found] = [p for p in archive.store.get(document_id).paragraphs if p.text == "茶乡新貌"]
    return found


def test_the_report_has_the_lines_that_these_tests_speak_of(archive, document_id):
    removed = [(line.line, line.text) for line in archive.store.get(document_id).removed]
    assert removed == [(1, LINES[0]), (13, LINES[12]), (14, LINES[13])]
    assert heading(archive, document_id).kind is Kind.HEADING


def test_a_restored_line_stands_at_its_place_as_a_paragraph_of_its_own(archive, document_id):
    before = identity(archive, document_id)

    revision = restore_lines(archive.store, document_id, [1, 13], "王编辑")

    document = archive.store.get(document_id)
    assert revision == 2
    assert texts(archive, document_id) == [LINES[0], *before, LINES[12]]
    assert [p.ordinal for p in document.paragraphs] == list(range(len(document.paragraphs)))
    assert document.paragraphs[-1].kind is Kind.PARAGRAPH
    assert document.paragraphs[-1].section == ("一、过去五年工作回顾", "茶乡新貌")
    assert [line.line for line in document.removed] == [14]
    after = identity(archive, document_id)
    assert {text: after[text] for text in before} == before


def test_a_decision_is_recorded_with_name_line_and_time(archive, document_id):
    restore_lines(archive.store, document_id, [13], "王编辑")
    undo_restore(archive.store, document_id, [13], "李编辑")

    [choice] = archive.store.list_choices(document_id)
    assert (choice.removed.line, choice.removed.text) == (13, LINES[12])
    assert (choice.editor, choice.undone_by) == ("王编辑", "李编辑")
    assert choice.decided_at <= choice.undone_at


def test_what_was_restored_is_removed_again_exactly_as_it_was(archive, document_id):
    before = archive.store.get(document_id)
    restore_lines(archive.store, document_id, [1, 14], "王编辑")

    undo_restore(archive.store, document_id, [14, 1], "王编辑")

    assert archive.store.get(document_id) == before


def test_a_stripped_paragraph_becomes_a_removed_line_and_nothing_stands_under_it(
    archive, document_id
):
    before = identity(archive, document_id)
    stripped = heading(archive, document_id).paragraph_id

    strip_paragraphs(archive.store, document_id, [stripped], "王编辑")

    document = archive.store.get(document_id)
    assert (9, "茶乡新貌", "person") in [(r.line, r.text, r.rule) for r in document.removed]
    assert {p.section for p in document.paragraphs if p.text in SENTENCES} == {
        ("一、过去五年工作回顾",)
    }
    after = identity(archive, document_id)
    assert after == {text: one for text, one in before.items() if text != "茶乡新貌"}


def test_undoing_a_strip_brings_back_the_paragraph_with_its_place_and_what_stood_under_it(
    archive, document_id
):
    before = archive.store.get(document_id)
    stripped = heading(archive, document_id).paragraph_id
    strip_paragraphs(archive.store, document_id, [stripped], "王编辑")

    undo_strip(archive.store, document_id, [stripped], "王编辑")

    assert archive.store.get(document_id) == before


def test_restoring_what_a_person_stripped_and_the_reverse_leave_no_trace_but_the_record(
    archive, document_id
):
    before = archive.store.get(document_id)
    stripped = heading(archive, document_id).paragraph_id

    strip_paragraphs(archive.store, document_id, [stripped], "王编辑")
    restore_lines(archive.store, document_id, [9], "李编辑")
    restore_lines(archive.store, document_id, [13], "李编辑")
    restored = archive.store.get(document_id).paragraphs[-1].paragraph_id
    strip_paragraphs(archive.store, document_id, [restored], "王编辑")

    assert archive.store.get(document_id) == before
    assert all(choice.undone_at for choice in archive.store.list_choices(document_id))


def test_decisions_outlast_a_new_reading_of_the_file(archive, document_id):
    restore_lines(archive.store, document_id, [13], "王编辑")
    stripped = heading(archive, document_id).paragraph_id
    strip_paragraphs(archive.store, document_id, [stripped], "王编辑")
    decided = archive.store.get(document_id)

    archive.store.put(ingest(REPORT, "lanxi.txt"))

    assert archive.store.get(document_id) == decided
    undo_strip(archive.store, document_id, [stripped], "王编辑")
    undo_restore(archive.store, document_id, [13], "王编辑")
    assert archive.store.get(document_id) == ingest(REPORT, "lanxi.txt")


def test_a_line_that_was_removed_with_the_words_of_a_paragraph_gets_an_id_of_its_own(archive):
    twice = "\n".join([*LINES[:12], "打印本页", "打印本页"]).encode()
    document_id = take_in(twice, "twice.txt", archive).document_id

    restore_lines(archive.store, document_id, [13, 14], "王编辑")

    ids = [p.paragraph_id for p in archive.store.get(document_id).paragraphs]
    assert ids[-1] == ids[-2] + "-2"


def test_numbers_and_ids_that_are_not_there_are_named_and_nothing_is_changed(archive, document_id):
    before = archive.store.get_with_revision(document_id)

    with pytest.raises(ParameterError) as caught:
        restore_lines(archive.store, document_id, [13, 2], "王编辑")
    assert "1, 14" in caught.value.message("en")
    with pytest.raises(ParameterError):
        undo_restore(archive.store, document_id, [13], "王编辑")
    with pytest.raises(NotFoundError):
        strip_paragraphs(archive.store, document_id, ["nothing"], "王编辑")
    with pytest.raises(NotFoundError):
        undo_strip(archive.store, document_id, ["nothing"], "王编辑")

    assert archive.store.get_with_revision(document_id) == before
    assert archive.store.list_choices(document_id) == []
