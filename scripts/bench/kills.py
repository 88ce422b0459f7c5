"""Processes killed at random instants while they receive, read, index, rebuild and back up.

    python -m scripts.bench.kills --kills 200

After each kill the process is begun again; then every upload that was acknowledged must be found
exactly once, store and index must agree, and no lock may be held by a process that is dead. A
backup must be there whole or not at all, and come back with all that was acknowledged before it.
Prints how many kills hit which stage; exit code 1 if anything was wrong.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import signal
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import click

from scripts.bench.endurance import Acknowledged, Inspector, Site, make_report, upload
from scripts.bench.killed_backups import KilledBackups

VICTIMS = {"worker": 5, "reader": 1, "serve": 2, "reindex": 4, "backup": 2}
"""Process -> how often it is chosen."""

LONGEST_LIFE_SECONDS = 1.5
LONGEST_SWITCH_SECONDS = 0.2
LONGEST_BACKUP_SECONDS = 0.5
REPORTS_IN_ONE_UPLOAD = 3

KILLS_IN_ONE_HOME = 40
"""After each kill everything in the home is looked at, which takes longer the more it holds."""


@dataclass(slots=True)
class Outcome:
    """What came of it.

    Attributes:
        stages: "victim: stage" -> kills that hit it.
        faults: what did not hold, after which kill.
    """

    acknowledged: int = 0
    stages: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def add(self, other: Outcome) -> None:
        """Takes in what came of more kills."""
        self.acknowledged += other.acknowledged
        self.stages += other.stages
        self.faults += other.faults


def kill_often(
    folder: Path,
    kills: int,
    seed: int,
    victims: Mapping[str, int] = VICTIMS,
    stopping: threading.Event | None = None,
) -> Outcome:
    """Kills so often, and looks after each kill whether anything was lost.

    Args:
        victims: process -> how often it is chosen.
        stopping: set to end earlier, after the kill that is under way.
    """
    run = _Run(folder, random.Random(seed), victims)
    try:
        run.begin()
        for number in range(1, kills + 1):
            if stopping and stopping.is_set():
                break
            for fault in run.kill_once():
                run.outcome.faults.append(f"kill {number}: {fault}")
    finally:
        run.end()
    run.outcome.acknowledged = len(run.acknowledged.marks)
    return run.outcome


@dataclass(frozen=True, slots=True)
class Rebuild:
    """A rebuild that was begun.

    Attributes:
        live: the name of the live build then.
    """

    home: Path
    live: str

    def stage(self, pid: int) -> str:
        """What it is doing, by the files that it leaves; they outlive it."""
        if _live_name(self.home) != self.live:
            return "after the switch"
        owner = self.home / "search" / "write.lock.owner"
        with suppress(OSError, ValueError):
            # Whoever takes the lock has everything but what came meanwhile in the new build.
            if json.loads(owner.read_text("utf-8"))["pid"] == pid:
                return "switching"
        builds = sorted(path.name for path in (self.home / "search").glob("[0-9]*"))
        return "building" if builds and builds[-1] > self.live else "before building"


class _Run:
    """A site with an uploader, and the one who kills."""

    def __init__(self, folder: Path, chance: random.Random, victims: Mapping[str, int]) -> None:
        self.outcome = Outcome()
        self.acknowledged = Acknowledged()
        self._site = Site(folder / "home")
        self._inspector = Inspector(folder / "home")
        self._rebuild = Rebuild(folder / "home", "")
        self._backups = KilledBackups(self._site, folder / "backups")
        self._chance = chance
        self._victims = victims
        self._stopping = threading.Event()
        self._is_receiving = threading.Event()
        self._may_upload = threading.Event()
        self._uploader = threading.Thread(target=self._upload_on, args=(chance.random(),))

    def begin(self) -> None:
        """Starts server, worker and uploader."""
        self._site.serve("--no-worker")
        self._site.run("worker", "worker")
        self._uploader.start()

    def end(self) -> None:
        """Ends everything."""
        self._stopping.set()
        self._may_upload.set()
        if self._uploader.is_alive():
            self._uploader.join()
        self._site.stop()

    def kill_once(self) -> list[str]:
        """Kills one process at a random instant; what is wrong when it has been begun again."""
        victim = self._chance.choices(list(self._victims), list(self._victims.values()))[0]
        self._may_upload.set()
        if victim == "reindex":
            self._begin_reindex()
        elif victim == "backup":
            self._begin_backup()
        elif victim == "serve" and self._chance.random() < 0.7:
            # Most of the time it does nothing.
            self._is_receiving.wait()
            time.sleep(self._chance.uniform(0, 0.1))
        else:
            time.sleep(self._chance.uniform(0.05, LONGEST_LIFE_SECONDS))
        stage = self._kill(victim)
        self.outcome.stages[f"{victim}: {stage}"] += 1
        self._may_upload.clear()
        self._begin_again(victim)
        return [*self._look(), *(self._backups.faults_after_kill() if victim == "backup" else [])]

    def _begin_reindex(self) -> None:
        """Starts a rebuild, and most often waits until it is at work: its start takes longer."""
        self._rebuild = Rebuild(self._site.home, _live_name(self._site.home))
        reindex = self._site.run("reindex", "reindex")
        aim = self._chance.choices(["", "building", "switching"], [1, 3, 1])[0]
        if not aim:
            time.sleep(self._chance.uniform(0.05, LONGEST_LIFE_SECONDS))
            return
        while reindex.poll() is None and self._rebuild.stage(reindex.pid) != aim:
            time.sleep(0.002)
        longest = LONGEST_LIFE_SECONDS if aim == "building" else LONGEST_SWITCH_SECONDS
        time.sleep(self._chance.uniform(0, self._chance.uniform(0, longest)))

    def _begin_backup(self) -> None:
        """Starts a backup, and waits until it is at work: its start takes longer."""
        self._backups.begin(self.acknowledged.marks)
        while self._site.processes["backup"].poll() is None and self._backups.stage() == "before":
            time.sleep(0.002)
        time.sleep(self._chance.uniform(0, self._chance.uniform(0, LONGEST_BACKUP_SECONDS)))

    def _kill(self, victim: str) -> str:
        if victim == "serve":
            stage = "receiving" if self._is_receiving.is_set() else "idle"
            self._site.kill("serve")
            return stage
        if victim == "reindex":
            reindex = self._site.processes["reindex"]
            has_ended = reindex.poll() is not None
            self._site.kill("reindex")
            return "ended" if has_ended else self._rebuild.stage(reindex.pid)
        if victim == "backup":
            self._site.kill("backup")
            return self._backups.stage()
        if victim == "reader":
            return self._kill_reader()
        self._site.kill("worker")
        return self._inspector.stage()

    def _kill_reader(self) -> str:
        """Kills the process in which the worker reads, which the worker begins again by itself."""
        stage = self._inspector.stage()
        for pid in _children(self._site.processes["worker"].pid):
            _kill_pid(pid)
        return stage

    def _begin_again(self, victim: str) -> None:
        if victim == "serve":
            self._site.serve("--no-worker")
        elif victim == "worker":
            self._site.run("worker", "worker")
        elif victim == "reindex":
            again = self._site.run("reindex", "reindex")
            if again.wait():
                self.outcome.faults.append(f"reindex does not go on: {again.returncode}")

    def _look(self) -> list[str]:
        while self._is_receiving.is_set():
            time.sleep(0.01)
        self._inspector.wait_until_worked_off()
        marks = list(self.acknowledged.marks)
        pids = {process.pid for process in self._site.processes.values() if process.poll() is None}
        return [*self._inspector.faults(marks), *self._inspector.stray_locks(pids)]

    def _upload_on(self, seed: float) -> None:
        chance = random.Random(seed)
        while not self._stopping.is_set():
            self._may_upload.wait()
            reports = [make_report(chance) for _ in range(REPORTS_IN_ONE_UPLOAD)]
            self._is_receiving.set()
            try:
                if upload(self._site, [content for _, content in reports]) == 202:
                    self.acknowledged.note([mark for mark, _ in reports])
            except (OSError, http.client.HTTPException):
                # Not acknowledged, so nothing was promised.
                pass
            finally:
                self._is_receiving.clear()
            self._stopping.wait(0.1)


def _live_name(home: Path) -> str:
    current = home / "search" / "current"
    return current.read_text("ascii").strip() if current.exists() else ""


def _children(pid: int) -> list[int]:
    """The processes that a process has started. Source: proc(5)."""
    listing = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in listing.read_text("ascii").split()] if listing.exists() else []


def _kill_pid(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


@click.command()
@click.option("--kills", default=200)
@click.option("--seed", default=20260119)
def main(kills: int, seed: int) -> None:
    """Kills so often, or until interrupted, and prints what came of it."""
    began, stopping = time.monotonic(), threading.Event()
    signal.signal(signal.SIGINT, lambda _signal, _frame: stopping.set())
    outcome = Outcome()
    for number in range(0, kills, KILLS_IN_ONE_HOME):
        some = min(KILLS_IN_ONE_HOME, kills - number)
        with tempfile.TemporaryDirectory(prefix="zhengwen-kills-") as folder:
            outcome.add(kill_often(Path(folder), some, seed + number, stopping=stopping))
        click.echo(f"{outcome.stages.total()} kills, {len(outcome.faults)} faults", err=True)
        if stopping.is_set():
            break
    click.echo(
        f"{outcome.stages.total()} kills in {time.monotonic() - began:.0f} s, "
        f"{outcome.acknowledged} uploads acknowledged"
    )
    for stage, count in sorted(outcome.stages.items()):
        click.echo(f"  {count:4}  {stage}")
    for fault in outcome.faults:
        click.echo(f"  FAULT {fault}")
    click.echo(f"{len(outcome.faults)} faults")
    raise SystemExit(bool(outcome.faults))


if __name__ == "__main__":
    main()
