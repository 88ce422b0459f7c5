"""Ten uploaders and twenty searchers at once, with a rebuild of the index in the middle.

    python -m scripts.bench.soak --seconds 120

Nobody may get an error, no acknowledged report may be missing or there twice. Prints how many
requests there were and how long a report took until it was found; exit code 1 if anything was
wrong.
"""

from __future__ import annotations

import http.client
import random
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import click

from scripts.bench.endurance import (
    Acknowledged,
    Inspector,
    Site,
    make_report,
    search_total,
    upload,
)

ERRORS = (OSError, http.client.HTTPException, RuntimeError)
WAIT_UNTIL_FOUND_SECONDS = 120.0


@dataclass(slots=True)
class Load:
    """How many work on the site, and for how long.

    Attributes:
        pause_seconds: of an uploader between two uploads; people do not upload without a pause.
    """

    seconds: float
    uploaders: int = 10
    searchers: int = 20
    pause_seconds: float = 1.0


@dataclass(slots=True)
class Result:
    """What came of it.

    Attributes:
        found_after: seconds from the answer to an upload until a search found it, of some.
        faults: what was wrong.
    """

    acknowledged: int = 0
    searches: int = 0
    rebuilds: int = 0
    found_after: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def soak(folder: Path, load: Load, seed: int) -> Result:
    """Has uploaders and searchers work on a server, and rebuilds the index meanwhile."""
    run = _Run(folder, load, random.Random(seed))
    try:
        run.site.serve()
        run.wait_for_worker()
        run.begin()
        run.rebuild_in_the_middle()
    finally:
        run.end()
    return run.result


class _Run:
    """A site with those who work on it."""

    def __init__(self, folder: Path, load: Load, chance: random.Random) -> None:
        self.site = Site(folder / "home")
        self.result = Result()
        self._load = load
        self._acknowledged = Acknowledged()
        self._stopping = threading.Event()
        self._threads = [
            threading.Thread(target=self._work, args=(task, random.Random(chance.random())))
            for task, count in ((self._upload, load.uploaders), (self._search, load.searchers))
            for _ in range(count)
        ]

    def wait_for_worker(self) -> None:
        """Returns when a search is answered: the worker has made an index for the new archive."""
        began = time.monotonic()
        while time.monotonic() - began < WAIT_UNTIL_FOUND_SECONDS:
            with suppress(*ERRORS):
                search_total(self.site.address, "工作回顾")
                return
            time.sleep(0.1)

    def begin(self) -> None:
        """Starts those who work."""
        for thread in self._threads:
            thread.start()

    def rebuild_in_the_middle(self) -> None:
        """Waits for half of the time, rebuilds, and waits for the rest."""
        began = time.monotonic()
        self._stopping.wait(self._load.seconds / 2)
        code = self.site.run("reindex", "reindex").wait()
        if code:
            self._acknowledged.fail(f"reindex ended with {code}")
        self.result.rebuilds += 1
        self._stopping.wait(max(0.0, self._load.seconds - (time.monotonic() - began)))

    def end(self) -> None:
        """Has everybody stop, waits for what is under way, and looks at what there is."""
        self._stopping.set()
        for thread in self._threads:
            if thread.is_alive():
                thread.join()
        try:
            if not self._acknowledged.errors:
                Inspector(self.site.home).wait_until_worked_off()
        finally:
            self.site.stop()
        marks = self._acknowledged.marks
        self.result.acknowledged = len(marks)
        self.result.faults = [*self._acknowledged.errors, *Inspector(self.site.home).faults(marks)]

    def _work(self, task: Callable[[random.Random], None], chance: random.Random) -> None:
        while not self._stopping.is_set():
            try:
                task(chance)
            except ERRORS as error:
                self._acknowledged.fail(f"{task.__name__}: {type(error).__name__}: {error}")

    def _upload(self, chance: random.Random) -> None:
        mark, content = make_report(chance)
        status = upload(self.site, [content])
        if status != 202:
            raise RuntimeError(f"an upload was answered with {status}")
        answered_at = time.monotonic()
        self._acknowledged.note([mark])
        if chance.random() < 0.2:
            self._wait_until_found(mark, answered_at)
        self._stopping.wait(chance.uniform(0, 2 * self._load.pause_seconds))

    def _wait_until_found(self, mark: str, answered_at: float) -> None:
        while time.monotonic() - answered_at < WAIT_UNTIL_FOUND_SECONDS:
            if search_total(self.site.address, f"“{mark}”"):
                with self._acknowledged.lock:
                    self.result.found_after.append(time.monotonic() - answered_at)
                return
            time.sleep(0.05)
        raise RuntimeError(f"{mark} was not found in time")

    def _search(self, chance: random.Random) -> None:
        marks = self._acknowledged.marks
        query = f"“{chance.choice(marks)}”" if marks else "工作回顾"
        if self._is_too_often(search_total(self.site.address, query), query):
            raise RuntimeError(f"{query} was found more than once")
        with self._acknowledged.lock:
            self.result.searches += 1
        self._stopping.wait(0.05)

    def _is_too_often(self, total: int, query: str) -> bool:
        return query.startswith("“") and total > 1


@click.command()
@click.option("--seconds", default=120.0)
@click.option("--seed", default=20260119)
def main(seconds: float, seed: int) -> None:
    """Works on a site for so long, and prints what came of it."""
    with tempfile.TemporaryDirectory(prefix="zhengwen-soak-") as folder:
        result = soak(Path(folder), Load(seconds), seed)
    click.echo(
        f"{seconds:.0f} s, {result.acknowledged} uploads, {result.searches} searches, "
        f"{result.rebuilds} rebuild"
    )
    if result.found_after:
        times = sorted(result.found_after)
        click.echo(
            f"found after: median {statistics.median(times):.2f} s, longest {times[-1]:.2f} s"
        )
    for fault in result.faults[:20]:
        click.echo(f"  FAULT {fault}")
    click.echo(f"{len(result.faults)} faults")
    raise SystemExit(bool(result.faults))


if __name__ == "__main__":
    main()
