"""What is in the archive, what made it, and how to cite it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version

from flask import Blueprint, render_template, request

from archive.errors import EngineError
from archive.inventory import Entry
from archive.model import Category
from archive.places.lineage import lineage_of
from index.manifest import current_versions, read_build_time
from webui.holdings import Holdings, holdings

pages = Blueprint("about", __name__)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a table that the program ships comes from; table is of its sentence."""

    name: str
    url: str
    licence: str
    table: str


SOURCES = (
    Source(
        "lizy14/division-changes",
        "https://github.com/lizy14/division-changes",
        "MIT",
        "divisions",
    ),
    Source("OpenCC", "https://github.com/BYVoid/OpenCC", "Apache-2.0", "simplified"),
)


@dataclass(frozen=True, slots=True)
class Figures:
    """How much is in the archive.

    Attributes:
        reports: different government work reports; versions of one counted once.
        versions: documents beyond the first of their report.
        look_alikes: documents that are something else.
        places: each under all its names counted once.
        years: empty, or the first and the last report year.
        letters: letters and digits of all documents.
    """

    documents: int
    reports: int
    versions: int
    look_alikes: int
    places: int
    years: tuple[int, ...]
    letters: int


@pages.get("/about")
def show() -> str:
    """The page about the archive."""
    held = holdings()
    return render_template(
        "about.html",
        figures=count_entries(held.archive.store.list_entries()),
        program=version("zhengwen"),
        built_at=_build_time(held),
        rules=current_versions(),
        today=datetime.now(UTC).date(),
        site=request.host_url,
        sources=SOURCES,
    )


def count_entries(entries: Iterable[Entry]) -> Figures:
    """How much these documents are."""
    entries = list(entries)
    reports = [entry for entry in entries if entry.category is Category.REPORT]
    years = [entry.year for entry in reports if entry.year]
    works = {entry.work_id for entry in reports}
    return Figures(
        len(entries),
        len(works),
        len(reports) - len(works),
        len(entries) - len(reports),
        len({lineage_of(entry.region, entry.year) for entry in entries if entry.region}),
        (min(years), max(years)) if years else (),
        sum(entry.letters for entry in entries),
    )


def _build_time(held: Holdings) -> datetime | None:
    """When the index was built that answers now; None if there is none to answer."""
    try:
        held.engine()
    except EngineError:
        return None
    name = held.live.builds.live_name()
    return read_build_time(held.live.builds.path(name)) if name else None
