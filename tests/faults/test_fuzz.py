"""Bytes that reach new code of the readers of files and queries, where atheris runs.

The long run is `make fuzz`.
"""

import importlib.util

import pytest

from scripts.bench.fuzz import TARGETS, fuzz


@pytest.mark.skipif(
    importlib.util.find_spec("atheris") is None,
    reason="needs atheris, which runs on Linux only: make fuzz installs it",
)
@pytest.mark.parametrize("target", TARGETS)
def test_nothing_is_raised_but_errors_that_say_what_is_wrong(target, tmp_path):
    assert fuzz(target, seconds=5, folder=tmp_path) == 0
    assert list(tmp_path.glob("crash-*")) == []
