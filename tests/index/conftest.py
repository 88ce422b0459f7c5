import pytest

from archive.intake import open_archive
from archive.settings import load_settings
from index.builds import LiveIndex


@pytest.fixture
def settings(tmp_path):
    return load_settings(tmp_path / "home", environment={})


@pytest.fixture
def archive(settings):
    with open_archive(settings) as archive:
        yield archive


@pytest.fixture
def store(archive):
    return archive.store


@pytest.fixture
def live(settings):
    live = LiveIndex(settings.search)
    yield live
    live.close()
