"""Shapes of a chart, at places that are reckoned by hand."""

import pytest

from webui.research.charts import BOTTOM, LEFT, RIGHT, TOP, draw_chart


def test_a_line_is_broken_where_a_year_is_missing_and_alone_standing_points_are_points():
    chart = draw_chart([2019, 2020, 2021, 2022, 2023], [{2019: 1, 2020: 2, 2022: 2}], {})

    [curve] = chart.curves
    assert [mark.year for mark in curve.marks] == [2019, 2020, 2022]
    [stretch] = curve.stretches
    assert len(stretch.split()) == 2


def test_values_stand_between_zero_at_the_bottom_and_the_topmost_tick():
    chart = draw_chart([2019, 2020], [{2019: 0.0, 2020: 10.0}], {})

    assert [tick.label for tick in chart.y_ticks] == ["0", "2", "4", "6", "8", "10"]
    assert [mark.y for mark in chart.curves[0].marks] == [BOTTOM, TOP]
    # Two years share the width: each stands in the middle of its half.
    quarter = (RIGHT - LEFT) / 4
    assert [mark.x for mark in chart.curves[0].marks] == [LEFT + quarter, RIGHT - quarter]


@pytest.mark.parametrize(
    ("highest", "labels"),
    [
        (0.0, ["0", "1"]),
        (0.03, ["0", "0.01", "0.02", "0.03"]),
        (7.0, ["0", "2", "4", "6", "8"]),
        (260.0, ["0", "100", "200", "300"]),
    ],
)
def test_ticks_are_round_numbers(highest, labels):
    assert [t.label for t in draw_chart([2020], [{2020: highest}], {}).y_ticks] == labels


def test_coverage_bars_are_as_high_as_their_share():
    chart = draw_chart([2019, 2020], [], {2019: 0.5})

    assert [bar.height for bar in chart.bars] == [15.0, 0.0]
