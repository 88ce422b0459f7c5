"""The page of trends: how often terms are used, year by year, as a picture, a table and files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from itertools import groupby

from flask import Blueprint, Response, jsonify, render_template, request, url_for

from archive.errors import ParameterError, QuerySyntaxError
from archive.model import Level, Part
from index.deadline import Deadline
from index.fields import LEVEL, REGION, UNKNOWN_WORD, YEAR, read_filters
from index.query.describe import value_label
from index.query.parser import parse
from index.query.writer import write
from index.research.record import COLUMNS, describe_run, table_rows
from index.research.trends import (
    MAX_TERMS,
    SPLITS,
    Line,
    Point,
    TrendQuestion,
    Trends,
    report_filters,
    trace,
)
from webui.examples import TREND_TERMS
from webui.holdings import holdings
from webui.language import reader_language
from webui.research.charts import MARKERS, Chart, draw_chart
from webui.research.numbers import read_year
from webui.takeaway.csv_files import csv_response, write_csv

pages = Blueprint("trends", __name__)

LINES_IN_ONE_CHART = len(MARKERS)
FEWEST_BOXES = 5


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line with its name for readers."""

    name: str
    line: Line


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart with its lines, in their order; left_out counts those that only the files hold.

    Attributes:
        title: the term, where each has a picture of its own; else empty.
    """

    title: str
    chart: Chart
    lines: tuple[ShownLine, ...]
    left_out: int


@pages.get("/trends")
def show() -> str | tuple[str, int]:
    """The page; without a term, how to begin; with a faulty one, its fault and status 400."""
    question = _read_question()
    trends, fault = None, ""
    if question.terms:
        try:
            trends = _trace(question)
        except QuerySyntaxError as error:
            fault = error.message(reader_language())
    page = render_template(
        "trends.html",
        question=question,
        asked=request.args,
        boxes=_boxes(question.terms),
        trends=trends,
        pictures=_pictures(trends) if trends else [],
        fault=fault,
        levels=list(Level),
        parts=list(Part),
        splits=SPLITS,
        max_terms=MAX_TERMS,
        markers=MARKERS,
        examples=TREND_TERMS,
    )
    return (page, 400) if fault else page


@pages.get("/trends.csv")
def send_table() -> Response:
    """The numbers as a CSV file."""
    return csv_response("trends.csv", _table(_trace(_read_question(is_term_needed=True))))


@pages.get("/trends-columns.csv")
def send_columns() -> Response:
    """What each column of the numbers holds."""
    return csv_response("trends-columns.csv", write_csv(("column", "meaning"), COLUMNS.items()))


@pages.get("/trends.json")
def send_manifest() -> Response:
    """What the numbers were counted on and how, so that somebody else can repeat it."""
    trends = _trace(_read_question(is_term_needed=True))
    engine = holdings().engine()
    return jsonify(describe_run(trends, engine, _table(trends), version("zhengwen")))


@pages.app_template_global()
def point_url(line: Line, point: Point, question: TrendQuestion) -> str:
    """The search that finds the sentences of a point."""
    filters = {name: sorted(values) for name, values in question.filters.items()}
    places = filters.pop(REGION.name, [])
    query = line.term
    if question.split == REGION.name:
        filters[REGION.name] = [line.group or UNKNOWN_WORD]
    elif places:
        where = " OR ".join(f"region:{place}" for place in places)
        query = f"({write(parse(query))}) ({where})"
    if question.split == LEVEL.name:
        filters[LEVEL.name] = [line.group or UNKNOWN_WORD]
    arguments = {**filters, YEAR.name: str(point.year), "q": query}
    return url_for("search.show", **arguments)  # type: ignore[arg-type]


def _read_question(*, is_term_needed: bool = False) -> TrendQuestion:
    """The question of the parameters. Raises: ParameterError naming the first without sense."""
    args = request.args
    terms = tuple(dict.fromkeys(term for q in args.getlist("q") if (term := q.strip())))
    if len(terms) > MAX_TERMS or (is_term_needed and not terms):
        raise ParameterError(name="q", value=len(terms), expected=f"1–{MAX_TERMS}")
    split = args.get("by") or None
    if split is not None and split not in SPLITS:
        raise ParameterError(name="by", value=split, expected=" / ".join(SPLITS))
    filters = report_filters(read_filters(args.getlist), args.get("lookalikes") == "1")
    return TrendQuestion(terms, split, filters, read_year("from"), read_year("to"))


def _trace(question: TrendQuestion) -> Trends:
    held = holdings()
    deadline = Deadline(held.query_seconds)
    return trace(question, held.engine(), held.archive.store.list_entries(), deadline, held.grids)


def _table(trends: Trends) -> bytes:
    return write_csv(tuple(COLUMNS), table_rows(trends))


def _pictures(trends: Trends) -> list[Picture]:
    """One picture of all terms, or one for each term where its reports are split."""
    if trends.question.split is None:
        return [_picture("", trends.lines, trends)] if trends.years else []
    groups = groupby(trends.lines, key=lambda line: line.term)
    return [_picture(term, list(lines), trends) for term, lines in groups]


def _picture(title: str, lines: Sequence[Line], trends: Trends) -> Picture:
    kept = lines[:LINES_IN_ONE_CHART]
    rates = [{year: point.rate for year, point in line.points.items()} for line in kept]
    shares = {
        year: total.held / total.expected
        for year, total in trends.coverage.items()
        if total.expected
    }
    return Picture(
        title,
        draw_chart(trends.years, rates, shares),
        tuple(ShownLine(_name(line, trends.question.split), line) for line in kept),
        len(lines) - len(kept),
    )


def _name(line: Line, split: str | None) -> str:
    if split is None:
        return line.term
    return value_label(split, line.group, reader_language())


def _boxes(terms: tuple[str, ...]) -> list[str]:
    """A box for each term, and at least one that is empty, if there may be more."""
    count = min(max(len(terms) + 1, FEWEST_BOXES), MAX_TERMS)
    return [*terms, *[""] * (count - len(terms))]
