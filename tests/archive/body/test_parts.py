"""The part of a report that each paragraph belongs to: by headings, wording and order."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.body.paragraphs import compose
from archive.model import Kind, Line, Part

FRONT = [
    ("政府工作报告", "opening"),
    ("——2024年1月9日在霁州市第六届人民代表大会第三次会议上", "opening"),
    ("霁州市市长 顾某某", "opening"),
    ("各位代表：", "opening"),
    ("现在，我代表市人民政府，向大会报告工作，请予审议。", "opening"),
]
REVIEW = [
    ("一、2023年工作回顾", "review"),
    ("（一）稳住工业底盘。规上企业增加到八十六家，补齐了产业短板。", "review"),
    ("（二）政府自身建设取得新成效。办理建议一百零七件。", "review"),
    ("成绩来之不易。在此，表示衷心感谢！", "review"),
    ("在看到成绩的同时，我们也清醒地认识到存在的问题：企业不多，链条不长。", "problems"),
]
CLOSING = [("各位代表！蓝图已经绘就。让我们团结一心，为建设现代化霁州而努力奋斗！", "closing")]


def check(*labelled):
    paragraphs = compose([Line(number, text) for number, (text, _) in enumerate(labelled)], "d")
    assert [p.text for p in paragraphs] == [text for text, _ in labelled]
    assert [(p.text, p.part) for p in paragraphs] == [
        (text, Part(part) if part else None) for text, part in labelled
    ]


def test_the_headings_of_the_genre_name_its_parts():
    check(
        *FRONT,
        *REVIEW,
        ("二、2024年总体要求和主要目标", "targets"),
        ("坚持稳中求进，推动高质量发展。", "targets"),
        ("主要预期目标是：地区生产总值增长百分之六。", "targets"),
        ("三、2024年重点工作", "tasks"),
        ("（一）抓项目", "tasks"),
        ("开工项目九十个，深化法治霁州建设。", "tasks"),
        ("四、加强政府自身建设", "government"),
        ("坚持依法行政。自觉接受监督。", "government"),
        *CLOSING,
    )


def test_targets_before_the_tasks_of_one_section_are_targets():
    check(
        *FRONT,
        *REVIEW,
        ("二、2024年工作安排", "tasks"),
        ("2024年是关键之年。", "targets"),
        ("今年政府工作的总体要求是：坚持稳中求进。", "targets"),
        ("主要预期目标是：地区生产总值增长百分之六。", "targets"),
        ("为实现上述目标，重点抓好以下六个方面工作：", "tasks"),
        ("（一）抓项目。开工项目九十个。", "tasks"),
        ("（二）加强自身建设，提高服务能力。坚持依法行政。", "government"),
        ("严格执行中央八项规定精神，坚持过紧日子。", "government"),
        *CLOSING,
    )


def test_one_heading_may_name_targets_and_tasks():
    check(
        *FRONT,
        *REVIEW,
        ("二、2024年工作总体要求和目标任务", "targets"),
        ("坚持稳中求进，推动高质量发展。", "targets"),
        ("（一）抓项目。开工项目九十个。", "tasks"),
        ("（二）惠民生。新增学位六百个。", "tasks"),
        *CLOSING,
    )


def test_headings_without_numbers_are_read_the_same():
    check(
        *FRONT,
        ("“十三五”时期工作回顾", "review"),
        ("五年来，全市上下砥砺奋进。", "review"),
        ("我们也清醒看到，发展仍面临不少困难。", "problems"),
        ("“十四五”时期主要目标任务", "targets"),
        ("到二〇二五年，地区生产总值突破百亿。", "targets"),
        ("2021年重点工作", "tasks"),
        ("主要预期目标是：地区生产总值增长百分之六。", "targets"),
        ("重点做好以下工作：", "tasks"),
        ("（一）抓项目", "tasks"),
        ("开工项目九十个。", "tasks"),
        *CLOSING,
    )


def test_reports_of_one_sentence_a_line_turn_at_each_address():
    check(
        *FRONT,
        ("一、2023年工作回顾", "review"),
        ("粮食总产再创新高。", "review"),
        ("我们也清醒看到面临的困难和问题。", "problems"),
        ("部分企业经营困难。", "problems"),
        ("各位代表！", "review"),
        ("成绩来之不易，我代表市人民政府表示感谢。", "review"),
        ("二、2024年主要任务", "tasks"),
        ("（一）努力建设人民满意的服务型政府", "government"),
        ("推进政务公开。", "government"),
        ("各位代表！", "tasks"),
        ("促进民族团结，实现共同进步。", "tasks"),
        ("各位代表！", "closing"),
        ("让我们携起手来，共创美好明天。", "closing"),
    )


def test_the_governments_own_building_needs_no_heading_near_the_end():
    check(
        *FRONT,
        *REVIEW,
        ("二、2024年重点工作", "tasks"),
        ("（一）抓项目", "tasks"),
        ("支持工会、妇联等群团组织更好发挥作用。", "tasks"),
        ("各位代表！完成新任务，对政府工作提出新的更高要求，我们将廉洁从政。", "government"),
        ("坚持过紧日子。", "government"),
        *CLOSING,
    )


@pytest.mark.parametrize(
    "heading", ["名词解释", "注释", "《政府工作报告》名词解释", "附：名词解释"]
)
def test_a_glossary_never_counts_as_a_task(heading):
    check(
        *FRONT,
        *REVIEW,
        ("二、2024年重点工作", "tasks"),
        ("加快办理“榆快办”[1]事项。", "tasks"),
        *CLOSING,
        (heading, "glossary"),
        ("1.“榆快办”：政务服务平台，是今年的重点工作。", "glossary"),
    )


def test_notes_at_the_end_need_no_heading():
    check(
        *FRONT,
        *REVIEW,
        *CLOSING,
        ("[1]“榆快办”：政务服务平台。", "glossary"),
        ("[2]亩均效益：单位用地的产出。", "glossary"),
    )


def test_an_annex_with_its_own_headings_is_annex_to_the_end():
    check(
        *FRONT,
        *REVIEW,
        ("二、2024年重点工作", "tasks"),
        ("（一）抓项目。开工项目九十个。", "tasks"),
        *CLOSING,
        ("附件1", "annex"),
        ("2024年重点工作分工", "annex"),
        ("新建学校三所（牵头单位：市教育局）。", "annex"),
        ("附件2", "annex"),
        ("政府工作报告名词解释", "glossary"),
        ("“榆快办”：政务服务平台。", "glossary"),
    )


def test_a_report_that_is_itself_the_annex_of_a_notice_is_read_as_a_report():
    check(("附件", "opening"), *FRONT, *REVIEW)


def test_what_stands_before_the_governments_own_building_are_tasks():
    check(
        ("（五）更新老城肌理。完成九个片区改造。", "tasks"),
        ("贯通滨水步道六公里。", "tasks"),
        ("四、加强政府自身建设", "government"),
        ("坚持依法行政。", "government"),
    )


def test_a_piece_that_gives_no_clue_has_no_part():
    check(("新建高标准农田两万亩。", None), ("改造老旧小区十二个。", None))


def test_a_text_without_headings_goes_by_its_wording():
    check(
        ("过去一年，全市上下齐心协力，粮食增产。", "review"),
        ("民生支出占比超过八成。", "review"),
        ("我们也清醒看到，产业层次不高，短板不少。", "problems"),
        ("今年的主要预期目标是：地区生产总值增长百分之六。", "targets"),
        ("重点抓好以下五方面工作：", "tasks"),
        ("新建高标准农田两万亩。", "tasks"),
    )


def test_traditional_script_is_read_the_same():
    check(
        ("一、2023年工作回顧", "review"),
        ("糧食總產再創新高。", "review"),
        ("我們也清醒看到，發展仍面臨不少困難。", "problems"),
        ("二、2024年重點工作", "tasks"),
        ("開工項目九十個。", "tasks"),
    )


LINES = st.lists(
    st.builds(
        Line,
        st.just(1),
        st.one_of(
            st.text(max_size=30),
            st.sampled_from(
                [text for text, _ in (*FRONT, *REVIEW, *CLOSING)]
                + ["附件", "名词解释", "二、2024年重点工作", "三、主要目标", "[1]注", "各位代表！"]
            ),
        ),
        st.sampled_from(list(Kind)),
    ),
    max_size=20,
)


@settings(deadline=None)
@given(LINES)
def test_any_sequence_of_lines_has_parts_and_appendices_only_at_the_end(lines):
    parts = [paragraph.part for paragraph in compose(lines, "d")]
    behind = [part in (Part.GLOSSARY, Part.ANNEX) for part in parts]
    assert behind == sorted(behind)
    opening = [part is Part.OPENING for part in parts]
    assert opening == sorted(opening, reverse=True)
