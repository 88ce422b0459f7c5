"""Web pages: the article is found, its head stays, everything else has a reason."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.formats.html import read_html
from archive.model import Kind
from archive.refusals import EmptyFileError

SENTENCE = "坚持稳中求进工作总基调，青榆区规上工业企业增加到八十六家，群众生活持续改善。"
BODY = "".join(f"<p>{SENTENCE}这是第{number}段。</p>" for number in range(5))
HEAD = (
    "<h1>政府工作报告</h1><div>发布时间：2024-01-18 来源：区政府办</div>"
    "<div>——2024年1月9日在青榆区第六届人民代表大会第三次会议上</div>"
)


def _read(page, name="page.html"):
    return read_html(page.encode() if isinstance(page, str) else page, name)


def _texts(reading):
    return [line.text for line in reading.lines]


def _rules(reading):
    return {line.text: line.rule for line in reading.removed}


@pytest.mark.parametrize(
    "container",
    ['<div id="zoom">', '<div id="UCAP-CONTENT">', '<div class="TRS_Editor">', '<div class="x9">'],
)
def test_the_article_is_found_in_known_and_unknown_containers(container):
    page = f'<ul class="list"><li><a href="/">首页</a></ul>{container}{BODY}</div><p>主办单位</p>'
    reading = _read(page)
    assert _texts(reading) == [f"{SENTENCE}这是第{number}段。" for number in range(5)]
    assert set(_rules(reading)) == {"首页", "主办单位"}


def test_title_source_and_session_above_the_container_are_kept():
    page = f'<div class="top">门户</div><div>{HEAD}<div id="zoom">{BODY}</div></div><div>底</div>'
    assert _texts(_read(page))[:3] == [
        "政府工作报告",
        "发布时间：2024-01-18 来源：区政府办",
        "——2024年1月9日在青榆区第六届人民代表大会第三次会议上",
    ]


def test_an_article_behind_a_stray_end_of_the_document_is_not_lost():
    page = f"<html><body><div>首页</div></body></html><div>{HEAD}{BODY}</div></body></html>"
    texts = _texts(_read(page))
    assert texts[0] == "政府工作报告"
    assert texts[-1] == f"{SENTENCE}这是第4段。"


def test_lines_that_only_breaks_separate_are_lines():
    rows = ["政府工作报告", "各位代表：", SENTENCE, SENTENCE + "完。"]
    assert _texts(_read("<html><body>" + "<br>".join(rows))) == rows


def test_paragraphs_in_divs_and_in_table_cells_are_lines():
    divs = "".join(f"<div>{SENTENCE}{number}</div>" for number in range(3))
    cells = "".join(f"<tr><td></td><td>{SENTENCE * 4}{number}</td></tr>" for number in range(3))
    assert len(_texts(_read(f"<div>{divs}</div>"))) == 3
    assert len(_texts(_read(f"<table>{cells}</table>"))) == 3


def test_rows_of_a_table_of_figures_keep_their_cells_together():
    table = "<table><tr><th>指标<th>增速</tr><tr><td>粮食<br>产量</td><td>2%</td></tr></table>"
    lines = _read(f'<div id="zoom">{BODY}{table}</div>').lines
    assert [(line.text, line.kind) for line in lines[-2:]] == [
        ("指标 | 增速", Kind.TABLE),
        ("粮食产量 | 2%", Kind.TABLE),
    ]


def test_headings_and_list_items_keep_their_kind():
    page = f'<div id="zoom"><h2>一、回顾</h2>{BODY}<ul><li>新增学位六百个</li></ul></div>'
    kinds = {line.text: line.kind for line in _read(page).lines}
    assert kinds["一、回顾"] is Kind.HEADING
    assert kinds["新增学位六百个"] is Kind.LIST


def test_a_break_in_the_source_leaves_no_blank_between_ideographs():
    page = f"<div id=zoom>{BODY}<p>全区\n    经济\n运行 GDP\n6%</p></div>"
    assert _texts(_read(page))[-1] == "全区经济运行 GDP 6%"


@pytest.mark.parametrize(
    ("markup", "rule"),
    [
        ('<div class="breadcrumb">当前位置：首页</div>', "breadcrumb"),
        ('<div class="bdsharebuttonbox">分享到：微信</div>', "share"),
        ("<nav>政务公开</nav>", "nav"),
        ("<footer>主办：青榆区人民政府</footer>", "footer"),
        ("<select><option>友情链接</option></select>", "form"),
        ('<div style="display: none">暗处的字</div>', "hidden"),
        ("<noscript>请启用脚本</noscript>", "script"),
        ('<div><a href="/a">信箱</a> <a href="/b">数据</a></div>', "links"),
    ],
)
def test_furniture_is_removed_under_the_rule_that_knows_it(markup, rule):
    page = f'<div>{markup}<h1>政府工作报告</h1><div id="zoom">{BODY}</div></div>'
    assert list(_rules(_read(page)).values()) == [rule]


@pytest.mark.parametrize("mark", ['style="DISPLAY: none"', "hidden"])
def test_a_hidden_copy_of_the_article_is_removed_as_hidden(mark):
    page = f"<div {mark}>{BODY}</div><h1>政府工作报告</h1><div>{BODY}</div>"
    reading = _read(page)
    assert _texts(reading) == ["政府工作报告", *(f"{SENTENCE}这是第{n}段。" for n in range(5))]
    assert {line.rule for line in reading.removed} == {"hidden"}


def test_an_article_that_waits_for_a_script_to_show_it_is_read():
    page = f'<div>加载中</div><div style="display:none">{HEAD}{BODY}</div>'
    assert _texts(_read(page))[-5:] == [f"{SENTENCE}这是第{number}段。" for number in range(5)]


def test_a_second_article_with_its_own_title_and_source_is_outside():
    other = "<h1>代表热议报告</h1><div>来源：青榆日报</div>" + BODY.replace("青榆区", "全区")
    page = f"<div><div>{HEAD}<div>{BODY}</div></div><div>{other}</div></div>"
    reading = _read(page)
    assert _texts(reading)[-1] == f"{SENTENCE}这是第4段。"
    assert _rules(reading)["代表热议报告"] == "outside-article"


def test_an_article_split_over_containers_stays_whole():
    parts = "".join(f"<div><h2>{n}、任务</h2>{BODY}</div>" for n in "一二三")
    texts = _texts(_read(f"<div>{HEAD}{parts}</div>"))
    assert len(texts) == 3 + 3 * 6


def test_links_between_the_paragraphs_are_removed_and_linked_sentences_are_not():
    links = (
        "<p>推荐阅读：<a href=a>青榆区召开经济工作会议</a></p><p><a href=b>经济持续向好。</a></p>"
    )
    reading = _read(f"<div id=zoom>{BODY}{links}{BODY}</div>")
    assert _rules(reading) == {"推荐阅读：青榆区召开经济工作会议": "links"}
    assert "经济持续向好。" in _texts(reading)


def test_a_linked_heading_is_kept_and_a_table_of_contents_is_not():
    heads = [f"{number}、{name}" for number, name in zip("一二", ("回顾", "任务"), strict=True)]
    contents = "".join(f"<p><a href=#{head}>{head}</a></p>" for head in heads)
    parts = "".join(f"<p><a href=/s>{head}</a></p>{BODY}" for head in heads)
    reading = _read(f"<div id=zoom><p>{SENTENCE}</p>{contents}<p>{SENTENCE}</p>{parts}</div>")
    assert [text for text in _texts(reading) if text in heads] == heads
    assert [line.text for line in reading.removed] == heads


def test_an_anchor_that_only_names_its_place_is_no_link():
    page = f"<div id=zoom><a name=p1>{BODY}<p>一、回顾</p></a></div>"
    assert _texts(_read(page))[-1] == "一、回顾"


def test_an_arrow_back_to_the_top_is_no_part_of_its_sentence():
    reading = _read(f"<div id=zoom>{BODY}<p>粮食连年丰收。<a href=#top>↑</a></p></div>")
    assert _texts(reading)[-1] == "粮食连年丰收。"
    assert _rules(reading) == {"↑": "links"}


def test_a_label_and_its_value_are_one_line_in_a_list_of_definitions():
    page = (
        f"<dl><dt>索引号：</dt>\n<dd>0001</dd><dt>乙</dt><dd>丙</dd></dl><div id=zoom>{BODY}</div>"
    )
    texts = [line.text for line in _read(page).removed]
    assert texts == ["索引号： 0001", "乙", "丙"]


def test_what_the_site_says_of_its_rights_is_not_the_articles():
    rights = (
        "<p>凡本网注明来源的稿件，版权均属本网站所有，转载须经授权，违者将依法追究法律责任。</p>"
    )
    page = f"<div>{HEAD}<div>{BODY}</div><div>{rights * 9}</div></div>"
    reading = _read(page)
    assert _texts(reading)[-1] == f"{SENTENCE}这是第4段。"
    assert set(_rules(reading).values()) == {"footer"}


def test_headlines_beside_a_short_article_do_not_outweigh_it():
    item = "<li><a href=x>青榆区人民政府办公室关于印发行动方案的通知</a><span>2024-01-18</span>"
    page = f"<ul>{item * 40}</ul><div>{HEAD}<div>{BODY}</div></div>"
    assert _texts(_read(page))[0] == "政府工作报告"
    assert len(_texts(_read(page))) == 8


def test_scripts_styles_and_comments_are_no_text():
    page = f"<div id=zoom><script>var a=1</script><style>p{{}}</style><!-- x -->{BODY}</div>"
    reading = _read(page)
    assert len(reading.lines) == 5
    assert reading.removed == ()


def test_a_frame_with_the_name_of_furniture_does_not_take_the_article():
    page = f'<div class="footer nav share">{HEAD}<div id="zoom">{BODY}</div></div>'
    assert len(_texts(_read(page))) == 8


def test_charset_of_the_page_decides_its_encoding():
    page = f'<meta http-equiv="Content-Type" content="text/html; charset=gb2312">{BODY}'
    reading = _read(page.encode("gb18030"))
    assert reading.encoding == "gb18030"
    assert _texts(reading)[0] == f"{SENTENCE}这是第0段。"


def test_hints_are_the_values_of_the_head_by_lower_case_name():
    head = (
        "<title>政府工作报告_青榆区</title><meta name=ArticleTitle content='政府工作报告'>"
        "<meta name='PubDate' content='2024-01-18'><meta property='og:title' content='报告'>"
        "<meta name=PubDate content='2030-01-01'>"
        "<link rel=canonical href='http://www.qingyu.example/1.html'>"
        "<!-- saved from url=(0033)http://www.qingyu.example/1.html -->"
    )
    assert _read(f"<html><head>{head}</head><body>{BODY}</body></html>").hints == {
        "title": "政府工作报告_青榆区",
        "articletitle": "政府工作报告",
        "pubdate": "2024-01-18",
        "og:title": "报告",
        "canonical": "http://www.qingyu.example/1.html",
        "saved-from": "http://www.qingyu.example/1.html",
    }


def test_a_page_of_many_unclosed_tags_is_read_whole():
    page = "<div>" * 3_000 + BODY + "".join(f"<font>{SENTENCE}" for _ in range(1_000))
    assert sum(len(text) for text in _texts(_read(page))) >= 1_000 * len(SENTENCE)


def test_a_page_without_text_is_empty():
    with pytest.raises(EmptyFileError):
        _read("<html><body><img src=a.jpg></body></html>")


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                f"<p>{SENTENCE}</p>",
                "<div class=nav><a href=x>首页</a></div>",
                "<table><tr><td>甲<td>乙</table>",
                "<table><tr><td><table><tr><td>丙</table></table>",
                "<ul><li>丁<li>戊</ul>",
                "己<br>庚",
                "<div><h1>辛</h1>",
                "</div>",
                "</body></html>",
                "<pre>壬\n癸</pre>",
                "<span>子</span>丑",
                "<select><option>寅</select>",
                "<div id=zoom>",
                "<form><button>卯</button>",
            ]
        ),
        min_size=1,
        max_size=12,
    )
)
def test_every_visible_character_is_kept_or_removed(parts):
    page = "<html><body>" + "".join(parts)
    visible = BeautifulSoup(page.replace("</body></html>", ""), "lxml").get_text()
    try:
        reading = _read(page)
    except EmptyFileError:
        assert not visible.strip()
        return
    found = "".join(line.text for line in (*reading.lines, *reading.removed))
    assert sorted(found.replace(" | ", "")) == sorted("".join(visible.split()))


def test_the_sample_pages_give_the_report_from_title_to_closing_call(corpus: Path):
    for name in ("lanxi-2021", "lanxi-2022", "lanxi-2024", "qingyu-2022"):
        reading = _read((corpus / f"{name}.html").read_bytes())
        assert any("政府工作报告" in text for text in _texts(reading)[:6])
        assert _texts(reading)[-1].strip().startswith("各位代表！")
        assert not any("备00000" in text for text in _texts(reading))
