"""What tests of the archive may ask for."""

import pytest

from archive.database import open_database


@pytest.fixture
def database(tmp_path):
    database = open_database(tmp_path / "archive.sqlite")
    yield database
    database.close()
