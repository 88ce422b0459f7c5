"""Adding a folder of text reports: files a second with one process and with all, peak memory.

    python -m scripts.bench.add [FILES]      1,000 by default

The reports are made from the samples in corpus/ by drawing clauses anew, about 25,000 characters
each. Memory is that of the whole tree of processes, looked at 20 times a second (Linux only):
PSS counts a page that several processes share once in all, RSS in each of them. The bar is 500 MB
of PSS for the whole tree; on 2026-11-25 it took 413 MB with two cores.
"""

from __future__ import annotations

import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from archive.ingest import ingest
from scripts.readers import count_cores

CHARACTERS = 25_000
CLAUSES_IN_A_PARAGRAPH = 16
SECONDS_BETWEEN_LOOKS = 0.05
_KILOBYTES = re.compile(r"^(Rss|Pss):\s+(\d+) kB", re.M)


def main() -> None:
    """Prints a line for one process and one for as many as there are cores."""
    if sys.argv[1:2] == ["--child"]:
        _add(Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]), sys.argv[5] == "indexed")
        return
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as folder:
        reports = Path(folder, "reports")
        characters = make_reports(reports, count)
        print(f"{count} text reports of {characters // count:,} characters, {count_cores()} cores")
        print(f"{'processes':>9}{'':>12}{'files/s':>9}{'PSS MB':>9}{'RSS MB':>9}{'versions':>9}")
        for ending in ("not indexed", "indexed"):
            for processes in dict.fromkeys((1, count_cores())):
                _measure(reports, Path(folder, f"{ending}-{processes}"), processes, ending)


def make_reports(folder: Path, count: int) -> int:
    """Writes reports into a new folder; how many characters they have together."""
    folder.mkdir()
    chance = random.Random(20261124)
    clauses = list(_iter_clauses())
    total = 0
    for number in range(count):
        text = _make_report(2001 + number % 25, clauses, chance)
        (folder / f"{number:05}.txt").write_text(text, "utf-8")
        total += len(text)
    return total


def _iter_clauses() -> Iterator[str]:
    for entry in files("corpus").iterdir():
        if entry.name.endswith((".txt", ".html")):
            for paragraph in ingest(entry.read_bytes(), entry.name).paragraphs:
                yield from re.findall(r"[^，。；、：\s]{4,}", paragraph.text)


def _make_report(year: int, clauses: list[str], chance: random.Random) -> str:
    lines = [
        "政府工作报告",
        f"——{year}年1月{chance.randint(5, 28)}日在澜溪县第十八届人民代表大会第一次会议上",
        "各位代表：",
    ]
    length = 0
    while length < CHARACTERS:
        drawn = chance.choices(clauses, k=CLAUSES_IN_A_PARAGRAPH)
        # Other figures and another end in each, as in reports of different governments.
        lines.append(
            "，".join(re.sub(r"\d", lambda _: str(chance.randrange(10)), one) for one in drawn)
            + "。"
        )
        length += len(lines[-1])
    return "\n".join(lines)


def _add(reports: Path, home: Path, processes: int, is_indexed: bool) -> None:
    """Adds the folder, in a process of its own; prints the tally and the seconds."""
    # Not at the top: each process that reads imports this module, and the product's have no index.
    from archive.settings import load_settings
    from scripts import adding
    from scripts.session import open_home

    if not is_indexed:
        adding.index_pending = lambda *_: 0
    tally = adding.Tally()
    started = time.perf_counter()
    with open_home(load_settings(home)) as opened:
        adding.add_files(
            sorted(reports.iterdir()), opened, tally, lambda: None, processes=processes
        )
    seconds = time.perf_counter() - started
    assert not tally.failures, tally.failures
    print(tally.added, len(tally.versions), seconds)


def _measure(reports: Path, home: Path, processes: int, ending: str) -> None:
    command = [sys.executable, "-m", "scripts.bench.add", "--child"]
    child = subprocess.Popen(
        [*command, str(reports), str(home), str(processes), ending],
        stdout=subprocess.PIPE,
        text=True,
    )
    peaks = {"Rss": 0, "Pss": 0}
    while child.poll() is None:
        for name, kilobytes in _memory_of_tree(child.pid).items():
            peaks[name] = max(peaks[name], kilobytes)
        time.sleep(SECONDS_BETWEEN_LOOKS)
    assert child.stdout is not None
    added, versions, seconds = child.stdout.read().split()
    memory = f"{peaks['Pss'] // 1024:>9}{peaks['Rss'] // 1024:>9}"
    rate = int(added) / float(seconds)
    print(f"{processes:>9}{ending:>12}{rate:>9.1f}{memory}{versions:>9}", flush=True)


def _memory_of_tree(root: int) -> dict[str, int]:
    """Kilobytes of a process and all below it."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            parents[int(entry.name)] = _parent(entry)
    tree, found = {root}, {root}
    while found:
        found = {child for child, parent in parents.items() if parent in found} - tree
        tree |= found
    total = {"Rss": 0, "Pss": 0}
    for process in tree:
        for name, kilobytes in _KILOBYTES.findall(_read(Path(f"/proc/{process}/smaps_rollup"))):
            total[name] += int(kilobytes)
    return total


def _parent(process: Path) -> int:
    after_name = _read(process / "stat").rpartition(")")[2].split()
    return int(after_name[1]) if after_name else 0


def _read(path: Path) -> str:
    """The content of a file of a process, or nothing if it has ended meanwhile."""
    try:
        return path.read_text()
    except OSError:
        return ""


if __name__ == "__main__":
    main()
