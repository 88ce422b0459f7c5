"""Which names and codes are one place: real changes of the tables of divisions."""

import pytest

from archive.model import Level, Region
from archive.places.lineage import highest_name, lineage_of, where_named
from archive.places.regions import load_gazetteer


def region(name, year):
    gazetteer = load_gazetteer()
    [division] = gazetteer.find(name, year)
    return gazetteer.region(division, year)


def test_a_place_that_became_a_district_is_the_same_before_and_after():
    before, after = region("长乐市", 2016), region("长乐区", 2019)

    assert before.code != after.code
    assert lineage_of(before, 2016) == lineage_of(after, 2019) == "350112"


def test_a_place_that_became_part_of_another_is_not_that_other():
    # In 2010 崇文区 of Beijing became part of 东城区.
    gone, stays = region("崇文区", 2009), region("崇文区", 2009)
    other = Region("东城区", "北京市东城区", "110101", Level.COUNTY)

    assert lineage_of(gone, 2009) == lineage_of(stays, 2009)
    assert lineage_of(gone, 2009) != lineage_of(other, 2015)


def test_a_place_without_a_code_is_known_by_its_full_name():
    made_up = Region("青榆区", "霁州市青榆区", None, Level.COUNTY)

    assert lineage_of(made_up, 2024) == "霁州市青榆区"
    assert where_named(made_up, 2024) == {"霁州市青榆区"}


@pytest.mark.parametrize(
    ("full_name", "highest"),
    [("福建省福州市长乐区", "福建省"), ("霁州市青榆区", "霁州市"), ("全国", "全国")],
)
def test_the_highest_name_is_that_of_the_province(full_name, highest):
    assert highest_name(Region("x", full_name, None, Level.COUNTY)) == highest


def test_a_place_that_changed_its_province_is_looked_for_in_both():
    # 文昌 was a county of Guangdong until Hainan became a province of its own in 1988.
    assert {"广东省", "海南省"} <= where_named(region("文昌市", 2000), 2000)
