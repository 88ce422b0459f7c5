"""Which site a document is of, and what a site is known by."""

import pytest

from archive.boilerplate.edges import EdgeLines, read_edges, strip_learned, text_key
from archive.model import Document, Level, Line, Metadata, Original, Region, RemovedLine, Source
from archive.site_names import identify_site
from archive.sites import FEWEST_REPORTS, SiteLine, Sites
from archive.store import Store

SITE = "www.jizhou.example"
FOOT = RemovedLine(9, "网站标识码：9901000001 霁ICP备09010203号-1", "footer")


@pytest.mark.parametrize(
    ("source", "removed", "site"),
    [
        (Source("霁州日报", "https://www.jizhou.example:8080/a.html"), [FOOT], "jizhou.example"),
        (Source(None, None, "http://m.jizhou.example/a"), [], "m.jizhou.example"),
        (Source("霁州日报"), [FOOT], "9901000001"),
        (
            Source("霁州日报"),
            [RemovedLine(9, "霁ICP备09010203号-1", "footer")],
            "霁ICP备09010203号",
        ),
        (Source("霁州日报", "http://[broken"), [], "霁州日报"),
        (Source(), [], ""),
    ],
)
def test_a_site_is_its_host_else_its_registration_else_its_printed_name(source, removed, site):
    assert identify_site(source, removed) == site


@pytest.mark.parametrize(
    "text",
    [
        "各位代表：",
        "现在，我代表青榆区人民政府，向大会报告政府工作，请予审议。",
        "青榆区2024年政府工作报告",
        "——2024年1月9日在青榆区第五届人民代表大会第三次会议上",
        "（2024年1月9日）",
        "青榆区人民政府区长　辛禾",
        "区长 辛禾",
        "辛禾",
        "青榆区人民政府",
        "二〇二四年一月",
        "一、2023年工作回顾",
        "（一）项目建设",
        "1．茶园",
        "目 录",
        "名词解释",
        "附件：",
        "附表1",
        "（全文）",
        "谢谢大家！",
        "奋力谱写青榆新篇章，",
        "地区生产总值 增长 6.5%",
        "粮食产量 12.5 万吨",
        "指标名称",
    ],
)
def test_a_report_s_own_line_is_never_counted_however_often_it_recurs(text):
    assert text_key(text) is None


def test_numbers_do_not_tell_lines_of_furniture_apart():
    assert text_key("本页有 12 人正在看") == text_key("本页有 3 人正在看") == "本页有#人正在看"


SENTENCE = "我们完成民生工程十八项，群众的满意度持续提高，城乡面貌一年比一年更好。"
PAGE = ["问问小霁", "政府工作报告", "各位代表：", SENTENCE, "茶乡新貌", SENTENCE, "猜想墙"]


def lines(*texts):
    return [Line(number, text) for number, text in enumerate(texts, 1)]


def test_lines_above_and_below_the_report_are_told_from_those_inside():
    assert read_edges(lines(*PAGE)) == EdgeLines(
        frozenset({"问问小霁", "猜想墙"}), frozenset({"茶乡新貌"})
    )


def test_a_known_line_is_taken_at_the_edges_only():
    stripped = strip_learned(lines(*PAGE), {"问问小霁", "茶乡新貌", "猜想墙"})

    assert [(line.line, line.rule) for line in stripped.removed] == [
        (1, "site-furniture"),
        (7, "site-furniture"),
    ]
    assert [line.text for line in stripped.kept] == PAGE[1:-1]


def test_a_page_without_a_sentence_has_no_edges():
    assert read_edges(lines("问问小霁", "猜想墙")).edge == frozenset()


@pytest.mark.parametrize(
    ("page", "own"),
    [
        ([*PAGE, "附件：主要目标", "城镇新增就业", "居民收入"], {"城镇新增就业", "居民收入"}),
        (
            ["问问小霁", "目录", "过去一年的工作", "今后的打算", *PAGE],
            {"过去一年的工作", "今后的打算"},
        ),
    ],
)
def test_the_rows_of_an_annex_and_of_the_contents_are_never_counted_nor_taken(page, own):
    edges = read_edges(lines(*page))

    assert not own & (edges.edge | edges.body)
    assert "问问小霁" in edges.edge
    kept = strip_learned(lines(*page), own | {"问问小霁"}).kept
    assert own <= {line.text for line in kept}


@pytest.fixture
def note(database):
    """Counts a document of the site: its number, its report, its lines at edges and inside."""
    store, sites = Store(database), Sites(database)

    def note(number, edge=(), body=(), site=SITE, report=None):
        region = Region("青榆区", "霁州市青榆区", None, Level.COUNTY)
        metadata = Metadata(region=region if report else None, report_year=report)
        document = Document(
            f"d{number}", Original(f"hash{number}", f"{number}.txt", 1), "utf-8", metadata, ()
        )
        store.put(document)
        sites.note(document, site, EdgeLines(frozenset(edge), frozenset(body)))

    return note


@pytest.fixture
def sites(database):
    return Sites(database)


def test_a_line_is_learned_from_the_fourth_report_of_the_site_on(note, sites):
    for number in range(FEWEST_REPORTS - 1):
        note(number, ["问问小霁"])
        assert sites.learned(SITE, ["问问小霁"]) == {}
    note(99, ["问问小霁", "别的"])

    assert sites.learned(SITE, ["问问小霁", "别的"]) == {
        "问问小霁": SiteLine(SITE, "问问小霁", 4, 4)
    }
    assert sites.list_learned() == [SiteLine(SITE, "问问小霁", 4, 4)]
    assert sites.learned("other.example", ["问问小霁"]) == {}


def test_a_line_that_ever_stands_inside_a_report_is_not_learned(note, sites):
    for number in range(8):
        note(number, ["茶乡新貌"])
    note(9, body=["茶乡新貌"])

    assert sites.list_learned() == []


def test_one_report_on_four_pages_counts_once(note, sites):
    for number in range(4):
        note(number, ["问问小霁"], report=2024)

    assert sites.list_learned() == []


def test_a_line_of_few_reports_of_a_large_site_is_not_learned(note, sites):
    for number in range(4):
        note(number, ["偶然重复"])
    for number in range(4, 17):
        note(number)

    assert sites.list_learned() == []


def test_documents_of_no_known_site_teach_nothing(note, sites):
    for number in range(8):
        note(number, ["问问小霁"], site="")

    assert sites.list_learned() == []


def test_a_document_that_is_counted_again_counts_once(note, sites):
    for _ in range(8):
        note(1, ["问问小霁"])

    assert sites.list_learned() == []
    assert sites.list_edges() == {"d1": (SITE, frozenset({"问问小霁"}))}
