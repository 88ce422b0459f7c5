"""What every test may ask for."""

import gc
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real reports beside the checkout; third-party texts, so not part of it."""
    folder = REPOSITORY.parent / "shared"
    if not (folder / "reports").is_dir():
        pytest.skip("needs the real reports: put them into ../shared/reports beside the checkout")
    return folder


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The sample reports that the project ships."""
    return REPOSITORY / "corpus"


def pytest_collection_finish() -> None:
    """Thousands of collected tests are there for good; looking for cycles among them takes time."""
    gc.collect()
    gc.freeze()
