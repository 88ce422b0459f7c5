"""A real server over a home with one hostile report, and whoever attacks it."""

from pathlib import Path

import pytest

from archive.access.accounts import Role
from archive.intake import open_archive
from archive.settings import load_settings
from tests.attacks.visitor import NAME, PASSWORD, Visitor, running_server


def make_home(folder: Path) -> Path:
    """A home with an account and nothing else."""
    with open_archive(load_settings(folder, environment={})) as archive:
        archive.access.accounts.add(NAME, PASSWORD, Role.EDITOR)
    return folder


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_home(tmp_path_factory.mktemp("attacked") / "home")


@pytest.fixture(scope="session")
def server(home: Path):
    """Any number of requests is allowed here; limits have servers of their own."""
    with running_server(home, requests_per_minute=0, max_upload_mb=1) as visitor:
        yield visitor


@pytest.fixture
def stranger(server: Visitor) -> Visitor:
    return Visitor(server.port)


@pytest.fixture(scope="session")
def _signed_in(server: Visitor) -> Visitor:
    visitor = Visitor(server.port)
    assert visitor.sign_in().status == 303
    return visitor


@pytest.fixture
def editor(_signed_in: Visitor) -> Visitor:
    """Somebody who is signed in; ends with the session of the tests."""
    return Visitor(_signed_in.port, dict(_signed_in.cookies))


@pytest.fixture
def make_own_home(tmp_path: Path):
    """A home for a server of the test's own."""
    return lambda: make_home(tmp_path / "own")
