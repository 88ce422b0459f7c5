"""The place whose government gave the report."""

import pytest

from archive.model import Level, Region


def session_line(place: str, year: int = 2020) -> str:
    return f"——{year}年1月6日在{place}第五届人民代表大会第四次会议上"


@pytest.mark.parametrize(
    ("place", "region"),
    [
        ("福州市台江区", Region("台江区", "福建省福州市台江区", "350103", Level.COUNTY)),
        ("海南省", Region("海南省", "海南省", "460000", Level.PROVINCE)),
        ("吉林市", Region("吉林市", "吉林省吉林市", "220200", Level.CITY)),
        ("福清市", Region("福清市", "福建省福州市福清市", "350181", Level.COUNTY)),
    ],
)
def test_place_of_the_session_is_found_in_the_gazetteer(infer, report, place, region):
    metadata = infer(report(session=session_line(place), officer=""))
    assert metadata.region == region
    assert metadata.evidence["region"].rule == "session-place"


@pytest.mark.parametrize(
    ("place", "full_name", "level"),
    [
        ("澜溪县", "澜溪县", Level.COUNTY),
        ("霁州市", "霁州市", Level.CITY),
        ("霁州市望舒区", "霁州市望舒区", Level.COUNTY),
        ("深圳市望舒区", "广东省深圳市望舒区", Level.COUNTY),
        ("澜溪县溪口镇", "澜溪县溪口镇", Level.TOWNSHIP),
    ],
)
def test_place_out_of_the_gazetteer_is_known_by_its_last_word(
    infer, report, place, full_name, level
):
    metadata = infer(report(session=session_line(place), officer=""))
    assert metadata.region is not None
    assert metadata.region.full_name == full_name
    assert (metadata.region.code, metadata.region.level) == (None, level)
    assert metadata.evidence["region"].rule == "unlisted-place"


def test_name_and_code_are_those_of_the_report_year(infer, report):
    body = "一、2018年工作回顾\n二、2019年重点工作"
    metadata = infer(report(session=session_line("长乐市", 2019), officer="", body=body))
    assert metadata.region == Region("长乐区", "福建省福州市长乐区", "350112", Level.COUNTY)


def test_wrapped_session_line_is_read(infer, report):
    session = "2021年3月21日在汉滨区第十九届\n人民代表大会第四次会议上"
    metadata = infer(report(session=session, officer=""))
    assert metadata.region is not None
    assert metadata.region.code == "610902"


@pytest.mark.parametrize("officer", ["静宁县常务副县长 王某某", "静宁县人民政府代县长 王某某"])
def test_officer_line_tells_the_place_where_the_session_line_does_not(infer, report, officer):
    session = "——2011年1月6日在县第十五届人民代表大会第五次会议上"
    metadata = infer(report(session=session, officer=officer, body=""))
    assert metadata.region is not None
    assert metadata.region.name == "静宁县"
    assert metadata.evidence["region"].rule == "officer-place"


def test_name_that_begins_like_an_office_is_read_whole(infer, report):
    officer = "西安市长安区区长 顾明栩"
    metadata = infer(report(session="", officer=officer, body=""))
    assert metadata.region == Region("长安区", "陕西省西安市长安区", "610116", Level.COUNTY)
    assert metadata.speaker is not None
    assert (metadata.speaker.name, metadata.speaker.office) == ("顾明栩", "区长")


def test_name_that_ended_in_the_year_of_the_report_is_kept(infer, report):
    metadata = infer(report(session=session_line("北京市崇文区", 2010), officer="", body=""))
    assert metadata.region == Region("崇文区", "北京市崇文区", "110103", Level.COUNTY)


@pytest.mark.parametrize(
    "line",
    [
        "县长征求就资溪县政府工作报告的意见",
        "1月26日，资溪县人民政府就报告征求意见。",
        "1月26日，资溪县召开报告征求意见座谈会。",
    ],
)
def test_news_tells_its_place_in_its_first_words(infer, line):
    region = infer(f"县政府征求意见\n来源：香格里拉网\n{line}").region
    assert region is not None
    assert region.name == "资溪县"


def test_opening_tells_the_place(infer):
    metadata = infer("各位代表：\n现在，我代表上杭县人民政府，向大会报告工作，请予审议。")
    assert metadata.region is not None
    assert metadata.region.name == "上杭县"
    assert metadata.evidence["region"].rule == "opening-place"


def test_contracted_name_of_an_autonomous_region_is_known(infer):
    metadata = infer("2023年新疆自治区政府工作报告\n各位代表：")
    assert metadata.region is not None
    assert metadata.region.name == "新疆维吾尔自治区"


