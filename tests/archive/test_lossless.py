"""From bytes to paragraphs no character is lost that is not reported as removed.

What a reader of the file can see is the oracle: the text itself, or what Beautiful Soup, with
another parser's tree, says of a page. It must stand in the paragraphs as received, in the
removed lines, or nowhere: then the file was refused.
"""

import json
from collections import Counter

from bs4 import BeautifulSoup
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from archive.body.paragraphs import compose
from archive.boilerplate import strip
from archive.formats import read_file
from archive.refusals import IngestError

HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)
OWN = [
    "政府工作报告",
    "2021年青榆区政府工作报告",
    "——2021年1月19日在青榆区第六届人民代表大会第五次会议上",
    "（2021年1月19日）",
    "青榆区人民政府区长 顾明栩",
    "各位代表：",
    "现在，我代表区人民政府，向大会报告工作，请予审议。",
    "一、2020年工作回顾",
    "（一）经济运行稳中有进。云杉产业园建成投用。",
    "各位代表！让我们携手奋进！",
    "名词解释",
    "報(bào)告工作",
]
PORTAL = [
    "当前位置：首页 > 政务公开 > 正文",
    "来源：",
    "青榆发布",
    "发布时间：2021-03-05 08:30",
    "【字体：",
    "大",
    "】",
    ">",
    "相关链接",
    "上一篇：没有了",
    "欢迎访问青榆区人民政府门户网站",
    "澜溪县人民政府",
    "关于印发2021年政府工作报告的通知",
    "青榆日报 2021年03月05日 星期五 第02版",
    "本站小编为大家整理了政府工作报告，希望对你有帮助！",
    "主办：青榆区人民政府办公室 青ICP备00000000号",
    "function f(){}",
    "评论 2",
    "2016年青榆区政府工作报告.doc",
]
OPENING = "各位代表：现在，我代表区人民政府，向大会报告工作，请予审议，并请列席人员提出意见。"
LINES = st.one_of(
    st.sampled_from(OWN), st.sampled_from(PORTAL), st.text(HAN, max_size=120), st.just("")
)
TEXTS = st.lists(LINES, min_size=1, max_size=40).map("\n".join)


def han(text):
    """How often each Han character stands in a text."""
    return Counter(mark for mark in text if "\u3400" <= mark <= "\u9fff")


def accounted(data, name):
    """The characters of paragraphs and removed lines; None if the file was refused."""
    try:
        reading = read_file(data, name)
        stripped = strip(reading.lines)
        paragraphs = compose(stripped.kept, "0" * 12)
    except IngestError:
        return None
    received = [paragraph.as_received or paragraph.text for paragraph in paragraphs]
    removed = [line.text for line in (*reading.removed, *stripped.removed)]
    return han("".join([*received, *removed]))


@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@example("各位代表！让我们携手奋进！\n现在，我代表区人民政府，向大会报告工作，请予审议。", "utf-8")
@given(TEXTS, st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]))
def test_every_han_character_of_a_text_is_in_a_paragraph_or_a_removed_line(text, codec):
    # Two bytes can be a word in any encoding: a sentence before them says which it is.
    text = f"{OPENING}\n{text}"
    # Rare characters alone are no Chinese prose: such a file may be refused.
    assert accounted(text.encode(codec), "a.txt") in (None, han(text))


@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_a_text_in_plain_utf_8_is_never_refused_for_its_words(text):
    assert accounted(text.encode(), "a.txt") == (han(text) if text.strip() else None)


TAGS = ["p", "div", "span", "td", "li", "h1", "pre", "section", "a href=x", "font", "b", "dd"]
CLASSES = ["", " class=nav", " id=zoom", " class=TRS_Editor", " style='display:none'", " hidden"]
BLOCKS = [" style='display: block'", " class=footer", " class=comments", " id=js_content"]


@st.composite
def pages(draw):
    """Pages of tags that nest as they like, some left open, some closed too often."""
    pieces = []
    for _ in range(draw(st.integers(1, 25))):
        tag = draw(st.sampled_from(TAGS))
        attributes = draw(st.sampled_from(CLASSES + BLOCKS))
        closing = draw(st.sampled_from([f"</{tag.split()[0]}>", "", "</div>", "<br>", "</body>"]))
        words = draw(LINES).replace("<", "").replace(">", "&gt;")
        pieces.append(f"<{tag}{attributes}>{words}{closing}")
    return "<html><head><title>政府工作报告</title></head><body>" + "".join(pieces)


@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(pages())
def test_every_han_character_of_a_page_is_in_a_paragraph_or_a_removed_line(page):
    body = BeautifulSoup(page.replace("</body>", ""), "lxml").body
    visible = han(body.get_text())
    found = accounted(page.encode(), "a.html")
    assert found == visible if found is not None else not visible


@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(HAN, min_size=100, max_size=300), st.text(HAN, max_size=60), st.booleans())
def test_what_only_a_script_holds_is_read_and_what_the_page_shows_is_not_lost(
    article, shown, ascii
):
    literal = json.dumps(f"<p>{article}</p>", ensure_ascii=ascii)
    page = f"<html><body><div>{shown}</div><script>var s={{a:{literal}}};</script></body></html>"
    assert accounted(page.encode(), "a.html") == han(article) + han(shown)
