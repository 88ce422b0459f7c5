"""A folder of real reports with a manifest of their addresses, added as an archivist would."""

import csv
import hashlib
import shutil
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.intake import Archive, open_archive
from archive.model import Metadata
from archive.settings import load_settings
from scripts.cli import make_cli

FLOORS = tomllib.loads(Path(__file__).with_name("floors.toml").read_text("utf-8"))["metadata"]
NO_WAY = {"provincial-2026/四川省-2026.txt"}
"""Rows that contradict both what the page prints and its address, by fifteen days."""


@pytest.fixture
def rows(shared: Path) -> list[dict[str, str]]:
    table = (shared / "reports" / "expected.csv").read_text("utf-8")
    return list(csv.DictReader(table.splitlines()))


DATED_BY_ADDRESS = ("provincial-2026/海南省-2026.txt", "provincial-2026/贵州省-2026.txt")
"""Pages that print no day of publication; their addresses hold one."""


@pytest.fixture
def added(shared: Path, tmp_path: Path, rows: list[dict[str, str]]) -> dict[str, Metadata]:
    """File -> what the archive says of it after one `zhengwen add FOLDER`."""
    folder, home = tmp_path / "reports", tmp_path / "home"
    for row in rows:
        target = folder / row["file"]
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(shared / "reports" / row["file"], target)
    with (folder / "manifest.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("file", "source_url"))
        writer.writerows((row["file"], row["source_url"]) for row in rows)
    options = ["--home", str(home), "--language", "en"]
    result = CliRunner().invoke(make_cli("en"), [*options, "add", str(folder)])
    assert result.stdout == f"{len(rows)} added, 0 already there, 0 failed.\n"
    with open_archive(load_settings(home, environment={})) as archive:
        return {
            row["file"]: archive.store.get(_id_of(folder / row["file"], archive)).metadata
            for row in rows
        }


def _id_of(path: Path, archive: Archive) -> str:
    found = archive.store.find_by_sha256(hashlib.sha256(path.read_bytes()).hexdigest())
    assert found
    return found


def _values(metadata: Metadata) -> tuple[str, ...]:
    region, day = metadata.region, metadata.publish_date
    return (
        region.name if region else "",
        str(region.level) if region else "",
        str(metadata.report_year or ""),
        day.isoformat() if day else "",
        metadata.source.url or "",
    )


def test_every_row_is_reached_that_its_file_and_address_allow(rows, added):
    columns = ("region", "level", "report_year", "publish_date", "source_url")
    found = {file: _values(metadata) for file, metadata in added.items()}
    wrong = {row["file"] for row in rows if found[row["file"]] != tuple(row[c] for c in columns)}
    assert wrong == NO_WAY
    assert 1 - len(wrong) / len(rows) >= FLOORS["whole_reports_with_addresses"]
    for file in DATED_BY_ADDRESS:
        [address] = [row["source_url"] for row in rows if row["file"] == file]
        evidence = added[file].evidence["publish_date"]
        assert (evidence.rule, evidence.text) == ("address-date", address)
