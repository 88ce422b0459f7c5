"""Contents and blocks of a report's page."""

from archive.model import Kind, Paragraph
from index.query.parser import parse
from webui.report.reading import Style, blocks, contents, show_paragraphs

WORK = "一、工作回顾"
PLAN = "二、工作安排"
LEAD = "（一）修好村道"


def paragraphs(*rows: tuple[Kind, tuple[str, ...], str]) -> list[Paragraph]:
    return [
        Paragraph(f"p{number}", number, section, kind, text)
        for number, (kind, section, text) in enumerate(rows)
    ]


REPORT = paragraphs(
    (Kind.HEADING, (), "政府工作报告"),
    (Kind.HEADING, (), "青榆区区长　辛禾"),
    (Kind.HEADING, (), WORK),
    (Kind.PARAGRAPH, (WORK, LEAD), "（一）修好村道。四十公里村道通车。"),
    (Kind.TABLE, (WORK, LEAD), "村 | 公里"),
    (Kind.TABLE, (WORK, LEAD), "柳湾 | 12"),
    (Kind.HEADING, (), PLAN),
    (Kind.LIST, (PLAN,), "再修村道。"),
)


def test_contents_hold_headings_and_those_that_run_into_a_paragraph():
    shown = [(e.text, e.depth, e.paragraph_id) for e in contents(REPORT)]
    assert shown == [(WORK, 1, "p2"), (LEAD, 2, "p3"), (PLAN, 1, "p6")]


def test_title_and_officer_stand_in_front():
    styles = [shown.style for shown in show_paragraphs(REPORT, None)]
    assert styles[:3] == [Style.FRONT, Style.FRONT, Style.HEADING]


def test_rows_of_a_table_are_one_block():
    sizes = [len(block.paragraphs) for block in blocks(show_paragraphs(REPORT, None))]
    assert sizes == [1, 1, 1, 1, 2, 1, 1]


def test_marked_paragraphs_lead_to_the_next_one():
    shown = show_paragraphs(REPORT, parse("村道"))
    assert [(s.paragraph.paragraph_id, s.next_marked) for s in shown if s.spans] == [
        ("p3", "p7"),
        ("p7", None),
    ]


def test_report_without_headings_has_no_contents_and_no_front():
    plain = paragraphs((Kind.PARAGRAPH, (), "村道通车。"))
    assert contents(plain) == ()
    assert show_paragraphs(plain, None)[0].style is Style.TEXT
