"""What is inferred from page beginnings of our own, where the real ones are absent, too.

First contact of the rules with each batch, before anything was mended by it, stands in
floors.toml, section [heads]; the floors are those of the rules as they are.
"""

import tomllib
from pathlib import Path

import pytest

from tests.quality.heads.pages import BATCHES, iter_head_pages
from tests.quality.heads.scoring import MEASURES, precision_and_recall, read_page, share

FLOORS = tomllib.loads(Path(__file__).with_name("floors.toml").read_text("utf-8"))["heads"]
PAGES = [page for batch in BATCHES for page in iter_head_pages(batch)]


@pytest.fixture(scope="module")
def reads():
    return [read_page(page) for page in PAGES]


def test_the_set_is_as_large_as_was_asked_for():
    assert len(PAGES) >= 90
    assert len({page.name for page in PAGES}) == len(PAGES)
    assert sum(not page.is_report for page in PAGES) >= 40


@pytest.mark.parametrize("name", MEASURES)
def test_share_of_right_values(reads, name):
    figure, wrong = share(name, reads)
    assert figure >= FLOORS[name], f"{name}: {figure:.4f}, wrong: {wrong}"


def test_precision_and_recall_of_removed_lines(reads):
    precision, recall = precision_and_recall(reads)
    assert precision >= FLOORS["boilerplate_precision"]
    assert recall >= FLOORS["boilerplate_recall"]
