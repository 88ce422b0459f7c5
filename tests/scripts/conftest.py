import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from scripts.cli import make_cli


@pytest.fixture
def zhengwen(tmp_path, monkeypatch):
    """Runs the command on a home of the test's own; a result with exit_code, stdout, stderr."""
    monkeypatch.delenv("ZHENGWEN_HOME", raising=False)
    runner = CliRunner(catch_exceptions=False)

    def run(*arguments: object, language: str = "en"):
        return runner.invoke(
            make_cli(language),
            ["--home", str(tmp_path / "home"), "--language", language, *map(str, arguments)],
        )

    return run


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory, corpus) -> Path:
    """A home to which the sample reports were added, to be copied."""
    home = tmp_path_factory.mktemp("samples") / "home"
    added = CliRunner().invoke(make_cli("en"), ["--home", str(home), "add", str(corpus)])
    assert added.exit_code == 0, added.output
    return home


@pytest.fixture
def with_samples(sample_home, tmp_path) -> Path:
    """The home of the test, with the sample reports in it."""
    return shutil.copytree(sample_home, tmp_path / "home")
