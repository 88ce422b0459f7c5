"""Word files: order of blocks, headings, tables, damage."""

import io
import zipfile

import pytest
from docx import Document

from archive.errors import EmptyFileError, UnreadableFileError
from archive.formats.docx import read_docx
from archive.model import Kind


def _saved(document):
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_paragraphs_and_tables_come_in_the_order_of_the_document():
    document = Document()
    document.add_heading("一、2023年工作回顾", level=1)
    document.add_paragraph("主要指标如下。")
    table = document.add_table(rows=2, cols=2)
    for row, texts in zip(table.rows, [("指标", "增速"), ("粮食产量", "2%")], strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.add_paragraph("以上是去年的情况。")
    lines = read_docx(_saved(document), "a.docx").lines
    assert [(line.text, line.kind) for line in lines] == [
        ("一、2023年工作回顾", Kind.HEADING),
        ("主要指标如下。", Kind.PARAGRAPH),
        ("指标 | 增速", Kind.TABLE),
        ("粮食产量 | 2%", Kind.TABLE),
        ("以上是去年的情况。", Kind.PARAGRAPH),
    ]


def test_a_line_break_inside_a_paragraph_ends_a_line():
    document = Document()
    document.add_paragraph("政府工作报告\n青榆区人民政府区长")
    lines = read_docx(_saved(document), "a.docx").lines
    assert [line.text for line in lines] == ["政府工作报告", "青榆区人民政府区长"]


def test_core_properties_are_hints():
    document = Document()
    document.core_properties.title = "2024年青榆区政府工作报告"
    document.add_paragraph("各位代表：")
    hints = read_docx(_saved(document), "a.docx").hints
    assert hints["title"] == "2024年青榆区政府工作报告"


def test_a_document_without_text_is_empty():
    with pytest.raises(EmptyFileError):
        read_docx(_saved(Document()), "a.docx")


def _with_member(name, content):
    source = io.BytesIO(_saved(Document()))
    target = io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for member in old.namelist():
            new.writestr(member, content if member == name else old.read(member))
    return target.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        _with_member("word/document.xml", "<w:document><w:body>"),
        _with_member("[Content_Types].xml", "<Types/>"),
        _saved(Document())[:2_000],
        b"PK\x03\x04 no zip",
    ],
    ids=["broken xml", "no content types", "truncated", "no zip"],
)
def test_a_corrupt_word_file_is_unreadable_with_a_short_reason(data):
    with pytest.raises(UnreadableFileError) as caught:
        read_docx(data, "a.docx")
    assert len(str(caught.value.facts["reason"])) < 40
