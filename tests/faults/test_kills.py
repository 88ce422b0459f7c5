"""Processes killed at random instants: nothing that was acknowledged is lost or there twice.

The long run is `make kills`: 200 kills.
"""

import pytest

from archive.intake import open_archive, take_in
from archive.settings import load_settings
from scripts.bench.endurance import Site
from scripts.bench.killed_backups import KilledBackups
from scripts.bench.kills import kill_often

pytest.importorskip("resource", reason="needs the signals of Unix")


def test_nothing_is_lost_or_doubled_by_processes_that_are_killed(tmp_path):
    outcome = kill_often(tmp_path, kills=5, seed=11)

    assert outcome.faults == []
    assert sum(outcome.stages.values()) == 5
    assert outcome.acknowledged > 0


def test_a_backup_that_is_killed_is_whole_or_not_there_and_is_made_again(tmp_path):
    outcome = kill_often(tmp_path, kills=2, seed=4, victims={"backup": 1})

    assert outcome.faults == []
    assert all(stage.startswith("backup: ") for stage in outcome.stages)


def test_half_a_backup_under_its_name_and_an_upload_that_is_not_in_it_are_faults(tmp_path, corpus):
    with open_archive(load_settings(tmp_path / "home", environment={})) as archive:
        take_in((corpus / "fragment.txt").read_bytes(), "fragment.txt", archive)
    backups = KilledBackups(Site(tmp_path / "home"), tmp_path / "backups")
    backups.begin(["竹海古道"])
    backups.site.processes["backup"].wait()
    backups.target.write_bytes(backups.target.read_bytes()[:1000])

    faults = backups.faults_after_kill()
    backups.site.stop()

    assert faults == [
        "backup killed: restore failed",
        "backup made again: 竹海古道 is found 0 times",
    ]