def test_national_report_is_of_the_whole_country(infer):
    text = (
        "政府工作报告\n——2016年3月5日在第十二届全国人民代表大会第四次会议上\n"
        "国务院总理 李某某\n各位代表：\n现在，我代表国务院，向大会报告政府工作，请予审议。"
    )
    assert infer(text).region == Region("全国", "全国", None, Level.NATIONAL)


def test_ambiguous_name_is_settled_by_a_parent_in_the_text(infer, report):
    body = "过去一年，在兰州市委的坚强领导下，全区经济平稳运行。"
    metadata = infer(report(session=session_line("城关区"), officer="", body=body))
    assert metadata.region is not None
    assert metadata.region.code == "620102"


def test_ambiguous_name_is_settled_by_the_host_of_the_address(infer, report):
    above = "网址：http://www.bjchy.gov.cn/a/1.html"
    metadata = infer(report(session=session_line("朝阳区"), officer="", above=above))
    assert metadata.region is not None
    assert metadata.region.code == "110105"


def test_name_that_stays_ambiguous_has_no_code_and_says_so(infer, report):
    metadata = infer(report(session=session_line("鼓楼区"), officer=""))
    assert metadata.region == Region("鼓楼区", "鼓楼区", None, Level.COUNTY)
    assert metadata.evidence["region"].rule == "ambiguous-place"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("深化“平安印台”建设，推动印台各项事业再上台阶。", "印台区"),
        ("向所有关心支持渝北发展的各界人士表示感谢！", "渝北区"),
        ("加快健康望舒建设，深化平安望舒建设。\n全区上下一条心，区委区政府高度重视。", "望舒区"),
        ("启动澜溪县人民医院迁建，打造平安澜溪。", "澜溪县"),
    ],
)
def test_fragment_tells_its_place_by_names_used_all_through(infer, text, name):
    metadata = infer(text)
    assert metadata.region is not None
    assert metadata.region.name == name


def test_fragment_without_a_name_has_no_place(infer):
    metadata = infer("建设平安校园、健康家庭，发展文化事业，完善城市功能。")
    assert metadata.region is None
    assert metadata.evidence["region"].rule == "not-stated"


def test_masked_name_is_no_place(infer):
    metadata = infer("各位代表：\n现在，我代表××县人民政府，向大会报告工作，请予审议。")
    assert metadata.region is None
    assert metadata.evidence["region"].rule == "masked-place"


def test_traditional_characters_and_pinyin_noise_are_read(infer):
    session = "——2011年1月18日在贛縣第十六屆人民代表大會(huì)第六次會(huì)議上"
    text = f"政府工作報(bào)告\n{session}\n各位代表："
    metadata = infer(text)
    assert metadata.region == Region("赣县", "江西省赣州市赣县", "360721", Level.COUNTY)


def test_english_edition_names_its_city(infer):
    text = "2015 Report on the Work of Nanning People's Government\nFellow Deputies,"
    metadata = infer(text)
    assert metadata.region is not None
    assert metadata.region.name == "南宁市"
    assert metadata.report_year == 2015


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("——在福清市第十六届人民代表大会第一会议上\n各位代表：", "福清市"),
        ("（2023年2月3日福清市第十六届人民代表大会第二次会议通过）", "福清市"),
        ("中新网2月16日电 上海市第十二届人民代表大会第一次会议隆重举行。", "上海市"),
        ("陈某代表市政府向大会作政府工作报告\n1月2日，福清市第七届人民代表大会开幕。", "福清市"),
        ("福清市政府向市政协征求《政府工作报告》的意见。", "福清市"),
        ("http://www.example.com 2005年02月05日11:38 大连日报\n各位代表：", "大连市"),
        ("2017年1月9日在乌镇镇第十七届人民代表大会第一次会议上\n各位代表：", "乌镇镇"),
        (
            "各位代表：\n我代表市人民政府报告工作。\n在中共太仓市委的正确领导下，奋力前行。",
            "太仓市",
        ),
        ("黄某宣布市第十四届人民代表大会开幕\n福清市人民政府市长作报告。", "福清市"),
        ("转自茂名新闻网\n各位代表：\n我代表市人民政府报告工作。", "茂名市"),
        ("By the governor of Yunnan province at the congress\nFellow Deputies", "云南省"),
        ("Delivered at the Second Session of the Tenth National People's Congress", "全国"),
        ("福建省[FuJian]第十一届人民代表大会第四次会议召开", "福建省"),
    ],
)
def test_place_is_read_in_the_forms_that_pages_have(infer, text, name):
    assert infer(text).region.name == name
