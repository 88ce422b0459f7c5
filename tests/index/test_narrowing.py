"""Spans of years, and places with all that lies in them."""

from index.narrowing import YearSpan, narrowed

KNOWN = ["福建省", "福建省福州市", "福建省福州市台江区", "江西省南昌市", "吉林省长春市朝阳区"]


def test_a_span_holds_both_its_ends():
    assert YearSpan(2021, 2023).values == {"2021", "2022", "2023"}


def test_an_open_span_goes_on():
    assert {"2023", "2024", "2100"} <= YearSpan(first=2023).values
    assert "2022" not in YearSpan(first=2023).values
    assert "1900" in YearSpan(last=1999).values


def test_a_province_includes_its_cities_and_counties():
    filters = narrowed({}, None, frozenset({"福建省"}), KNOWN)
    assert filters == {"region": {"福建省", "福建省福州市", "福建省福州市台江区"}}


def test_a_city_does_not_include_its_province():
    filters = narrowed({}, None, frozenset({"福建省福州市"}), KNOWN)
    assert filters == {"region": {"福建省福州市", "福建省福州市台江区"}}


def test_single_values_and_spans_are_alternatives():
    filters = narrowed(
        {"year": frozenset({"2010"}), "region": frozenset({"福建省"})},
        YearSpan(2021, 2021),
        frozenset({"江西"}),
        KNOWN,
    )
    assert filters == {"year": {"2010", "2021"}, "region": {"福建省", "江西省南昌市"}}


def test_a_place_without_reports_narrows_to_nothing():
    assert narrowed({}, None, frozenset({"西藏"}), KNOWN) == {"region": {"西藏"}}
