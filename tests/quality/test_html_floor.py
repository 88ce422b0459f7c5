"""Articles are found on pages laid out like those of real portals."""

import tomllib
from collections import Counter
from pathlib import Path
from statistics import mean

import pytest

from archive.boilerplate import strip
from archive.formats import read_file
from archive.ingest import ingest
from archive.refusals import NoReportTextError
from tests.quality.html.pages import GROUPS, iter_pages
from tests.quality.html.scoring import bare, kept_lines, paragraph_f1

FLOORS = tomllib.loads(Path(__file__).with_name("floors.toml").read_text("utf-8"))["html"]
PAGES = tuple(iter_pages())
KINDS = sorted({page.kind for page in PAGES})


@pytest.fixture(scope="module")
def scores() -> dict[str, float]:
    return {page.name: paragraph_f1(page.gold, kept_lines(page.data, page.name)) for page in PAGES}


def test_the_set_is_as_large_and_as_varied_as_was_asked_for():
    assert len(PAGES) >= 40
    assert len(KINDS) >= 20
    assert {page.group for page in PAGES} == set(GROUPS)


def test_the_mean_over_all_pages_holds(scores):
    assert mean(scores.values()) >= FLOORS["paragraph_f1"]


def test_the_mean_over_layouts_that_no_rule_was_written_with_holds(scores):
    unseen = [scores[page.name] for page in PAGES if page.group == "unseen"]
    assert mean(unseen) >= FLOORS["paragraph_f1_unseen"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_mean_of_every_layout_holds(scores, kind):
    found = mean(scores[page.name] for page in PAGES if page.kind == kind)
    assert found >= FLOORS["paragraph_f1_of_a_layout"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_line_of_an_article_is_lost(page):
    kept = Counter(bare(kept_lines(page.data, page.name)))
    assert Counter(bare(page.gold)) - kept == Counter()


@pytest.mark.parametrize(
    "page", [page for page in PAGES if not page.gold], ids=lambda page: page.name
)
def test_a_page_without_an_article_is_refused_for_that_reason(page):
    with pytest.raises(NoReportTextError):
        ingest(page.data, page.name)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_line_of_a_page_is_kept_or_removed_once(page):
    reading = read_file(page.data, page.name)
    numbers = [line.number for line in reading.lines] + [line.line for line in reading.removed]
    assert sorted(numbers) == list(range(1, len(numbers) + 1))
    stripped = strip(reading.lines)
    assert len(stripped.kept) + len(stripped.removed) == len(reading.lines)
