"""The grid of places and years, against cells that are written by hand."""

from archive.inventory import Entry
from archive.model import Category, Level, Region
from index.research.coverage import State, build_grid

QINGYU = Region("青榆区", "霁州市青榆区", None, Level.COUNTY)
WANGSHU = Region("望舒区", "霁州市望舒区", None, Level.COUNTY)


def entry(name, year, letters=10_000, region=QINGYU, category=Category.REPORT, work=None):
    return Entry(name, work or name, year, region, category, letters)


def signs(grid, row=0):
    """State for state as one letter: p(resent), a, l(ong), k (look-alike), m(issing), - outside."""
    letters = {State.LOOK_ALIKE: "k", State.OUTSIDE: "-"}
    return "".join(letters.get(c.state, c.state.value[0]) for c in grid.rows[row].cells)


def test_a_year_between_the_first_and_the_last_report_is_missing_and_others_are_not_expected():
    grid = build_grid(
        [entry("a", 2015), entry("b", 2018), entry("c", 2014, region=WANGSHU)],
    )

    assert grid.years == (2014, 2015, 2016, 2017, 2018)
    by_place = {row.region.name: n for n, row in enumerate(grid.rows)}
    assert signs(grid, by_place["青榆区"]) == "-pmmp"
    assert signs(grid, by_place["望舒区"]) == "p----"


def test_in_a_chosen_range_every_year_is_expected():
    grid = build_grid([entry("a", 2015)], 2014, 2017)

    assert signs(grid) == "mpmm"
    assert [(t.year, t.held, t.expected) for t in grid.totals] == [
        (2014, 0, 1),
        (2015, 1, 1),
        (2016, 0, 1),
        (2017, 0, 1),
    ]


def test_a_report_is_abridged_below_half_the_median_and_of_odd_length_above_twice_it():
    # The median of 4,999, 10,000, 10,000, 10,000 and 20,001 is 10,000.
    lengths = [4_999, 10_000, 10_000, 10_000, 20_001]
    grid = build_grid(entry(str(n), 2015 + n, length) for n, length in enumerate(lengths))

    assert grid.rows[0].median == 10_000
    assert signs(grid) == "apppl"


def test_half_and_twice_the_median_are_still_as_they_should_be():
    lengths = [5_000, 10_000, 20_000]

    assert signs(build_grid(entry(str(n), 2015 + n, x) for n, x in enumerate(lengths))) == "ppp"


def test_places_with_fewer_than_three_years_are_not_judged():
    grid = build_grid([entry("a", 2015, 100), entry("b", 2016, 10_000)])

    assert grid.rows[0].median is None
    assert signs(grid) == "pp"


def test_a_year_that_has_only_look_alikes_is_no_report_and_leads_to_the_longest():
    grid = build_grid(
        [
            entry("a", 2015),
            entry("short", 2016, 100, category=Category.NEWS),
            entry("long", 2016, 200, category=Category.RESOLUTION),
            entry("b", 2017),
        ]
    )

    assert signs(grid) == "pkp"
    assert grid.rows[0].cells[1].document_id == "long"
    assert [(t.held, t.expected) for t in grid.totals] == [(1, 1), (0, 1), (1, 1)]


def test_versions_of_one_report_are_counted_apart_from_different_reports():
    grid = build_grid(
        [
            entry("a", 2015, 10_000),
            entry("b", 2015, 10_500, work="a"),
            entry("c", 2016),
            entry("d", 2016),
        ]
    )

    first, second = grid.rows[0].cells
    assert (first.document_id, first.versions, first.reports) == ("b", 2, 1)
    assert (second.versions, second.reports) == (2, 2)


def test_a_place_that_was_renamed_is_one_row_under_its_last_name():
    before = Region("长乐市", "福建省福州市长乐市", "350182", Level.COUNTY)
    after = Region("长乐区", "福建省福州市长乐区", "350112", Level.COUNTY)

    grid = build_grid([entry("a", 2016, region=before), entry("b", 2019, region=after)])

    assert [(row.region.name, row.former) for row in grid.rows] == [("长乐区", ("长乐市",))]
    assert signs(grid) == "pmmp"


def test_documents_without_a_place_or_a_year_are_left_out():
    grid = build_grid([entry("a", None), entry("b", 2015, region=None)])

    assert (grid.years, grid.rows, grid.totals) == ((), (), ())
