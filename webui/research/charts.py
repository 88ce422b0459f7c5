"""Lines over years as shapes of an SVG picture: where each stands, and nothing of its colours."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 860, 380
LEFT, RIGHT, TOP, BOTTOM = 58, 842, 16, 290
"""The edges of the field that the lines are drawn in."""

BAND_TOP, BAND_HEIGHT = 330, 30
"""The bars of coverage, under the years."""

MARKERS = (
    "M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0z",
    "M-4-4h8v8h-8z",
    "M0-5.5L5 4H-5z",
    "M0-6L5.5 0L0 6L-5.5 0z",
    "M0 5.5L5-4H-5z",
    "M-5-2h3v-3h4v3h3v4h-3v3h-4v-3h-3z",
    "M0-6L1.8-1.9L6-1.9L2.8 1L4 5.5L0 3L-4 5.5L-2.8 1L-6-1.9L-1.8-1.9z",
    "M-5.5 0L-2.7-5H2.7L5.5 0L2.7 5H-2.7z",
)
"""A shape for each line, around the origin: colour alone must not tell lines apart."""

_MOST_TICKS = 5
_MOST_YEAR_LABELS = 14


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the grid, or a year: where it stands and what it says."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A point of a line."""

    x: float
    y: float
    year: int


@dataclass(frozen=True, slots=True)
class Bar:
    """The coverage of a year: x of its left edge, y and height of the part that is there."""

    x: float
    y: float
    height: float
    year: int


@dataclass(frozen=True, slots=True)
class Curve:
    """A line: its unbroken stretches as point lists, and its points."""

    stretches: tuple[str, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """All shapes of a picture, in its own units."""

    y_ticks: tuple[Tick, ...]
    x_ticks: tuple[Tick, ...]
    curves: tuple[Curve, ...]
    bars: tuple[Bar, ...]
    bar_width: float


def draw_chart(
    years: Sequence[int],
    lines: Sequence[Mapping[int, float]],
    shares: Mapping[int, float],
) -> Chart:
    """The shapes of lines over consecutive years.

    Args:
        lines: year -> value >= 0; a year that is missing breaks the line.
        shares: year -> share from 0 to 1 for the bar under it.
    """
    step = _tick_step(max((value for line in lines for value in line.values()), default=0.0))
    highest = max(max((v for line in lines for v in line.values()), default=0.0), step)
    ticks = math.ceil(round(highest / step, 6))
    top = ticks * step
    place = {year: _x(at, len(years)) for at, year in enumerate(years)}
    every = math.ceil(len(years) / _MOST_YEAR_LABELS)
    bar_width = min(24.0, 0.7 * (RIGHT - LEFT) / max(len(years), 1))
    return Chart(
        tuple(Tick(_y(n * step, top), f"{n * step:.6g}") for n in range(ticks + 1)),
        tuple(Tick(place[y], str(y)) for at, y in enumerate(years) if at % every == 0),
        tuple(_curve(line, place, top) for line in lines),
        tuple(_bar(place[y], shares.get(y, 0.0), y, bar_width) for y in years),
        bar_width,
    )


def _curve(line: Mapping[int, float], place: Mapping[int, float], top: float) -> Curve:
    marks = tuple(Mark(place[y], _y(line[y], top), y) for y in sorted(line))
    stretches: list[list[Mark]] = []
    for mark in marks:
        if stretches and stretches[-1][-1].year == mark.year - 1:
            stretches[-1].append(mark)
        else:
            stretches.append([mark])
    return Curve(
        tuple(
            " ".join(f"{mark.x:.1f},{mark.y:.1f}" for mark in stretch)
            for stretch in stretches
            if len(stretch) > 1
        ),
        marks,
    )


def _bar(x: float, share: float, year: int, width: float) -> Bar:
    height = round(BAND_HEIGHT * share, 1)
    return Bar(round(x - width / 2, 1), BAND_TOP + BAND_HEIGHT - height, height, year)


def _x(at: int, count: int) -> float:
    return round(LEFT + (RIGHT - LEFT) * (at + 0.5) / count, 1)


def _y(value: float, top: float) -> float:
    return round(BOTTOM - (BOTTOM - TOP) * value / top, 1)


def _tick_step(highest: float) -> float:
    """A round distance, 1, 2 or 5 times 10^n; at most _MOST_TICKS of it reach the highest value."""
    if highest <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(highest / _MOST_TICKS))
    return next(power * f for f in (1, 2, 5, 10) if power * f * _MOST_TICKS >= highest * 0.999999)
