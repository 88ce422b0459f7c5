from dataclasses import replace
from datetime import date

import pytest

from archive.model import Category, Evidence, Level, Metadata, Region, Source, Speaker
from archive.refusals import StatedValueError
from archive.statements.corrections import correct, stated_values

READ = Metadata(
    title="政府工作报告",
    report_year=2022,
    region=Region("望舒区", "霁州市望舒区", None, Level.COUNTY),
    source=Source("望舒发布", None),
    evidence={"report_year": Evidence("session-year", "2022年1月12日在")},
)


def corrected(**stated: str) -> Metadata:
    return correct(READ, stated, "edit", "王编辑 2026-03-01")


def test_a_stated_value_replaces_what_was_read_and_says_who_stated_it():
    metadata = corrected(report_year="2023")

    assert metadata.report_year == 2023
    assert metadata.evidence["report_year"] == Evidence("edit", "王编辑 2026-03-01")
    assert metadata.title == "政府工作报告"


def test_a_value_that_says_what_was_read_anyway_keeps_the_evidence_of_the_text():
    assert corrected(report_year="2022", region="望舒区", title="政府工作报告") == READ


def test_an_empty_value_says_that_it_is_unknown():
    metadata = corrected(report_year="", title="", region="", source_site="")

    assert (metadata.report_year, metadata.title, metadata.region) == (None, None, None)
    assert metadata.source == Source(None, None)
    assert metadata.evidence["report_year"].rule == "edit"


@pytest.mark.parametrize(
    ("stated", "full_name", "code", "level"),
    [
        ("福建省福州市台江区", "福建省福州市台江区", "350103", Level.COUNTY),
        ("台江区", "福建省福州市台江区", "350103", Level.COUNTY),
        ("吉林省长春市朝阳区", "吉林省长春市朝阳区", "220104", Level.COUNTY),
        ("江苏省", "江苏省", "320000", Level.PROVINCE),
        ("澜溪县", "澜溪县", None, Level.COUNTY),
    ],
)
def test_a_place_is_stated_by_its_name_with_or_without_parents(stated, full_name, code, level):
    region = corrected(region=stated).region

    assert (region.full_name, region.code, region.level) == (full_name, code, level)


def test_the_code_of_a_place_is_that_of_the_stated_year():
    assert corrected(region="长乐市", report_year="2016").region.name == "长乐市"
    assert corrected(report_year="2018", region="长乐市").region.name == "长乐区"


def test_dates_addresses_and_yes_or_no_are_read():
    metadata = corrected(
        publish_date="2022-01-19", source_url="http://www.wangshu.example/1", is_report="否"
    )

    assert metadata.publish_date == date(2022, 1, 19)
    assert metadata.source == Source("望舒发布", "http://www.wangshu.example/1")
    assert metadata.evidence["source"].rule == "edit"
    assert metadata.is_report is False


@pytest.mark.parametrize(
    ("stated", "is_report", "category"),
    [
        ({"category": "resolution"}, False, Category.RESOLUTION),
        ({"category": "report"}, True, Category.REPORT),
        ({"is_report": "否"}, False, Category.OTHER),
        ({"is_report": "是"}, True, Category.REPORT),
    ],
)
def test_category_and_is_report_never_disagree(stated, is_report, category):
    metadata = corrected(**stated)

    assert (metadata.is_report, metadata.category) == (is_report, category)


def test_a_look_alike_that_is_said_to_be_none_keeps_its_category():
    news = corrected(category="news")

    assert correct(news, {"is_report": "false"}, "edit", "王编辑").category is Category.NEWS
    assert news.evidence["is_report"] == news.evidence["category"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("report_year", "二〇二二"),
        ("report_year", "1066"),
        ("publish_date", "2022-13-01"),
        ("source_url", "javascript:alert(1)"),
        ("is_report", "perhaps"),
        ("category", "novel"),
        ("region", "???"),
        ("review_years", "2020-2016"),
        ("review_years", "五年"),
        ("region_code", "35010"),
        ("speaker_shoe_size", "42"),
    ],
)
def test_a_value_that_makes_no_sense_is_named_with_its_field(field, value):
    with pytest.raises(StatedValueError) as caught:
        corrected(**{field: value})

    sentence = caught.value.message("zh")
    assert field in sentence
    assert value in sentence


ADDRESS = "https://www.wangshu.example/zwgk/202202/t20220203_9.html"


def test_a_stated_address_tells_the_day_of_publication_where_nothing_else_does():
    metadata = corrected(source_url=ADDRESS)

    assert metadata.publish_date == date(2022, 2, 3)
    assert metadata.evidence["publish_date"] == Evidence("address-date", ADDRESS)


def test_a_stated_day_goes_before_that_of_the_stated_address():
    assert corrected(source_url=ADDRESS, publish_date="2022-02-09").publish_date.day == 9
    assert corrected(source_url=ADDRESS, publish_date="").publish_date is None


@pytest.mark.parametrize("day", ["2022-02-03", "2022/2/3", "2022年2月3日", "2022.2.3"])
def test_a_day_is_stated_as_spreadsheets_and_people_write_it(day):
    assert corrected(publish_date=day).publish_date == date(2022, 2, 3)


@pytest.mark.parametrize("day", ["2022-02", "2022-02-30", "3 Feb 2022", "2022-02-03 或次日"])
def test_what_is_no_single_day_is_refused(day):
    with pytest.raises(StatedValueError):
        corrected(publish_date=day)


def test_who_spoke_to_which_congress_of_which_years_is_stated():
    metadata = corrected(
        speaker="贺云堃 代县长", congress="第十八届人民代表大会第一次会议", review_years="2016-2020"
    )

    assert metadata.speaker == Speaker("贺云堃", "代县长")
    assert metadata.congress == "第十八届人民代表大会第一次会议"
    assert metadata.review_years == (2016, 2020)
    assert {metadata.evidence[name].rule for name in ("speaker", "congress", "review_years")} == {
        "edit"
    }


def test_a_single_year_is_reviewed_too_and_a_name_alone_keeps_the_office():
    read = correct(READ, {"speaker": "贺云坤 县长", "review_years": "2020"}, "sidecar", "x")
    metadata = correct(read, {"speaker": "贺云堃"}, "edit", "王编辑")

    assert metadata.review_years == (2020, 2020)
    assert stated_values(metadata)["review_years"] == "2020"
    assert metadata.speaker == Speaker("贺云堃", "县长")


def test_what_nobody_gave_is_stated_as_empty():
    read = correct(READ, {"speaker": "贺云堃 县长", "review_years": "2020"}, "sidecar", "x")
    metadata = correct(read, {"speaker": "", "congress": "", "review_years": ""}, "edit", "王编辑")

    assert (metadata.speaker, metadata.congress, metadata.review_years) == (None, None, None)


def test_a_code_is_stated_of_the_place_that_is_known_or_stands_for_its_place():
    assert corrected(region_code="350103").region == replace(READ.region, code="350103")
    assert corrected(region_code="").region.code is None

    unknown = replace(READ, region=None, report_year=2016)
    region = correct(unknown, {"region_code": "350182"}, "edit", "王编辑").region
    assert (region.full_name, region.level) == ("福建省福州市长乐市", Level.COUNTY)


def test_a_place_and_its_code_are_stated_in_any_order():
    for fields in (("region", "region_code"), ("region_code", "region")):
        values = {"region": "台江区", "region_code": "350104"}
        region = corrected(**{field: values[field] for field in fields}).region
        assert (region.name, region.code) == ("台江区", "350104")
