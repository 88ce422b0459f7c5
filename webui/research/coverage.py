"""The page of coverage: which places and years there are reports of, and which are missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import format_percent

from archive.errors import ParameterError
from archive.inventory import Entry
from archive.model import Category, Level, Region
from archive.places.lineage import highest_name
from archive.places.regions import load_gazetteer
from index.engine import Unit
from index.fields import CATEGORY, REGION, YEAR
from index.query.names import FIELD_NAMES, value_names
from index.research.coverage import (
    ABRIDGED_BELOW,
    JUDGED_FROM_YEARS,
    LONG_ABOVE,
    Cell,
    Grid,
    Row,
    State,
    Total,
    build_grid,
)
from webui.holdings import holdings
from webui.language import translate
from webui.research.numbers import read_offset, read_year
from webui.takeaway.csv_files import csv_response, write_csv

pages = Blueprint("coverage", __name__)

PLACES_ON_A_PAGE = 100
"""So many rows of 26 years are a page that loads at once."""

MOST_YEARS = 100
"""Of a range that is asked for."""

SIGNS = {
    State.PRESENT: "●",
    State.ABRIDGED: "◐",
    State.LONG: "▲",
    State.LOOK_ALIKE: "◇",
    State.MISSING: "○",
    State.OUTSIDE: "",
}
"""A shape for each state: colour alone must not tell them apart."""

CSV_COLUMNS = (
    "place",
    "code",
    "level",
    "former_names",
    "year",
    "state",
    "documents",
    "different_reports",
    "letters",
    "median_letters",
    "document_id",
)


@dataclass(frozen=True, slots=True)
class Choice:
    """What the reader wants to see: all where nothing is chosen."""

    province: str
    level: str
    first_year: int | None
    last_year: int | None

    def keeps(self, entry: Entry) -> bool:
        """Whether a document is among them."""
        region = entry.region
        return (
            region is not None
            and (not self.level or region.level.value == self.level)
            and (not self.province or highest_name(region) == self.province)
        )

    def arguments(self) -> dict[str, str | int]:
        """The parameters that say the same."""
        given = {
            "province": self.province,
            "level": self.level,
            "from": self.first_year or "",
            "to": self.last_year or "",
        }
        return {name: value for name, value in given.items() if value}


@dataclass(frozen=True, slots=True)
class Province:
    """A province as one row: for each year its reports and those expected of its places."""

    name: str
    places: int
    totals: tuple[Total, ...]


@pages.get("/coverage")
def show() -> str:
    """The grid of places and years; of a large archive its provinces first."""
    choice = _read_choice()
    entries = holdings().archive.store.list_entries()
    grid = _grid(choice, entries)
    is_overview = not choice.province and len(grid.rows) > PLACES_ON_A_PAGE
    start = read_offset()
    return render_template(
        "coverage.html",
        choice=choice,
        grid=grid,
        rows=() if is_overview else grid.rows[start : start + PLACES_ON_A_PAGE],
        overview=list(_provinces(grid)) if is_overview else [],
        provinces=_province_names(entries),
        levels=list(Level),
        start=start,
        page_size=PLACES_ON_A_PAGE,
        signs={state: sign for state, sign in SIGNS.items() if sign},
        abridged=format_percent(ABRIDGED_BELOW),
        long=format_percent(LONG_ABOVE),
        judged_from=JUDGED_FROM_YEARS,
    )


@pages.get("/coverage.csv")
def send_table() -> Response:
    """The cells of the grid, one a row, of all places chosen; those outside are left out."""
    grid = _grid(_read_choice(), holdings().archive.store.list_entries())
    rows = [
        _csv_row(row, cell)
        for row in grid.rows
        for cell in row.cells
        if cell.state is not State.OUTSIDE
    ]
    return csv_response("coverage.csv", write_csv(CSV_COLUMNS, rows))


@pages.app_template_global()
def short_place(row: Row, choice: Choice) -> str:
    """The name of a place, without the province where only one is shown."""
    full_name = row.region.full_name
    return full_name.removeprefix(choice.province) or full_name


@pages.app_template_global()
def cell_url(row: Row, cell: Cell) -> str:
    """Where a cell leads: to its report and the versions of it, to all of several reports, or to
    the upload of the one that is missing."""
    if cell.reports > 1:
        return url_for("search.show", q=_reports_query(row, cell), unit=Unit.REPORT.value)
    if cell.document_id:
        anchor = "versions" if cell.versions > 1 else None
        return url_for("documents.show", document_id=cell.document_id, _anchor=anchor)
    return wanted_url(row.region, cell.year)


@pages.app_template_global()
def wanted_url(region: Region, year: int) -> str:
    """The upload for the report of a place and a year."""
    is_known = region.code is not None and load_gazetteer().has_code(region.code)
    place = region.code if is_known else region.full_name
    return url_for("uploads.show_form", region=place, year=year)


def _reports_query(row: Row, cell: Cell) -> str:
    """Finds the reports of a cell, under any name that the place has had."""
    year, region, category = (FIELD_NAMES[field.name][0] for field in (YEAR, REGION, CATEGORY))
    places = " OR ".join(f'{region}:"{name}"' for name in (row.region.full_name, *row.former))
    report = value_names(CATEGORY.name)[Category.REPORT][0]
    return f"{year}:{cell.year} {category}:{report} ({places})"


@pages.app_template_global()
def cell_words(cell: Cell) -> str:
    """What a cell says, in words."""
    state = translate(f"web.coverage.state.{cell.state.value}")
    if cell.versions < 2:
        return state
    key = "versions" if cell.reports == 1 else "reports"
    count = cell.versions if cell.reports == 1 else cell.reports
    return translate(f"web.coverage.with_{key}", state=state, count=count)


def _grid(choice: Choice, entries: Sequence[Entry]) -> Grid:
    if not choice.level and not choice.province:
        return holdings().grids.get(entries, choice.first_year, choice.last_year)
    kept = filter(choice.keeps, entries)
    return build_grid(kept, choice.first_year, choice.last_year)


def _read_choice() -> Choice:
    args = request.args
    level = args.get("level", "")
    if level and level not in set(Level):
        raise ParameterError(name="level", value=level, expected=" / ".join(Level))
    first, last = read_year("from"), read_year("to")
    if first is not None and last is not None and not 0 <= last - first < MOST_YEARS:
        raise ParameterError(name="to", value=last, expected=f"{first}–{first + MOST_YEARS - 1}")
    return Choice(args.get("province", ""), level, first, last)


def _province_names(entries: Sequence[Entry]) -> list[str]:
    """The names to choose from, in the order of codes."""
    regions = {entry.region for entry in entries if entry.region}
    codes: dict[str, str] = {}
    for region in regions:
        name, code = highest_name(region), region.code or "~"
        codes[name] = min(codes.get(name, code), code)
    return sorted(codes, key=lambda name: (codes[name], name))


def _provinces(grid: Grid) -> Iterator[Province]:
    rows: dict[str, list[Row]] = {}
    for row in grid.rows:
        rows.setdefault(highest_name(row.region), []).append(row)
    for name, of_province in rows.items():
        totals = Grid(grid.years, tuple(of_province)).totals
        yield Province(name, len(of_province), totals)


def _csv_row(row: Row, cell: Cell) -> tuple[object, ...]:
    return (
        row.region.full_name,
        row.region.code or "",
        row.region.level.value,
        " ".join(row.former),
        cell.year,
        cell.state.value,
        cell.versions,
        cell.reports,
        cell.letters or "",
        "" if row.median is None else round(row.median),
        cell.document_id or "",
    )
