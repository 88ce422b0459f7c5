"""Processes killed at random instants: nothing that was acknowledged is lost or there twice.

The long run is `make kills`: 200 kills.
"""

import pytest

from scripts.bench.kills import kill_often

pytest.importorskip("resource", reason="needs the signals of Unix")


def test_nothing_is_lost_or_doubled_by_processes_that_are_killed(tmp_path):
    outcome = kill_often(tmp_path, kills=5, seed=11)

    assert outcome.faults == []
    assert sum(outcome.stages.values()) == 5
    assert outcome.acknowledged > 0
