"""The gazetteer: names, former names, codes by year."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.model import Level, Region
from archive.places.regions import Gazetteer, load_gazetteer, place_names, short_name
from scripts.build_regions import DIVIDED, MERGERS, RENAMES, read_mergers
from scripts.build_regions import main as build_regions

REPOSITORY = Path(__file__).resolve().parents[3]


@pytest.fixture
def gazetteer() -> Gazetteer:
    return load_gazetteer()


def codes(gazetteer: Gazetteer, name: str, year: int | None = None) -> set[str]:
    return {division.code for division in gazetteer.find(name, year)}


def only_region(gazetteer: Gazetteer, name: str, year: int | None = None) -> Region:
    (division,) = gazetteer.find(name, year)
    return gazetteer.region(division, year)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("海拉尔区", "海拉尔"),
        ("福建省", "福建"),
        ("宁夏回族自治区", "宁夏"),
        ("新疆维吾尔自治区", "新疆"),
        ("张家川回族自治县", "张家川"),
        ("恩施土家族苗族自治州", "恩施"),
        ("锡林郭勒盟", "锡林郭勒"),
        ("忠县", "忠县"),
    ],
)
def test_short_name_leaves_out_the_word_for_the_kind(name, short):
    assert short_name(name) == short


def test_short_name_finds_the_division(gazetteer):
    assert codes(gazetteer, "海拉尔", 2014) == {"150702"}


def test_full_name_has_all_parents(gazetteer):
    assert only_region(gazetteer, "台江区", 2022) == Region(
        "台江区", "福建省福州市台江区", "350103", Level.COUNTY
    )


@pytest.mark.parametrize(
    ("year", "name", "code"),
    [
        (1990, "长乐县", "350126"),
        (2016, "长乐市", "350182"),
        (2017, "长乐区", "350112"),
        (2026, "长乐区", "350112"),
    ],
)
def test_place_that_changed_has_the_name_and_code_of_the_year(gazetteer, year, name, code):
    region = only_region(gazetteer, "长乐县", year)
    assert (region.name, region.code) == (name, code)


def test_name_still_to_come_stands_for_itself(gazetteer):
    assert only_region(gazetteer, "长乐区", 2010).code == "350112"


def test_change_that_the_table_of_changes_lacks_is_followed_by_the_name(gazetteer):
    assert only_region(gazetteer, "赣县", 2020).code == "360704"


def test_years_after_the_tables_count_as_their_last(gazetteer):
    assert only_region(gazetteer, "重庆市", 2035).code == "500000"


def test_name_of_several_places_gives_them_all(gazetteer):
    assert codes(gazetteer, "朝阳区", 2020) == {"110105", "220104"}


def test_unknown_name_gives_nothing(gazetteer):
    assert gazetteer.find("望舒区", 2022) == ()


@pytest.mark.parametrize(
    ("name", "year", "level"),
    [
        ("内蒙古自治区", 2026, Level.PROVINCE),
        ("上海市", 2026, Level.PROVINCE),
        ("福州市", 2009, Level.CITY),
        ("锡林郭勒盟", 2020, Level.CITY),
        ("徐汇区", 2022, Level.COUNTY),
        ("琼海市", 2020, Level.COUNTY),
        ("福清市", 2020, Level.COUNTY),
    ],
)
def test_level_follows_the_code(gazetteer, name, year, level):
    assert only_region(gazetteer, name, year).level is level


def test_district_of_a_municipality_has_one_parent(gazetteer):
    assert only_region(gazetteer, "徐汇区", 2022).full_name == "上海市徐汇区"


def test_parent_has_its_name_of_the_year(gazetteer):
    assert only_region(gazetteer, "海拉尔市", 1995).full_name == "内蒙古自治区呼伦贝尔盟海拉尔市"


def test_build_notes_the_code_that_follows(tmp_path):
    tables = tmp_path / "tables"
    tables.mkdir()
    (tables / "divisions-1980-2022.csv").write_text(
        "code,name,first_year,last_year\n"
        "990101,澜溪县,1980,2010\n990181,澜溪市,2011,2022\n990102,青榆区,1980,2022\n",
        "utf-8",
    )
    (tables / "code-changes-1984-2022.csv").write_text(
        "2010-2011,990101,990181,澜溪县 -> 澜溪市\n", "utf-8"
    )
    target = tmp_path / "regions.csv"
    result = CliRunner().invoke(build_regions, [str(tables), "--target", str(target)])
    assert result.exit_code == 0, result.output
    rows = list(csv.reader(target.read_text("utf-8").splitlines()[2:]))
    assert rows == [
        ["990101", "澜溪县", "1980", "2010", "990181"],
        ["990181", "澜溪市", "2011", "2022", ""],
        ["990102", "青榆区", "1980", "2022", ""],
    ]


def test_shipped_gazetteer_is_what_the_tables_give(shared, tmp_path):
    target = tmp_path / "regions.csv"
    CliRunner().invoke(build_regions, [str(shared / "regions"), "--target", str(target)])
    shipped = target.with_name("shipped.csv")
    shipped.write_bytes(_shipped_bytes())
    assert target.read_bytes() == shipped.read_bytes()


def _shipped_bytes() -> bytes:
    from importlib.resources import files

    return files("archive").joinpath("data", "regions.csv").read_bytes()


def test_a_full_name_is_taken_apart_into_the_names_it_is_made_of(gazetteer):
    table = (REPOSITORY / "archive/data/regions.csv").read_text("utf-8").splitlines()[2:]
    names = {name for _code, name, *_ in csv.reader(table)}
    wrong = set()
    for division in (found for name in names for found in gazetteer.find(name)):
        parents = [parent.name for parent in gazetteer.parents(division)]
        full_name = gazetteer.region(division).full_name
        if gazetteer.components(full_name) != (*parents, division.name):
            wrong.add(full_name)

    assert len(names) > 3_000
    assert wrong == set()


@pytest.mark.parametrize(
    ("full_name", "components"),
    [
        ("霁州市澜溪县", ("霁州市", "澜溪县")),
        ("青榆区", ("青榆区",)),
        ("霁州省霁州市沙市区", ("霁州省", "霁州市", "沙市区")),
        ("福建省霁州市", ("福建省", "霁州市")),
        ("全国", ("全国",)),
    ],
)
def test_the_full_name_of_an_unknown_place_is_taken_apart_by_kinds(full_name, components):
    assert load_gazetteer().components(full_name) == components


def test_a_place_answers_to_its_names_and_to_those_above_it():
    assert place_names("福建省福州市") == {
        "福建省", "福建", "福州市", "福州", "福建省福州市", "福建省福州", "福建福州市", "福建福州",
    }  # fmt: skip
    assert place_names("") == frozenset()


@pytest.mark.parametrize(
    ("name", "year", "changes"),
    [
        ("长乐市", 2016, [(2017, "renamed", "长乐区", "350112")]),
        ("密云县", 2010, [(2015, "renamed", "密云区", "110118")]),
        ("襄樊市", 2005, [(2010, "renamed", "襄阳市", "420600")]),
        ("襄阳区", 2005, [(2010, "renamed", "襄州区", "420607")]),
        ("思茅市", 2005, [(2007, "renamed", "普洱市", "530800")]),
        ("崇文区", 2008, [(2010, "merged", "东城区", "110101")]),
        ("闸北区", 2014, [(2015, "merged", "静安区", "310106")]),
        ("南汇区", 2005, [(2009, "merged", "浦东新区", "310115")]),
        ("南长区", 2010, [(2015, "merged", "梁溪区", "320213")]),
        ("达县", 2010, [(2013, "renamed", "达川区", "511703")]),
        ("重庆市", 1990, [(1997, "recoded", "重庆市", "500000")]),
        (
            "即墨市",
            1993,
            [(1995, "recoded", "即墨市", "370282"), (2017, "renamed", "即墨区", "370215")],
        ),
        ("台江区", 2020, []),
        (
            "巢湖市",
            2005,
            [
                (2011, "divided", "合肥市", "340100"),
                (2011, "divided", "芜湖市", "340200"),
                (2011, "divided", "马鞍山市", "340500"),
            ],
        ),
        (
            "吴县市",
            1998,
            [(2000, "divided", n, c) for n, c in [("吴中区", "320506"), ("相城区", "320507")]],
        ),
        ("户县", 2010, [(2016, "renamed", "鄠邑区", "610118")]),
        ("三山区", 2010, [(2020, "merged", "弋江区", "340209")]),
        ("居巢区", 2005, [(2011, "renamed", "巢湖市", "340181")]),
    ],
)
def test_what_has_become_of_a_place_is_told_step_by_step(gazetteer, name, year, changes):
    region = only_region(gazetteer, name, year)

    assert [
        (change.year, change.kind, change.after.name, change.after.code)
        for change in gazetteer.succession(region, year)
    ] == changes


def test_a_place_without_a_code_and_one_that_is_not_listed_have_no_succession(gazetteer):
    unlisted = Region("望舒区", "霁州市望舒区", "990101", Level.COUNTY)

    assert gazetteer.succession(replace(unlisted, code=None), 2020) == ()
    assert gazetteer.succession(unlisted, 2020) == ()


def test_a_name_that_was_merged_away_leads_to_where_it_is_now(gazetteer):
    assert only_region(gazetteer, "崇文区", 2020).code == "110101"
    assert only_region(gazetteer, "北塘区", 2020).name == "梁溪区"


@pytest.mark.parametrize("table", [MERGERS, RENAMES, DIVIDED], ids=lambda path: path.stem)
def test_every_successor_that_was_added_is_of_a_division_that_ended_and_was_in_force_then(table):
    rows = list(csv.reader(_shipped_bytes().decode().splitlines()[2:]))
    ended = {(code, int(last)): successor for code, _, _, last, successor in rows}
    mergers = read_mergers(table)

    assert {key: ended.get(key) for key in mergers} == mergers
    for (_, year), successors in mergers.items():
        assert len(successors.split()) > 1 or table != DIVIDED
        for successor in successors.split():
            spans = [(int(a), int(b)) for code, _, a, b, _ in rows if code == successor]
            assert any(first <= year + 1 <= last for first, last in spans), successor
