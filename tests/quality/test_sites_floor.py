"""Furniture learned from the pages of three made-up portals, before and after learning."""

import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from archive.boilerplate import strip
from archive.boilerplate.edges import read_edges
from archive.formats import read_file
from archive.ingest import ingest
from archive.intake import open_archive, take_in
from archive.rereading import learn
from archive.settings import load_settings
from archive.sites import FEWEST_REPORTS
from tests.quality.heads.labels import iter_labelled_pages
from tests.quality.portals import city_pages, county_pages, library_pages

FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text("utf-8"))["sites"]
PORTALS = {"city": city_pages, "county": county_pages, "library": library_pages}


@dataclass(frozen=True)
class Measured:
    """What of the furniture was removed, and what of the reports."""

    recall_before: float
    recall_at_adding: float
    recall_after: float
    own_lines_lost: tuple[str, ...]


def _recall(pages, documents):
    right = sum(
        line.text.strip() in page.furniture
        for page, document in zip(pages, documents, strict=True)
        for line in document.removed
    )
    return right / sum(len(page.furniture) for page in pages)


def _measure(pages, home):
    with open_archive(load_settings(home, environment={})) as archive:
        ids = [take_in(page.data, page.name, archive).document_id for page in pages]
        added = [archive.store.get(one) for one in ids]
        learn(archive)
        learned = [archive.store.get(one) for one in ids]
    return Measured(
        _recall(pages, [ingest(page.data, page.name) for page in pages]),
        _recall(pages, added),
        _recall(pages, learned),
        tuple(
            line.text
            for page, document in zip(pages, learned, strict=True)
            for line in document.removed
            if line.text.strip() not in page.furniture
        ),
    )


@pytest.fixture(scope="module", params=sorted(PORTALS))
def portal(request, tmp_path_factory):
    pages = list(PORTALS[request.param]())
    return request.param, _measure(pages, tmp_path_factory.mktemp("home"))


def test_what_the_pages_of_a_site_repeat_is_removed_once_it_is_learned(portal):
    name, measured = portal

    assert measured.recall_before < measured.recall_at_adding < measured.recall_after
    assert measured.recall_at_adding >= FLOORS[name]["recall_at_adding"]
    assert measured.recall_after >= FLOORS[name]["recall_after"]


def test_no_line_of_a_report_is_learned_though_a_government_writes_it_every_year(portal):
    assert portal[1].own_lines_lost == ()


def test_all_real_reports_and_pages_taken_for_one_site_share_no_line_that_would_be_learned(shared):
    counts: Counter[str] = Counter()
    for page in iter_labelled_pages(shared / "pages"):
        lines = read_file(page.data, page.name).lines
        counts.update(read_edges(strip(lines).kept).edge)
    for path in sorted((shared / "reports").glob("*/*.txt")):
        lines = read_file(path.read_bytes(), path.name).lines
        counts.update(read_edges(strip(lines).kept).edge)

    assert counts
    assert {line for line, count in counts.items() if count >= FEWEST_REPORTS} == set()
