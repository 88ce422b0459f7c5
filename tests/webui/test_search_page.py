"""The search page and the landing page."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from archive.intake import open_archive, take_in
from webui.holdings import holdings_of


def page(client: FlaskClient, address: str, status: int = 200) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == status, answer.text
    return BeautifulSoup(answer.text, "html.parser")


def words(element: BeautifulSoup) -> str:
    return " ".join(element.get_text(" ").split())


def search(client: FlaskClient, query: str, **parameters: object) -> BeautifulSoup:
    answer = client.get("/", query_string={"q": query, **parameters})
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "html.parser")


def total(found: BeautifulSoup) -> str:
    return found.select_one(".summary b").get_text()


def follow(client: FlaskClient, found: BeautifulSoup, label: str) -> BeautifulSoup:
    [link] = [a for a in found.select("a") if words(a).startswith(label)]
    return page(client, link["href"])


def test_landing_page_tells_what_is_in_the_archive(client):
    figures = words(page(client, "/").select_one(".figures"))
    assert "3 份报告" in figures
    assert "2 个地区" in figures
    assert "2023–2024 年" in figures


def test_landing_page_of_an_empty_archive_leads_to_the_upload(own_client):
    notice = page(own_client, "/").select_one(".notice")
    assert "还是空的" in notice.get_text()
    assert notice.select_one("a")["href"] == "/uploads"


def test_query_of_blanks_shows_the_landing_page(client):
    assert page(client, "/?q=%20").select_one(".welcome")


def test_hits_are_marked_and_say_place_year_and_title(client):
    found = search(client, "“枫桥经验”", sort="newest")
    assert total(found) == "共 3 段"
    hits = [hit for hit in found.select(".hit") if "青榆区 2024年" in words(hit)]
    assert "政府工作报告" in words(hits[0])
    assert "一、2023年工作回顾" in hits[0].select_one(".section").get_text()
    assert [mark.get_text() for mark in hits[0].select("mark")] == ["枫桥经验"]


def test_page_says_how_the_query_was_understood(client):
    assert "查找含有“枫桥经验”的段落" in words(
        search(client, "“枫桥经验”").select_one(".understood")
    )


def test_hit_leads_to_its_paragraph_with_the_query(client, ids):
    link = search(client, "三百件").select_one(".hit h3 a")["href"]
    address, anchor = link.split("#")
    assert address.startswith(f"/documents/{ids['青榆区2024.txt']}?q=")
    report = page(client, address)
    assert "三百件" in report.find(id=anchor).get_text()
    assert report.find(id=anchor).select_one("mark").get_text() == "三百件"


def test_facet_counts_are_links_that_narrow(client):
    narrowed = follow(client, search(client, "枫桥经验"), "2024")
    assert total(narrowed) == "共 2 段"
    assert {words(year) for year in narrowed.select(".hit .year")} == {"2024年"}


def test_two_values_of_a_facet_are_both_searched(client):
    assert total(search(client, "枫桥经验", year=["2023", "2024"])) == "共 3 段"


def test_filters_of_two_fields_hold_together(client):
    assert total(search(client, "枫桥经验", year="2024", region="望舒区")) == "共 1 段"


def test_chosen_filter_is_a_chip_that_removes_it(client):
    narrowed = search(client, "枫桥经验", year="2023", region="青榆区")
    chip = narrowed.find("a", attrs={"aria-label": "取消条件：2023"})
    wider = page(client, chip["href"])
    assert total(wider) == "共 2 段"
    assert wider.find("a", attrs={"aria-label": "取消条件：青榆区"})


def test_new_query_keeps_filters_and_order(client):
    form = search(client, "枫桥经验", year="2024", sort="oldest").select_one(".search-page form")
    hidden = {i["name"]: i["value"] for i in form.select("input[type=hidden]")}
    assert hidden == {"year": "2024", "sort": "oldest"}


def test_hits_are_ordered_by_year_on_demand(client):
    years = [words(y) for y in search(client, "枫桥经验", sort="oldest").select(".hit .year")]
    assert years == ["2023年", "2024年", "2024年"]


def test_paging_reaches_every_hit_once(client):
    numbers = []
    found = search(client, "澄湖")
    while True:
        numbers += re.findall(
            r"第(\d+)号工程", " ".join(h.get_text() for h in found.select(".hit"))
        )
        following = found.select_one("a[rel=next]")
        if not following:
            break
        found = page(client, following["href"])
    assert sorted(map(int, numbers)) == list(range(1, 46))


def test_page_numbers_lead_to_the_last_page(client):
    last = search(client, "澄湖").select(".paging li a")[-1]
    assert last.get_text() == "3"
    found = page(client, last["href"])
    assert len(found.select(".hit")) == 5
    assert found.select_one("[aria-current=page][aria-label='第 3 页']")


def test_offset_beyond_the_end_leads_back(client):
    found = search(client, "澄湖", offset=400)
    assert "结果只有 45 段" in found.select_one(".notice").get_text()
    assert len(follow(client, found, "回到第一页").select(".hit")) == 20


def test_faulty_query_is_shown_with_its_place_marked(client):
    faulty = page(client, "/?q=乡村 (振兴&year=2024", status=400)
    assert faulty.select_one(".faulty-query mark").get_text() == "("
    assert "第 4 个字符" in words(faulty.select_one(".notice"))
    assert faulty.select_one("main input[name=q]")["value"] == "乡村 (振兴"
    suggestion = faulty.select_one(".suggestion a")
    assert suggestion.get_text() == "乡村 (振兴)"
    assert total(page(client, suggestion["href"])) == "共 1 段"


def test_a_lenient_reading_is_said_in_the_sentence(client):
    found = search(client, "乡村 “振兴")
    assert total(found) == "共 1 段"
    assert "引号没有配对，已当作在末尾补上了 ”" in words(found.select_one(".understood"))


def test_no_hits_offer_the_search_without_filters(client):
    assert (
        total(follow(client, search(client, "澄湖", year="2023"), "在全部报告中查找")) == "共 45 段"
    )


def test_no_hits_offer_the_search_without_quotes(client):
    found = follow(client, search(client, "“村道修通”"), "去掉引号再查")
    assert "村道" in words(found.select_one(".hit"))


def test_no_hits_offer_the_search_for_any_word(client):
    assert (
        total(follow(client, search(client, "澄湖 数字经济"), "改为有其中一个即可")) == "共 46 段"
    )


def test_no_hits_say_which_term_is_missing_and_offer_near_ones(client):
    found = search(client, "澄湖 “锋桥经验”", sort="newest")
    terms = [words(row) for row in found.select(".notice .terms li")]
    assert terms == ["澄湖 共 45 段", '"锋桥经验" 共 0 段']
    near = found.select_one(".notice .near a")
    assert near.get_text() == '澄湖 "枫桥经验"'
    assert parse_qs(urlsplit(near["href"]).query)["sort"] == ["newest"]
    without = [words(row) for row in found.select(".notice li") if "去掉" in words(row)]
    assert without[0] == '去掉 "锋桥经验" ， 澄湖 有 45 段。'


def test_no_hits_name_the_filter_that_is_to_blame(client):
    found = search(client, "澄湖", year="2023", region="望舒区")
    assert "不限报告年份" in words(found.select_one(".notice"))
    assert total(follow(client, found, "不限报告年份")) == "共 45 段"


def test_a_near_term_is_offered_and_not_searched(client):
    assert total(search(client, "“锋桥经验”")) == "共 0 段"


def test_parts_of_the_report_are_a_facet(client):
    found = search(client, "年:2024 地区:望舒")
    narrowed = follow(client, found, "工作回顾")
    assert "查询理解为：查找在“报告年份：2024”之内" in words(narrowed.select_one(".understood"))
    assert narrowed.find("a", attrs={"aria-label": "取消条件：工作回顾"})


def test_a_long_paragraph_is_shown_in_excerpts_that_open(own_app, settings, report_of):
    text = "平安建设。" + "村村通路，户户通水。" * 60 + "我们学习枫桥经验。" + "年年有变化。" * 40
    with open_archive(settings) as archive:
        take_in(report_of(text), "长.txt", archive)
    holdings_of(own_app).catch_up()

    hit = search(own_app.test_client(), "平安建设 枫桥经验").select_one(".hit details")

    pieces = hit.select_one("summary .pieces").get_text()
    assert pieces.startswith("平安建设。村村通路")
    assert "户户通水。 … 村村通路" in " ".join(pieces.split())
    assert len(pieces) < 300
    assert [m.get_text() for m in hit.select("summary mark")] == ["平安建设", "枫桥经验"]
    assert f"展开全段（{len(text)} 字）" in words(hit.select_one("summary"))
    assert hit.select_one("details > p").get_text() == text
    assert [m.get_text() for m in hit.select("details > p mark")] == ["平安建设", "枫桥经验"]


def test_a_short_paragraph_is_shown_whole(client):
    assert not search(client, "枫桥经验").select(".hit details.excerpts")


def test_nonsense_offset_is_refused_by_name(client):
    assert "参数 offset 的值“abc”不对" in words(page(client, "/?q=澄湖&offset=abc", status=400))


def test_search_before_the_first_report_says_that_there_is_no_index(own_client):
    assert "还没有索引" in words(page(own_client, "/?q=澄湖", status=503))


def test_query_cannot_break_out_of_the_page(client):
    query = "\"'><script>alert(1)</script>{{7*7}}"
    answer = client.get("/", query_string={"q": f"「{query}」"})
    assert "<script>" not in answer.text
    assert "{{7*7}}" in unescape(answer.text)


def test_english_reader_gets_english_words_and_chinese_text(client):
    answer = client.get("/?q=“枫桥经验”", headers={"Accept-Language": "en-GB,en;q=0.9,zh;q=0.5"})
    found = BeautifulSoup(answer.text, "html.parser")
    assert found.html["lang"] == "en"
    assert total(found) == "Paragraphs found: 3"
    assert found.select_one(".hit .report-text")["lang"] == "zh-CN"
    assert "Accept-Language" in answer.headers["Vary"]


def test_reader_of_another_language_gets_chinese(client):
    assert '<html lang="zh-CN">' in client.get("/", headers={"Accept-Language": "fr"}).text


def test_a_chosen_language_is_kept_and_goes_before_that_of_the_browser(own_client):
    own_client.get("/?lang=en")
    assert '<html lang="en">' in own_client.get("/", headers={"Accept-Language": "zh"}).text
    own_client.get("/?lang=zh")
    assert '<html lang="zh-CN">' in own_client.get("/", headers={"Accept-Language": "en"}).text


def test_the_links_to_the_languages_keep_the_search(client):
    found = BeautifulSoup(
        client.get("/?q=枫桥&year=2024&year=2023&sort=newest").text, "html.parser"
    )
    [link] = found.select('.colophon a[hreflang="en"]')
    parameters = parse_qs(urlsplit(link["href"]).query)
    assert parameters == {
        "q": ["枫桥"],
        "year": ["2024", "2023"],
        "sort": ["newest"],
        "lang": ["en"],
    }


def test_a_hit_without_a_source_leads_to_its_file(client):
    found = page(client, "/?q=枫桥经验")
    link = found.select_one('.hit .facts a[href^="/originals/"]')
    assert link.text.startswith("文件 ")
    assert client.get(link["href"]).status_code == 200
