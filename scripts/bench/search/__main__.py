"""python -m scripts.bench.search: builds, asks, and prints; see the package."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from index.lexicon import load_lexicon
from scripts.bench.search.contenders.xapian_peer import find_xapian
from scripts.bench.search.report import OURS, STOCK, conditions, print_sheets, sheets, to_markdown
from scripts.bench.search.tasks import make_tasks, save_tasks, write_truth
from scripts.bench.search.texts import write_dataset
from scripts.bench.search.worker import CONTENDERS

REPOSITORY = Path(__file__).resolve().parents[3]
SHARED = REPOSITORY.parent / "shared"
WRITTEN = REPOSITORY / "BENCHMARKS.md"
WIDTH = 160
"""Characters a line where the output is no terminal."""
PHRASES = 79
"""Phrases that are asked for where no list of them is beside the checkout."""


@click.command()
@click.option("--size", "-n", default=100_000, show_default=True, help="Paragraphs.")
@click.option("--stock-max", default=100_000, show_default=True, help="Stock Whoosh gets no more.")
@click.option(
    "--only", multiple=True, type=click.Choice(list(CONTENDERS)), help="Beside ours; repeatable."
)
@click.option("--shared", default=SHARED, type=click.Path(path_type=Path), help="Real reports.")
@click.option("--write", is_flag=True, help=f"Writes {WRITTEN.name}.")
def main(size: int, stock_max: int, only: Sequence[str], shared: Path, write: bool) -> None:
    """This project's search beside others: speed, size, memory and what is found."""
    terminal = Console()
    console = terminal if terminal.is_terminal else Console(width=WIDTH)
    started = time.perf_counter()
    names = [name for name in _available(console) if not only or name in (OURS, *only)]
    with tempfile.TemporaryDirectory(prefix="zhengwen-bench-") as scratch:
        results = {}
        for name, row in _measured(names, (size, stock_max), Path(scratch), shared):
            console.print(f"{time.perf_counter() - started:5.0f} s  {name}: {row['paragraphs']:,}")
            results[name] = row
    made = sheets(results)
    text = conditions(size, _source_name(shared))
    console.print(text)
    print_sheets(made, console)
    console.print(f"{time.perf_counter() - started:.0f} s in all.")
    if write:
        WRITTEN.write_text(to_markdown(made, text), "utf-8")
        console.print(f"{WRITTEN.name} is written.")


def _available(console: Console) -> Iterator[str]:
    """The contenders that can run here; says why one cannot."""
    is_missing = {
        "tantivy": not importlib.util.find_spec("tantivy"),
        "Xapian": find_xapian() is None,
    }
    remedies = {"tantivy": "pip install -e .[bench]", "Xapian": "apt-get install python3-xapian"}
    for library in (library for library, missing in is_missing.items() if missing):
        remedy = remedies[library]
        console.print(f"{library} cannot be loaded by this Python and is left out: {remedy}")
    for name in CONTENDERS:
        if not is_missing.get(name.split()[0]):
            yield name


def _measured(
    names: Sequence[str], sizes: tuple[int, int], scratch: Path, shared: Path
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Contender -> its measures; sizes are for all, and the most for stock Whoosh."""
    folder = _prepared(scratch / "all", sizes[0], shared)
    for name in names:
        is_smaller = name == STOCK and sizes[1] < sizes[0]
        at = _prepared(scratch / "fewer", sizes[1], shared) if is_smaller else folder
        row = {"paragraphs": min(sizes) if is_smaller else sizes[0]}
        for action in ("build", "serve"):
            row |= _run(action, name, at)
        yield name, row


def _prepared(folder: Path, size: int, shared: Path) -> Path:
    data = folder / "data"
    data.mkdir(parents=True)
    dataset = write_dataset(data, sources_of(shared), size)
    save_tasks(make_tasks(dataset, phrases_of(shared)), data)
    write_truth(dataset, data)
    return folder


def sources_of(shared: Path) -> list[Path]:
    """The folders whose reports the sentences come from."""
    reports = shared / "reports"
    return [reports] if reports.is_dir() else [REPOSITORY / "corpus"]


def _source_name(shared: Path) -> str:
    return "real reports" if (shared / "reports").is_dir() else "the sample corpus"


def phrases_of(shared: Path) -> Sequence[str]:
    """Policy phrases to ask for."""
    listed = shared / "phrases.txt"
    if listed.is_file():
        return listed.read_text("utf-8").split()
    return [term for term in load_lexicon() if len(term) >= 4][:PHRASES]


def _run(action: str, name: str, folder: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "scripts.bench.search.worker", action, name, str(folder)]
    done = subprocess.run(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True, check=True)
    result: dict[str, Any] = json.loads(done.stdout)
    return result


if __name__ == "__main__":
    main()
