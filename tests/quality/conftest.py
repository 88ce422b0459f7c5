"""What several floors are measured on."""

from pathlib import Path

import pytest

from tests.quality.heads.labels import iter_labelled_pages
from tests.quality.heads.scoring import Read, read_page


@pytest.fixture(scope="session")
def labelled_reads(shared: Path) -> list[Read]:
    """The 107 page beginnings of ../shared/pages, as the archive reads them."""
    return [read_page(page) for page in iter_labelled_pages(shared / "pages")]
