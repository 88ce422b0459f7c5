"""What every test may ask for."""

import gc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

REPOSITORY = Path(__file__).resolve().parents[1]

# Several tests run at once, and the machine may have other things to do.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


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
