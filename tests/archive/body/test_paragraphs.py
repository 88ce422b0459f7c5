"""Lines to paragraphs: joined, split, placed in their sections, identified."""

import hashlib
import unicodedata
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from archive.body.paragraphs import compose, identify
from archive.boilerplate import strip
from archive.formats import read_file
from archive.model import Kind, Line

FRONT = ["政府工作报告", "——2024年1月9日在青榆区第六届人民代表大会第三次会议上", "区长 顾明栩"]


def _compose(*texts, kind=Kind.PARAGRAPH):
    return compose([Line(number, text, kind) for number, text in enumerate(texts, 1)], "d")


def _texts(*texts):
    return [paragraph.text for paragraph in _compose(*texts)]


def test_front_lines_are_headings_without_a_section():
    paragraphs = _compose(*FRONT, "各位代表：", "一、回顾", "成绩来之不易。")
    assert [(p.kind, p.section) for p in paragraphs[:4]] == [
        (Kind.HEADING, ()),
        (Kind.HEADING, ()),
        (Kind.HEADING, ()),
        (Kind.PARAGRAPH, ()),
    ]


def test_section_path_names_the_headings_above_a_paragraph():
    paragraphs = _compose(
        "一、2023年工作回顾",
        "（一）稳住工业底盘",
        "规上工业企业增加到八十六家。",
        "（二）夯实农业根基",
        "二、2024年重点工作",
        "1.抓项目",
        "开工亿元项目三十个。",
    )
    assert [p.section for p in paragraphs] == [
        (),
        ("一、2023年工作回顾",),
        ("一、2023年工作回顾", "（一）稳住工业底盘"),
        ("一、2023年工作回顾",),
        (),
        ("二、2024年重点工作",),
        ("二、2024年重点工作", "1.抓项目"),
    ]


def test_a_heading_that_runs_into_its_paragraph_is_that_paragraphs_section_too():
    paragraphs = _compose(
        "一、回顾",
        "（一）产业转型加速推进。数字经济持续壮大。",
        "商贸业稳步回升。",
        "（二）惠民生。学位增加。",
    )
    assert [(p.kind, p.section) for p in paragraphs[1:]] == [
        (Kind.PARAGRAPH, ("一、回顾", "（一）产业转型加速推进")),
        (Kind.PARAGRAPH, ("一、回顾", "（一）产业转型加速推进")),
        (Kind.PARAGRAPH, ("一、回顾", "（二）惠民生")),
    ]


def test_a_long_numbered_sentence_is_no_heading_but_ends_the_section_before():
    sentence = (
        "（二）" + "坚持把发展经济的着力点放在实体经济上，" * 3 + "壮大产业。全年开工项目九十个。"
    )
    paragraphs = _compose("一、回顾", "（一）抓项目", sentence)
    assert paragraphs[2].section == ("一、回顾",)


def test_a_numbered_sentence_alone_on_its_line_is_a_heading_without_its_full_stop():
    paragraphs = _compose("一、任务", "（一）稳住大盘，保持平稳运行。", "增强信心。", "1.抓项目。")
    assert paragraphs[1].kind is Kind.HEADING
    assert paragraphs[1].text.endswith("。")
    assert paragraphs[2].section == ("一、任务", "（一）稳住大盘，保持平稳运行")
    assert paragraphs[3].kind is Kind.PARAGRAPH


def test_plain_headings_are_main_sections_where_nothing_is_numbered():
    paragraphs = _compose("2023年工作回顾", "成绩来之不易。", "2024年工作安排", "任务更加艰巨。")
    assert [p.kind for p in paragraphs[1:3]] == [Kind.PARAGRAPH, Kind.HEADING]
    assert paragraphs[3].section == ("2024年工作安排",)


def test_a_glossary_is_a_section_of_its_own():
    paragraphs = _compose("一、回顾", "成绩来之不易。", "名词解释", "“榆快办”：政务服务平台。")
    assert paragraphs[-1].section == ("名词解释",)


def test_clauses_on_lines_of_their_own_are_joined():
    assert _texts(
        "一、回顾", "全区上下齐心协力，", "战胜了风雨，", "取得了成绩。", "未来可期。"
    ) == [
        "一、回顾",
        "全区上下齐心协力，战胜了风雨，取得了成绩。",
        "未来可期。",
    ]


def test_lines_wrapped_at_a_margin_are_joined_and_headings_are_not():
    rows = [
        "一、2023年工作回顾",
        "过去的一年极不平凡，全区上下顶住压力、攻坚克难，规上工业企",
        "业增加到八十六家，粮食总产达到十八万吨，城镇新增就业六千人，新",
        "增学位一千八百个，改造老旧小区十二个，更新燃气管网三十公里，群",
        "众生活持续改善。",
        "（一）稳住工业底盘",
        "向企业派出一百三十二名联络员，逐家解决用工和原料难题，三月中",
        "旬全部复工。",
    ]
    assert _texts(*rows) == [
        "一、2023年工作回顾",
        rows[1] + rows[2] + rows[3] + rows[4],
        "（一）稳住工业底盘",
        rows[6] + rows[7],
    ]


def test_indentation_says_where_wrapped_paragraphs_begin():
    rows = [
        "　　过去的一年极不平凡，全区上下顶住压力、攻坚克难，规上工业",
        "企业增加到八十六家，粮食总产达到十八万吨，城镇新增就业六千人。",
        "群众生活改善，社会大局稳定，这些成绩来之不易，值得倍加珍惜。",
        "　　新的一年任务艰巨，我们要坚定信心、真抓实干，推动经济运行",
        "整体好转，让全区人民的日子一年更比一年好，一步一个脚印向前走。",
    ]
    joined = [row.strip() for row in rows]
    assert _texts(*rows) == ["".join(joined[:3]), "".join(joined[3:])]


