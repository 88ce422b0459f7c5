import pytest

from archive.model import Level, Metadata, Region, Source, Speaker
from archive.texts import LANGUAGES, text
from index.fields import FACETS, FIELDS, facet_values, passes
from index.query.names import FIELD_NAMES, NAMED_VALUES, value_named, value_names
from index.query.tree import Below, Holds, OneOf, Range


@pytest.mark.parametrize(
    ("test", "value", "expected"),
    [
        (Range(2020, 2023), "2020", True),
        (Range(2020, 2023), "2023", True),
        (Range(2020, 2023), "2024", False),
        (Range(2020, None), "2031", True),
        (Range(None, 2023), "1999", True),
        (Range(None, None), "", False),
        (OneOf(frozenset({"county", ""})), "", True),
        (OneOf(frozenset({"county"})), "city", False),
        (Holds("日报"), "福建日報", True),
        (Holds("日报"), "日·报", False),
        (Holds("草案"), "工作报告（草 案）", True),
        (Below("福建"), "福建省福州市台江区", True),
        (Below("福建省"), "福建省", True),
        (Below("福州"), "福建省福州市台江区", True),
        (Below("福建福州"), "福建省福州市台江区", True),
        (Below("福州市台江区"), "福建省福州市台江区", True),
        (Below("建省"), "福建省福州市台江区", False),
        (Below("江"), "江西省", False),
        (Below("京市"), "北京市", False),
        (Below("福建台江"), "福建省福州市台江区", False),
        (Below("霁州"), "霁州市澜溪县", True),
        (Below("澜溪"), "霁州市澜溪县", True),
        (Below("宁夏"), "宁夏回族自治区银川市", True),
        (Below("吉林市"), "吉林省吉林市昌邑区", True),
        (Below("吉林市"), "吉林省长春市", False),
        (Below("台湾"), "臺灣省", True),
        (Below("福建"), "", False),
    ],
)
def test_a_value_passes(test, value, expected):
    assert passes(test, value) is expected


def test_a_document_gives_a_value_for_each_of_its_fields():
    metadata = Metadata(
        title="政府工作报告",
        report_year=2022,
        region=Region("台江区", "福建省福州市台江区", "350103", Level.COUNTY),
        source=Source("台江区人民政府", "http://www.example.gov.cn/1"),
        is_report=False,
        speaker=Speaker("辛禾", "区长"),
    )

    assert facet_values(metadata) == {
        "year": "2022",
        "region": "福建省福州市台江区",
        "level": "county",
        "category": "other",
        "source": "台江区人民政府",
        "title": "政府工作报告",
        "speaker": "辛禾",
    }
    assert set(facet_values(metadata)) | {"part"} == {field.name for field in FIELDS}


@pytest.mark.parametrize(
    ("source", "value"),
    [
        (Source(), ""),
        (Source(None, "http://news.example/1"), "news.example"),
        (Source(None, "http://[broken"), ""),
    ],
)
def test_a_source_without_a_name_is_known_by_its_host(source, value):
    assert facet_values(Metadata(source=source))["source"] == value


def test_which_fields_are_facets():
    assert [field.name for field in FACETS] == [
        "year",
        "region",
        "level",
        "part",
        "category",
        "source",
    ]


def test_no_name_of_a_field_or_of_a_value_means_two_things():
    fields = [written for names in FIELD_NAMES.values() for written in names]
    assert len(fields) == len(set(fields))
    for field in NAMED_VALUES:
        assert all(
            value_named(field, w) == v for v, names in value_names(field).items() for w in names
        )


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_page_calls_a_value_can_be_typed(language):
    for field, values in NAMED_VALUES.items():
        for value in values:
            for label in text(f"{field}.{value}", language).split("、"):
                assert value_named(field, label) == value


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_and_every_named_value_has_a_label(language):
    assert all(text(f"field.{field.name}", language) for field in FIELDS)
    for field, values in NAMED_VALUES.items():
        assert all(text(f"{field}.{value}", language) for value in values)
