"""The day of publication and the day of the session."""

from datetime import date

import pytest


@pytest.mark.parametrize(
    "above",
    [
        "发布时间：2022-02-03 09:15",
        "来源：青榆新闻网 发布日期: 2022年2月3日",
        "时间：2022/2/3 10:00:01 浏览：5次",
        "发布时间：\n2022.02.03",
        "【发布日期】20220203【来源】青榆日报",
        "公开日期 | 2022-02-03",
        "2022-02-03",
        "[2022-02-03]",
        "2022年2月3日",
        "2022年02月03日 07时41分",
        "青榆区人民政府门户网站 2022年2月3日 来源：青榆日报",
    ],
)
def test_date_that_the_page_shows_is_the_publication_date(infer, report, above):
    assert infer(report(above=above)).publish_date == date(2022, 2, 3)


def test_date_behind_the_title_is_the_publication_date(infer, report):
    metadata = infer(report(title="青榆区政府工作报告（2022年） 2022-02-03"))
    assert metadata.publish_date == date(2022, 2, 3)
    assert metadata.title == "青榆区政府工作报告（2022年）"


def test_publication_label_is_worth_more_than_that_of_the_document(infer, report):
    above = "发文日期：2022-01-12\n日期：2022-01-13 来源：区政府办公室"
    assert infer(report(above=above)).publish_date == date(2022, 1, 13)


@pytest.mark.parametrize(
    "above",
    [
        "上传时间：2021-03-11 格式：DOC",
        "更新时间：2022-09-05 作者：李某",
        "时间：2023-05-12 18:06:56 下载本文 作者：会员上传",
        "报告 DOCX 28页 下载0 2024-01-06 浏览77 收藏0 免费文档",
        "2年前 (2023-03-09) 阅读33回复0",
        "2023年03月18日17:01:33周一",
        "青榆区人民政府\n2022年2月9日",
    ],
)
def test_date_of_a_copy_is_not_the_publication_date(infer, report, above):
    assert infer(report(above=above)).publish_date is None


def test_date_of_the_session_is_not_the_publication_date(infer, report):
    metadata = infer(report())
    assert metadata.publish_date is None
    assert metadata.evidence["publish_date"].rule == "not-stated"


def test_date_in_the_prose_is_not_the_publication_date(infer, report):
    assert infer(report(body="2021年7月1日，全区干部群众齐聚广场。")).publish_date is None


def test_hint_is_used_where_the_page_shows_no_date(infer, report):
    metadata = infer(report(), hints={"pubdate": "2022-02-03 09:36"})
    assert metadata.publish_date == date(2022, 2, 3)
    assert metadata.evidence["publish_date"].rule == "publish-hint"


def test_shown_date_wins_over_the_hint(infer, report):
    metadata = infer(report(above="发布时间：2022-02-03"), hints={"pubdate": "2024-10-10"})
    assert metadata.publish_date == date(2022, 2, 3)


def test_hint_before_the_session_is_refused(infer, report):
    metadata = infer(report(), hints={"pubdate": "2021-02-03"})
    assert metadata.publish_date is None
    assert metadata.evidence["publish_date"].rule == "publish-before-session"


def test_date_in_removed_furniture_is_read(infer, report):
    assert infer(report(), removed=["发布时间：2022-02-03"]).publish_date == date(2022, 2, 3)


@pytest.mark.parametrize(
    ("session", "day"),
    [
        ("——2022年1月11日在青榆区第六届人民代表大会第一次会议上", date(2022, 1, 11)),
        ("（二〇二二年一月十一日在青榆区第六届人民代表大会\n第一次会议上）", date(2022, 1, 11)),
        ("——在青榆区第六届人民代表大会第一次会议上\n（2022年1月11日）", date(2022, 1, 11)),
        ("——2022年12月28日在望舒区\n第九届人民代表大会第二次会议上", date(2022, 12, 28)),
        ("20211221日在霁州市青榆区第六\n人民代表大会第次会议上)", date(2021, 12, 21)),
    ],
)
def test_session_date_is_read(infer, report, session, day):
    assert infer(report(session=session)).session_date == day


def test_publication_line_under_a_title_that_names_the_session_is_not_the_session_date(infer):
    text = (
        "2022年青榆区六届人大一次会议政府工作报告\n来源：青榆区 日期：2022年04月24日\n"
        "——在青榆区第六届人民代表大会第一次会议上\n（2022年4月20日）\n各位代表："
    )
    metadata = infer(text)
    assert metadata.session_date == date(2022, 4, 20)
    assert metadata.publish_date == date(2022, 4, 24)


def test_bare_date_under_the_officer_is_that_of_the_session(infer, report):
    text = report(session="", officer="区人民政府代区长 顾明栩\n2016年1月14日")
    metadata = infer(text)
    assert metadata.session_date == date(2016, 1, 14)
    assert metadata.evidence["session_date"].rule == "session-nearby"


def test_damaged_session_date_with_two_readings_stays_open(infer, report):
    metadata = infer(report(session="2019123日在青榆区第六届人民代表大会第一次会议上"))
    assert metadata.session_date is None
    assert metadata.evidence["session_date"].rule == "ambiguous-date"


LIST = ["青榆区召开春耕工作现场会 2021-03-05", "云杉路通车 2021-03-04", "区政府会议纪要 2021-03-01"]


def test_days_of_a_list_of_links_are_not_the_publication_date(infer, report):
    lists = [f"关于其他工作的消息：{line}" for line in LIST]
    assert infer(report(), removed=lists).publish_date is None
    assert infer(report(above="\n".join(lists))).publish_date is None


def test_a_day_with_its_weekday_is_the_newspapers_and_alone_the_clock_of_the_site(infer, report):
    newspaper = "青榆日报\n2022年02月03日 星期四\n第02版：要闻"
    assert infer(report(above=newspaper)).publish_date == date(2022, 2, 3)
    assert infer(report(above="2022年2月3日 星期四")).publish_date is None


def test_a_padded_day_alone_is_the_portals_and_that_of_the_officer_is_the_sessions(infer, report):
    assert infer(report(above="2022年02月03日")).publish_date == date(2022, 2, 3)
    officer = "青榆区人民政府区长 顾明栩\n2022年01月11日"
    assert infer(report(session="", officer=officer)).publish_date is None


def test_a_day_and_its_source_behind_a_title_are_those_of_the_publication(infer):
    title = "关于青榆区2021年预算执行情况和2022年预算草案的报告"
    assert infer(f"{title} 2022-02-03 来源：青榆日报\n各位代表：").publish_date == date(2022, 2, 3)
