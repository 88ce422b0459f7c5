"""Adding a folder of text reports: files a second and peak memory, by how many processes read.

    python -m scripts.bench.add [FILES] [--readers 1,2,4,8,16]

1,000 files by default; one reader and one for each core. The reports are made from the samples in
corpus/ by drawing clauses anew, about 25,000 characters each. Memory is that of the whole tree of
processes, looked at 20 times a second (Linux only): PSS counts a page that several processes share
once in all, RSS in each of them. "adder" is the peak of the process that stores and indexes,
"reader" that of one that reads. More readers than cores take the memory of a machine that has
so many cores, and not its speed.

The bar is 500 MB of PSS for the whole tree. On 2026-11-25, indexed, on a machine of two cores,
before and after readers came to share memory (others were using it before, a load of 5 to 11, and
with 16 readers, one of 22 to 26):

    readers        1     2     4     8    16
    before       309   405   495   678  1027
    after        256   296   325   369   456
    files/s     11.8  20.0  19.9  19.3
"""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import click

from archive.ingest import ingest
from archive.settings import load_settings
from scripts import adding
from scripts.readers import count_cores
from scripts.session import open_home

CHARACTERS = 25_000
CLAUSES_IN_A_PARAGRAPH = 16
SECONDS_BETWEEN_LOOKS = 0.05
_KILOBYTES = re.compile(r"^(Rss|Pss):\s+(\d+) kB", re.M)
_COLUMNS = ("readers", "", "files/s", "PSS MB", "RSS MB", "adder", "reader", "versions", "load")


def _parse_counts(_context: object, _option: object, value: str | None) -> tuple[int, ...]:
    if value is None:
        return tuple(dict.fromkeys((1, count_cores())))
    try:
        return tuple(int(number) for number in value.split(","))
    except ValueError as error:
        raise click.BadParameter(value) from error


@click.command()
@click.argument("count", default=1000)
@click.option("--readers", callback=_parse_counts, help="How many, with commas between.")
def main(count: int, readers: tuple[int, ...]) -> None:
    """Prints a line for each number of processes that read."""
    with tempfile.TemporaryDirectory() as folder:
        reports = Path(folder, "reports")
        characters = make_reports(reports, count)
        print(f"{count} text reports of {characters // count:,} characters, {count_cores()} cores")
        print(_row(*_COLUMNS))
        for ending in ("not indexed", "indexed"):
            for processes in readers:
                _measure(reports, Path(folder, f"{ending}-{processes}"), processes, ending)


def _row(*cells: object) -> str:
    return "".join(f"{cell:>12}" if n == 1 else f"{cell:>9}" for n, cell in enumerate(cells))


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
    peaks: Counter[str] = Counter()
    while child.poll() is None:
        # The greater of both, name by name.
        peaks |= _memory_of_tree(child.pid)
        time.sleep(SECONDS_BETWEEN_LOOKS)
    assert child.stdout is not None
    added, versions, seconds = child.stdout.read().split()
    rate, load = int(added) / float(seconds), os.getloadavg()[0]
    memory = [peaks[name] // 1024 for name in ("Pss", "Rss", "adder", "reader")]
    print(_row(processes, ending, f"{rate:.1f}", *memory, versions, f"{load:.1f}"), flush=True)


def _memory_of_tree(root: int) -> Counter[str]:
    """Kilobytes of a process and all below it, and PSS of itself and of the largest below it."""
    total: Counter[str] = Counter()
    for process in _tree(root):
        own = {name: int(size) for name, size in _KILOBYTES.findall(_rollup(process))}
        total.update(own)
        total |= Counter({"adder" if process == root else "reader": own.get("Pss", 0)})
    return total


def _tree(root: int) -> set[int]:
    """A process and all below it."""
    parents = {
        int(entry.name): _parent(entry)
        for entry in Path("/proc").iterdir()
        if entry.name.isdecimal()
    }
    tree, found = {root}, {root}
    while found:
        found = {child for child, parent in parents.items() if parent in found} - tree
        tree |= found
    return tree


def _rollup(process: int) -> str:
    return _read(Path(f"/proc/{process}/smaps_rollup"))


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
    if sys.argv[1:2] == ["--child"]:
        _add(Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]), sys.argv[5] == "indexed")
    else:
        main()
