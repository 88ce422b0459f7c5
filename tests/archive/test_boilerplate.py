"""What is furniture, what never is, and that nothing vanishes."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.body import shapes
from archive.boilerplate import strip
from archive.boilerplate.rules import RULES
from archive.formats import read_file
from archive.model import Kind, Line

TITLE = "2024年澜溪县政府工作报告"
SESSION = "——2024年1月16日在澜溪县第十八届人民代表大会第三次会议上"
OFFICER = "澜溪县人民政府县长 贺云堃"
REPORT = [
    TITLE,
    SESSION,
    OFFICER,
    "各位代表：",
    "现在，我代表县人民政府，向大会报告工作，请予审议。",
    "一、2023年工作回顾",
    "过去一年，全县上下翻山越岭、苦干实干，办成了一批大事。",
    "各位代表！让我们同心同德，奋力谱写澜溪发展新篇章！",
]


def _strip(*texts):
    return strip([Line(number, text) for number, text in enumerate(texts, 1)])


def _kept(*texts):
    return [line.text for line in _strip(*texts).kept]


def _rules(*texts):
    return {line.text: line.rule for line in _strip(*texts).removed}


def test_a_report_without_furniture_is_left_as_it_is():
    assert _kept(*REPORT) == REPORT


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("欢迎您访问澜溪县人民政府网站！", "site-banner"),
        ("澜溪县人民政府门户网站", "site-name"),
        ("当前位置：首页 > 政务公开 > 政府工作报告", "breadcrumb"),
        ("首页 - 政务公开 - 政府工作报告", "breadcrumb"),
        ("索引号：LX-2024-001 主题分类：综合政务", "index-label"),
        ("索引号： | LX-2024-001 | 公开形式： | 主动公开", "index-label"),
        ("名 称：政府工作报告", "index-label"),
        ("霁州 晴 12℃", "site-tools"),
        ("领导之窗 人事任免 网上直播 在线访谈 政务要闻", "site-navigation"),
        ("载体类型 纸质", "index-label"),
        ("设为首页 | 加入收藏", "site-navigation"),
        ("政务要闻", "column-name"),
        ("2024年澜溪县政府工作报告_澜溪县人民政府门户网站", "window-title"),
        ("澜溪县人民政府 - 政府工作报告", "window-title"),
        ("澜溪县人民政府信息公开目录", "site-name"),
        ("原文网址：http://example.cn/rec=92", "document-label"),
    ],
)
def test_furniture_above_the_title_is_removed_under_its_rule(line, rule):
    assert _rules(line, *REPORT) == {line: rule}


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("来源：霁州日报", "source-label"),
        ("来源 : 作者 : 发布时间 :2024-01-18 阅读量 :", "source-label"),
        ("發布時間：2024-01-18 來源：縣政府辦", "date-label"),
        ("2024-01-18", "bare-date"),
        ("2024年01月18日", "bare-date"),
        ("2024-01-18 09:30:00", "timestamp"),
        ("浏览次数：123", "count-label"),
        ("已有123人浏览", "count-label"),
        ("责任编辑：王小溪", "person-label"),
        ("【字体：大 中 小】", "font-widget"),
        ("加大字体 缩小字体 收藏 打印", "widget"),
        ("分享到：", "share"),
        ("扫一扫在手机打开当前页", "qr-code"),
        ("县长贺云堃作政府工作报告。本报记者 苏映禾 摄", "photo-caption"),
        ("var id=1; document.write(id);", "script"),
        ("文件已失效", "notice-tag"),
        ("分类： 政府工作报告", "document-label"),
        ("— 2 —", "page-number"),
        ("来源 | 县政府办", "source-label"),
    ],
)
def test_furniture_between_title_and_address_is_removed_under_its_rule(line, rule):
    assert _rules(*REPORT[:3], line, *REPORT[3:]) == {line: rule}


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("主办：澜溪县人民政府 承办：县政府办公室", "footer"),
        ("澜ICP备00000021号-1", "footer"),
        ("公安备案 澜公网安备00000000000021号", "footer"),
        ("网站标识码 0000000021", "footer"),
        ("【打印本页】 【关闭窗口】", "widget"),
        ("上一篇：2023年政府工作报告", "neighbours"),
        ("编辑：王小溪", "person-label"),
        ("（来源：霁州日报）", "source-label"),
        ("相关报道：", "related"),
        ("感谢您的阅读，更多范文请点击首页", "reposter"),
        ("（澜溪在线编辑：王小溪）", "person-label"),
        ("阅读(235)┊ 评论 (0)┊ 收藏(0)", "count-label"),
        ("------分隔线------", "separator"),
        ("本作品属于公有领域", "footer"),
    ],
)
def test_furniture_below_the_report_is_removed_under_its_rule(line, rule):
    assert _rules(*REPORT, line) == {line: rule}


def test_a_widget_saved_one_token_a_line_is_removed_as_a_run():
    widget = ["下载", "打印", "全屏", "【字号：", "加大", "还原", "减小", "】"]
    sizes = ["【字体：", "大", "中", "小", "】"]
    assert _kept(*widget, TITLE, *sizes, *REPORT[1:]) == REPORT


def test_a_way_saved_one_step_a_line_is_removed():
    way = ["当前位置：", "首页", ">", "政务信息", ">", "澜溪要闻"]
    assert _kept(*way, *REPORT) == REPORT


def test_the_value_on_the_line_below_its_label_is_removed_with_it():
    rules = _rules(TITLE, "来源：", "霁州融媒", "浏览量：", "1234", *REPORT[1:])
    assert rules["霁州融媒"] == "label-value"
    assert set(rules) == {"来源：", "霁州融媒", "浏览量：", "1234"}


def test_a_title_that_begins_the_first_sentence_again_is_kept_once():
    glued = f"{TITLE}{SESSION}各位代表：现在，我代表县人民政府，向大会报告工作，请予审议。"
    assert _kept(TITLE, glued, *REPORT[5:]) == [glued, *REPORT[5:]]


def test_a_notice_keeps_whom_it_addresses_and_its_day():
    notice = ["关于印发政府工作报告的通知", "各乡镇人民政府：", "现将《政府工作报告》印发给你们。"]
    page = [*notice, "2024年1月16日", *REPORT]
    assert _kept("索引号：A/2024-0001", "发布日期：2024-01-20", *page) == page


def test_links_to_the_reports_of_other_years_are_removed():
    links = ["作者：顾明栩", "2023年澜溪县政府工作报告"]
    assert _kept("2024年澜溪县政府工作报告", *links, *REPORT[1:])[1] == SESSION


def test_reporters_lines_above_a_speech_told_live_are_removed():
    speech = "【澜溪网直播】县长说，各位代表：现在，我代表县人民政府向大会报告工作。"
    assert _kept("【澜溪网直播】全体起立。", "【澜溪网直播】县长上台。", speech) == [speech]


def test_values_between_labels_are_removed_with_them_titles_too():
    table = [
        "信息名称：",
        "2024年澜溪县政府工作报告",
        "索引号：",
        "000014349/2024-1201",
        "主题词：",
    ]
    assert _kept(*table, *REPORT) == REPORT


def test_values_of_an_index_table_that_has_lost_its_labels_are_removed():
    table = ["• 755150001/2024-00011", "• 澜溪县人民政府", "• 政府工作报告", "• 2024-02-13"]
    assert _kept(*table, *REPORT) == REPORT


def test_a_menu_with_strokes_is_removed_and_a_row_of_figures_is_not():
    figures = "粮食产量 | 万吨 | 12.5 | 增长百分之三"
    assert _kept("公开指南 | 公开目录 | 依申请公开", *REPORT, figures) == [*REPORT, figures]


def test_the_day_below_a_signature_is_kept_at_the_end():
    signed = ["澜溪县人民政府办公室", "2024年1月16日"]
    assert _kept(*REPORT, *signed, "扫一扫在手机打开当前页") == [*REPORT, *signed]


def test_a_column_called_as_the_report_is_removed_above_the_telling_title():
    page = ["澜溪县人民政府门户网站", "政府工作报告", "2024年澜溪县政府工作报告", "来源：县府办"]
    assert _kept(*page, *REPORT[1:])[0] == "2024年澜溪县政府工作报告"


def test_an_open_label_does_not_swallow_the_session_line():
    assert _kept(TITLE, "来源：", *REPORT[1:]) == REPORT


@pytest.mark.parametrize(
    "session",
    [
        "2024年1月16日在澜溪县第十八届人民代表大会第三次会议上",
        "（2024年1月16日在县第十八届人民代表大会第三次会议上）",
        "--2024年1月16日在澜溪县第十八届人民代表大会第三次会议上",
        "二〇二四年一月十六日在澜溪县十八届人大三次会议上",
        " 2024116日在澜溪县第十八届人民代表大会第次会议上)",
        "——在澜溪县第十八届人民代表大会第三次会议上",
    ],
)
def test_session_lines_in_every_form_are_kept_beside_furniture(session):
    page = [TITLE, "发布时间：2024-01-18", session, OFFICER, *REPORT[3:]]
    assert session in _kept(*page)


def test_a_wrapped_session_line_and_its_bracketed_date_are_kept():
    head = ["——在澜溪县第十八届人民代表大会", "第三次会议上", "（2024年1月16日）", "贺 云 堃"]
    assert _kept("首页>文件", TITLE, "日期：2024-01-18", *head, *REPORT[3:])[1:5] == head


def test_the_date_of_the_speech_beside_the_officer_is_kept():
    page = ["政府工作报告", OFFICER, "2024年1月16日", *REPORT[3:]]
    assert _kept(*page) == page


def test_a_title_repeated_above_the_report_is_kept_once():
    assert _kept(TITLE, "来源：县政府办", *REPORT) == REPORT


def test_the_portals_title_and_the_reports_own_are_both_kept():
    page = [TITLE, "政府工作报告", *REPORT[1:]]
    assert _kept(*page) == page


def test_title_and_opening_repeated_at_the_very_end_are_removed():
    opening = "各位代表：现在，我代表县人民政府，向大会报告工作，请予审议。"
    rules = _rules(*REPORT, TITLE, opening)
    assert rules == {opening: "repeated-opening"} | {TITLE: "repeated-opening"}


def test_related_links_and_all_below_them_are_removed():
    links = ["相关链接", "一图读懂今年的报告", "2023年霁州市政府工作报告", "abcdef0123456789abcd"]
    assert _kept(*REPORT, *links) == REPORT


def test_a_glossary_below_the_report_is_kept():
    glossary = ["名词解释", "1.“链长制”：由县领导牵头，一条产业链配一套班子。"]
    assert _kept(*REPORT, *glossary) == [*REPORT, *glossary]


def test_a_reposters_blurb_is_removed_with_the_reposters_titles():
    page = ["关于澜溪县政府工作报告", "下面是小编整理的澜溪县政府工作报告，欢迎阅读参考！"]
    assert _kept(*page, *REPORT[1:]) == REPORT[1:]


def test_a_reposters_blurb_takes_neither_session_nor_officer_line():
    blurb = "以上是会议的情况，下面是小编整理的全文，供大家参考！"
    assert _kept(*REPORT[:3], blurb, *REPORT[3:])[:2] == [SESSION, OFFICER]


def test_a_digest_above_the_reports_own_beginning_is_removed():
    digest = f"{TITLE} 各位代表：现在，我代表县人民政府……"
    assert _rules(TITLE, "2024-01-18 09:30", digest, *REPORT[1:])[digest] == "digest"


def test_a_headline_without_the_words_of_the_genre_is_kept():
    page = ["茶山竹海写新篇", "来源：霁州日报", "县人代会1月16日开幕，代表们听取了报告。"]
    assert _kept(*page) == [page[0], page[2]]


@pytest.mark.parametrize(
    "sentence",
    [
        "推广扫码办事，二维码门牌覆盖所有村（社区）。",
        "地址信息采集、打印机关闭等小事也要办好，让群众少跑一趟。",
        "分类推进以县城为载体的城镇化建设，主题分类管理更加精细。",
        "编辑出版《澜溪县志》，新闻记者走进山乡。",
        "来源于山、取之于山的产业越做越大，收入增长一成。",
        "二是建设适老化住房，完成适老化改造八百户。",
        "相关报道显示的问题，我们已经逐项整改到位，请各位代表监督。",
    ],
)
def test_sentences_of_the_report_are_kept_wherever_they_stand(sentence):
    assert sentence in _kept(*REPORT[:6], sentence, *REPORT[6:])
    assert sentence in _kept(*REPORT, sentence)
    assert sentence in _kept(sentence, *REPORT[6:])


def test_furniture_inside_the_report_is_removed_only_where_it_is_unmistakable():
    page = [*REPORT[:7], "澜溪茶园。记者 苏映禾 摄", "扫一扫在手机打开当前页", "大", *REPORT[7:]]
    assert _kept(*page) == [*REPORT[:7], "大", *REPORT[7:]]


def test_traditional_furniture_and_bracketed_readings_are_known():
    assert set(_rules("當前位置：首頁", "跳至內容", *REPORT)) == {"當前位置：首頁", "跳至內容"}
    title = "2015年澜溪縣政府工作報(bào)告"
    assert _kept("當前位置：首頁", title, "來源：縣政府辦", *REPORT[1:])[0] == title


def test_the_samples_keep_no_furniture_and_all_of_their_closing_calls(corpus: Path):
    for path in sorted(corpus.glob("*-202?.*")):
        kept = strip(read_file(path.read_bytes(), path.name).lines).kept
        texts = [line.text.strip() for line in kept if line.text.strip()]
        assert "工作报告" in shapes.fold(texts[0])
        assert any(text.startswith("各位代表！") for text in texts[-8:])
        marks = ("来源：", "浏览", "打印", "当前位置", "索引号", "ICP", "责任编辑", "function ")
        assert not any(mark in text for mark in marks for text in (*texts[:8], *texts[-4:]))


def test_blank_lines_stay_where_they_are():
    assert _kept("打印", "", *REPORT, "") == ["", *REPORT, ""]


def test_every_rule_has_a_name_of_its_own_and_a_reason():
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert all(rule.reason for rule in RULES)


LINES = st.lists(
    st.one_of(
        st.text(max_size=40),
        st.sampled_from([*REPORT, "来源：", "大", "】", ">", "相关链接", "打印", "2024-01-18", ""]),
    ),
    max_size=30,
)


@settings(deadline=None)
@given(LINES, st.sampled_from(list(Kind)))
def test_every_line_is_either_kept_or_removed_once_and_in_order(texts, kind):
    lines = [Line(number, text, kind) for number, text in enumerate(texts, 1)]
    stripped = strip(lines)
    numbers = [line.number for line in stripped.kept] + [line.line for line in stripped.removed]
    assert sorted(numbers) == list(range(1, len(texts) + 1))
    assert list(stripped.kept) == sorted(stripped.kept, key=lambda line: line.number)


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("www.lanxi.example.com", "site-address"),
        ("office@lanxi.example.com", "site-address"),
        ("楼主", "forum"),
        ("• 注册排名8690", "forum"),
        ("此处省略N个字......", "cut-by-reposter"),
        ("来        源 澜溪县人民政府办公室", "index-label"),
        ("1. 当前位置：", "breadcrumb"),
        ("〖字体：〗〖背景色：杏黄 天蓝(默认色)〗〖关闭", "font-widget"),
        ("• 听全文", "widget"),
        ("上一版 下一版 上一期     下一期 查看PDF版", "neighbours"),
        ("视频解读：《一图读懂政府工作报告》", "neighbours"),
        ("02-01", "timestamp"),
        ("澜溪县十八届人大三次会议文件（一）", "notice-tag"),
        ("[ 时政经济 ]", "column-name"),
        ("00002版：要闻", "newspaper-page"),
        ("资料：2024年澜溪县政府工作报告", "tagged-title"),
    ],
)
def test_furniture_of_forums_newspapers_and_old_portals_is_known(line, rule):
    index = ["索引号：LX-2024-001"] if rule == "index-label" else []
    assert _rules(*index, line, *REPORT)[line] == rule


def test_a_list_of_the_headings_above_the_report_is_removed():
    outline = ["一、2023年工作回顾", "（一）产业", "（二）城乡", "二、2024年工作安排"]
    assert _kept(*outline, *REPORT) == REPORT


def test_what_a_site_tells_above_the_full_text_is_removed():
    story = ["澜溪县印发政府工作报告。", "其中提到，将新建一座水库。", "原文如下："]
    assert _kept(*story, *REPORT) == REPORT


def test_the_table_of_an_encyclopedia_is_removed_and_the_report_below_it_kept():
    box = ["《报告》是澜溪县人民政府发布的一份报告。", "基本介绍", "• 中文名：报告", "• 性质：报告"]
    assert _kept(TITLE, *box, *REPORT[3:]) == [TITLE, *REPORT[3:]]


def test_a_headline_of_two_lines_is_kept_whole():
    head = ["澜溪县第十八届人大三次会议隆重开幕", "踔厉奋发 建设绿色发展示范区"]
    story = "1月16日上午，澜溪县第十八届人民代表大会第三次会议在县会议中心开幕。"
    assert _kept("首页 > 要闻", *head, "来源：澜溪日报", story) == [*head, story]


def test_a_wrapped_title_of_a_resolution_is_kept_whole():
    head = ["澜溪县第十八届人民代表大会第三次", "会议关于政府工作报告的决议"]
    assert _kept("澜溪日报 数字报纸", *head, "会议决定批准这个报告。")[:2] == head


def test_a_caption_saved_twice_is_kept_once():
    caption = "1月16日，县人民代表大会在县会议中心举行。"
    story = "本次会议历时三天，代表们听取了报告。"
    kept = _kept("大会隆重开幕", "来源：澜溪日报", caption, caption, story)
    assert kept.count(caption) == 1


def test_a_dash_that_was_wrapped_from_its_session_line_is_kept():
    session = "第十八届人民代表大会第三次会议上"
    assert _kept(TITLE, "——", session, *REPORT[2:]) == [TITLE, "——", session, *REPORT[2:]]


def test_the_stamp_of_the_session_is_no_line_of_the_report_that_addresses_the_deputies():
    assert _kept("文号(4", "政府工作报告", *REPORT[1:]) == ["政府工作报告", *REPORT[1:]]
