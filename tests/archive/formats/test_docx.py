"""Word files: order of blocks, headings, tables, damage."""

import io
import zipfile

import pytest
from docx import Document

from archive.formats.docx import read_docx
from archive.model import Kind
from archive.refusals import EmptyFileError, UnpacksTooLargeError, UnreadableFileError


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


_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


def _body(xml, head=""):
    document = f"{head}<w:document {_NAMESPACES}><w:body>{xml}</w:body></w:document>"
    return _with_member("word/document.xml", document)


def _run(words):
    return f"<w:r><w:t>{words}</w:t></w:r>"


def _texts(data):
    return [line.text for line in read_docx(data, "a.docx").lines]


@pytest.mark.parametrize("frame", ["smartTag", "ins", "hyperlink", "fldSimple", "sdt"])
def test_words_that_word_has_wrapped_are_read(frame):
    inner = f"<w:sdtContent>{_run('十公里')}</w:sdtContent>" if frame == "sdt" else _run("十公里")
    data = _body(f"<w:p>{_run('修路')}<w:{frame}>{inner}</w:{frame}>{_run('。')}</w:p>")
    assert _texts(data) == ["修路十公里。"]


def test_a_tracked_deletion_is_not_read():
    deleted = "<w:del><w:r><w:delText>二十</w:delText></w:r></w:del>"
    assert _texts(_body(f"<w:p>{_run('修路')}{deleted}{_run('十公里')}</w:p>")) == ["修路十公里"]


def test_blocks_inside_a_content_control_are_read():
    inner = f"<w:p>{_run('一、工作回顾')}</w:p>"
    data = _body(f"<w:sdt><w:sdtContent>{inner}</w:sdtContent></w:sdt>")
    assert _texts(data) == ["一、工作回顾"]


def test_a_text_box_is_read_once():
    box = f"<w:txbxContent><w:p>{_run('霁州市人民政府文件')}</w:p></w:txbxContent>"
    both = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    twice = f"<w:r><mc:AlternateContent>{both}</mc:AlternateContent></w:r>"
    assert _texts(_body(f"<w:p>{_run('政府工作报告')}{twice}</w:p>")) == [
        "政府工作报告",
        "霁州市人民政府文件",
    ]


def test_a_cell_that_says_it_spans_a_billion_columns_is_one_cell():
    wide = '<w:tcPr><w:gridSpan w:val="1000000000"/></w:tcPr>'
    cells = "".join(f"<w:tc>{wide}<w:p>{_run(words)}</w:p></w:tc>" for words in ("粮食", "2%"))
    assert _texts(_body(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>")) == ["粮食 | 2%"]


def test_a_cell_merged_over_rows_stands_once():
    document = Document()
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "粮食"
    table.cell(0, 1).text, table.cell(1, 1).text = "总产", "单产"
    assert _texts(_saved(document)) == ["粮食 | 总产", " | 单产"]


def test_entities_are_refused_before_they_are_expanded():
    lines = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE w [<!ENTITY e0 "好">{lines}]>'
    data = _body("<w:p><w:r><w:t>&e11;</w:t></w:r></w:p>", head=bomb)
    with pytest.raises(UnreadableFileError):
        read_docx(data, "a.docx")


def _packed(name, content):
    target = io.BytesIO(_with_member("none", b""))
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return target.getvalue()


@pytest.mark.parametrize("name", ["word/comments.xml", "word/media/image1.png"])
def test_xml_that_unpacks_to_too_much_is_refused_whatever_its_name(name):
    with pytest.raises(UnpacksTooLargeError):
        read_docx(_packed(name, b"<x>" + b" " * (33 << 20) + b"</x>"), "a.docx")