def test_a_wrapped_session_line_becomes_one_line():
    assert _texts(
        "政府工作报告",
        "——2024年1月9日在青榆区第六届",
        "",
        "人民代表大会第三次会议上",
        "区长 顾明栩",
    )[1] == ("——2024年1月9日在青榆区第六届人民代表大会第三次会议上")


def test_title_session_officer_and_address_are_never_joined():
    assert _texts(*FRONT, "各位代表：", "现在报告工作。") == [
        *FRONT,
        "各位代表：",
        "现在报告工作。",
    ]


def test_items_of_an_enumeration_are_not_joined():
    items = [
        "主要目标是：",
        "一是经济增长百分之六；",
        "二是新增学位六百个；",
        "（三）改造小区十个，",
    ]
    assert _texts(*items) == items


def test_a_line_cannot_begin_with_a_closing_mark():
    assert _texts("坚持和发展“枫桥经验", "”，化解纠纷三百起。") == [
        "坚持和发展“枫桥经验”，化解纠纷三百起。"
    ]


def test_table_rows_and_list_items_are_never_joined():
    for kind in (Kind.TABLE, Kind.LIST):
        assert [p.text for p in _compose("粮食，", "工业", kind=kind)] == ["粮食，", "工业"]


def test_words_of_the_latin_script_are_joined_with_a_blank():
    assert _texts("GDP grew by more than expected in all of the", "districts, 粮食增产。") == [
        "GDP grew by more than expected in all of the districts, 粮食增产。"
    ]


def test_run_on_text_is_split_where_numbered_headings_begin():
    first = "（一）抓项目。" + "开工项目三十个，完成投资过半。" * 60
    second = "（二）惠民生。" + "新增学位六百个，改造小区十个。" * 60
    paragraphs = _compose("一、重点工作", first + second)
    assert [p.text for p in paragraphs] == ["一、重点工作", first, second]
    assert paragraphs[2].section == ("一、重点工作", "（二）惠民生")


def test_outer_white_space_goes_and_inner_white_space_stays():
    assert _texts("　　区长  顾 明 栩　", "\t各位代表：") == ["区长  顾 明 栩", "各位代表："]


def test_an_id_is_the_document_and_eight_digits_of_the_hash_of_the_words():
    digest = hashlib.sha256("各位代表：".encode()).hexdigest()[:8]
    assert _compose("　各位 代表：")[0].paragraph_id == f"d-{digest}"
    assert identify("d", "各位代表：") == f"d-{digest}"


def test_equal_paragraphs_of_a_document_have_different_ids():
    ids = [
        p.paragraph_id for p in _compose("各位代表！", "成绩来之不易。", "各位代表！", "各位代表！")
    ]
    assert [ids[2], ids[3]] == [ids[0] + "-2", ids[0] + "-3"]


def test_an_id_survives_new_furniture_and_new_spacing():
    before = {p.paragraph_id for p in _compose(*FRONT, "成绩来之不易。")}
    after = {p.paragraph_id for p in _compose("新的一行。", *FRONT, "", "　　成绩 来之不易。")}
    assert before <= after


def test_sentences_of_the_national_reports_are_whole(shared: Path):
    for path in sorted((shared / "reports" / "national").glob("*.txt")):
        paragraphs = compose(read_file(path.read_bytes(), path.name).lines, "d")
        broken = [p.text[-20:] for p in paragraphs if p.text.endswith(("，", "、"))]
        assert [text for text in broken if text != "各位代表，"] == []


def test_the_sample_pdf_has_whole_paragraphs_under_four_main_sections(corpus: Path):
    path = corpus / "wangshu-2023.pdf"
    paragraphs = compose(strip(read_file(path.read_bytes(), path.name).lines).kept, "d")
    assert [p.text for p in paragraphs if p.text[1:2] == "、"] == [
        "一、2022年工作回顾",
        "二、2023年工作总体要求和主要目标",
        "三、2023年重点工作",
        "四、加强政府自身建设",
    ]
    assert paragraphs[1].text.endswith("第九届人民代表大会第二次会议上")
    body = [p for p in paragraphs[4:] if p.kind is Kind.PARAGRAPH]
    assert all(p.text.endswith(("。", "！", "：")) for p in body)


LINES = st.lists(
    st.builds(
        Line,
        st.integers(1, 99),
        st.one_of(
            st.text(max_size=60),
            st.sampled_from(
                [*FRONT, "一、回顾", "（一）抓项目。成效好。", "各位代表：", "未完，", " "]
            ),
        ),
        st.sampled_from(list(Kind)),
    ),
    max_size=25,
)


def _visible(texts):
    """All that has a shape: without white space (Z), control (Cc) and format (Cf) characters."""
    marks = (mark for text in texts for mark in text if not mark.isspace())
    return "".join(mark for mark in marks if unicodedata.category(mark) not in ("Cc", "Cf"))


@settings(deadline=None)
@given(LINES)
def test_every_character_of_the_lines_is_in_the_paragraphs_once_and_in_order(lines):
    paragraphs = compose(lines, "d")
    received = [p.as_received or p.text for p in paragraphs]
    assert _visible(received) == _visible([line.text for line in lines])
    assert [p.ordinal for p in paragraphs] == list(range(len(paragraphs)))
    assert len({p.paragraph_id for p in paragraphs}) == len(paragraphs)
