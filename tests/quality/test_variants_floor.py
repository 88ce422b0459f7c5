"""A page printed in another way says the same: on pages of our own, and on the real ones.

There are no labels in this: the page as it stands is the oracle of its variants.
"""

import tomllib
from pathlib import Path

import pytest

from archive.boilerplate import strip
from archive.formats import read_file
from archive.metadata import infer_metadata
from tests.quality.heads.labels import iter_labelled_pages
from tests.quality.heads.pages import BATCHES, iter_head_pages
from tests.quality.variants import VARIANTS

FLOORS = tomllib.loads(Path(__file__).with_name("floors.toml").read_text("utf-8"))["variants"]


def values(text):
    reading = read_file(text.encode(), "page.txt")
    metadata = infer_metadata(reading, strip(reading.lines).kept)
    name = metadata.region.full_name if metadata.region else None
    return metadata.report_year, name, metadata.publish_date, metadata.is_report


def with_values(text):
    return text, values(text)


def check(texts, variant, floor):
    changed = {
        name: (before, after)
        for name, (text, before) in texts.items()
        if before != (after := values(VARIANTS[variant](text)))
    }
    assert 1 - len(changed) / len(texts) >= floor, changed


@pytest.fixture(scope="module")
def own():
    pages = (page for batch in BATCHES for page in iter_head_pages(batch))
    return {page.name: with_values(page.data.decode()) for page in pages}


@pytest.fixture(scope="module")
def real(shared):
    pages = iter_labelled_pages(shared / "pages")
    return {page.name: with_values(page.data.decode()) for page in pages}


@pytest.mark.parametrize("variant", VARIANTS)
def test_our_own_pages_say_the_same_in_every_variant(own, variant):
    check(own, variant, FLOORS["own"])


@pytest.mark.parametrize("variant", VARIANTS)
def test_real_pages_say_the_same_in_every_variant(real, variant):
    check(real, variant, FLOORS["real"])
