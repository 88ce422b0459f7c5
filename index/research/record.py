"""What a trend was counted on and by which rules, so that a referee can count it again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from index.engine import Engine
from index.manifest import current_versions
from index.query.describe import describe
from index.query.parser import read_query
from index.research.trends import RATE_BASE, Point, Trends

COLUMNS = {
    "term": "the query, as typed",
    "group": "the level or the full name of the place; empty where reports are not split",
    "year": "the year that the reports plan for",
    "rate_per_10k": f"occurrences * {RATE_BASE} / characters; empty in a year without text",
    "occurrences": "how often the strings of the query stand in matching paragraphs",
    "paragraphs": "paragraphs that match",
    "documents": "documents with a paragraph that matches",
    "all_documents": "documents with text under the filters; versions of one report share theirs",
    "characters": "characters of all text under the filters, white space excluded",
    "places_with_report": "places under the filters that have a report of the year",
    "places_expected": (
        "places under the filters whose first and last report in the archive enclose the year"
    ),
}
"""Column of the table -> what it holds."""


def table_rows(trends: Trends) -> list[tuple[object, ...]]:
    """The trends as rows of COLUMNS; a year without text has empty cells for its counts."""
    return [
        (line.term, line.group, year, *_counts(line.points.get(year)), *_places(year, trends))
        for line in trends.lines
        for year in trends.years
    ]


def describe_run(trends: Trends, engine: Engine, table: bytes, program: str) -> dict[str, Any]:
    """All that is needed to repeat the count, and to see whether it was repeated on the same.

    Args:
        table: the file with the numbers.
        program: the version of the program.
    """
    question = trends.question
    revisions = engine.revisions()
    return {
        "queries": [
            {"text": term, "understood_as": describe(read_query(term).tree, "en")}
            for term in question.terms
        ],
        "split_by": question.split,
        "filters": {name: sorted(values) for name, values in sorted(question.filters.items())},
        "first_year": question.first_year,
        "last_year": question.last_year,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "program": program,
        "rules": current_versions(),
        "index": {
            "documents": len(revisions),
            "paragraphs": engine.count_paragraphs(),
            "content_sha256": _fingerprint(revisions),
        },
        "table_sha256": hashlib.sha256(table).hexdigest(),
        "columns": COLUMNS,
    }


def _counts(point: Point | None) -> tuple[object, ...]:
    if point is None:
        return ("",) * 6
    return (
        round(point.rate, 6),
        point.occurrences,
        point.paragraphs,
        point.documents,
        point.all_documents,
        point.all_characters,
    )


def _places(year: int, trends: Trends) -> tuple[object, ...]:
    total = trends.coverage.get(year)
    return (total.held, total.expected) if total else (0, 0)


def _fingerprint(revisions: Mapping[str, int]) -> str:
    """Of which documents are in the index in which revision."""
    lines = "\n".join(f"{name} {revision}" for name, revision in sorted(revisions.items()))
    return hashlib.sha256(lines.encode("ascii")).hexdigest()
