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
