"""One contender in a process of its own: builds an index, or serves it and is measured.

    python -m scripts.bench.search.worker build NAME FOLDER
    python -m scripts.bench.search.worker serve NAME FOLDER

The folder holds the data set in `data`; the index is in a folder of the contender's name. The
result is printed as one line of JSON.
"""

from __future__ import annotations

import importlib
import json
import math
import resource
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from scripts.bench.search.contender import Contender, Server
from scripts.bench.search.tasks import Task, iter_truth, load_tasks
from scripts.bench.search.texts import Dataset, marker

CONTENDERS = {
    "zhengwen": "zhengwen.ENGINE",
    "zhengwen product": "zhengwen.PRODUCT",
    "stock Whoosh": "stock_whoosh.STOCK",
    "FTS5 words": "fts5.FTS5_WORDS",
    "FTS5 bigrams": "fts5.FTS5_BIGRAMS",
    "tantivy words": "tantivy_peer.TANTIVY_WORDS",
    "tantivy bigrams": "tantivy_peer.TANTIVY_BIGRAMS",
    "Xapian words": "xapian_peer.XAPIAN_WORDS",
    "Xapian bigrams": "xapian_peer.XAPIAN_BIGRAMS",
}
"""Name as shown -> module and value in `contenders`."""

WARM_RUNS = 3
PATIENCE_SECONDS = 30.0
"""A contender that takes longer for all questions once is asked once more instead of thrice."""


def load_contender(name: str) -> Contender:
    """The contender of a name. Raises: ImportError if its library is not installed."""
    module, value = CONTENDERS[name].split(".")
    loaded = importlib.import_module(f"scripts.bench.search.contenders.{module}")
    contender: Contender = getattr(loaded, value)
    return contender


def main() -> None:
    """Does what the arguments say."""
    action, name, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    contender, dataset = load_contender(name), Dataset(folder / "data")
    run = {"build": _build, "serve": _serve}[action]
    print(json.dumps(run(contender, dataset, folder / name)))


def _build(contender: Contender, dataset: Dataset, folder: Path) -> dict[str, Any]:
    folder.mkdir()
    started = time.perf_counter()
    contender.build(dataset, folder)
    seconds = time.perf_counter() - started
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return {"build_seconds": seconds, "build_mb": _peak_mb(), "index_mb": size / 1e6}


def _serve(contender: Contender, dataset: Dataset, folder: Path) -> dict[str, Any]:
    tasks = load_tasks(dataset.folder)
    dataset.text(0)
    started = time.perf_counter()
    server = contender.serve(dataset, folder)
    server.answer(tasks[0])
    opened = time.perf_counter() - started
    cold = [_timed(server.answer, task) for task in tasks]
    runs = WARM_RUNS if sum(cold) < PATIENCE_SECONDS else 1
    warm = [statistics.median(_timed(server.answer, task) for _ in range(runs)) for task in tasks]
    result = {
        "open_seconds": opened,
        "cold_ms": _by_kind(tasks, cold),
        "warm_ms": _by_kind(tasks, warm),
        "serve_mb": _peak_mb(),
        **_exactness(server, dataset),
    }
    return {**result, "one_more_seconds": _one_more(server, dataset)}


def _timed(call: Callable[[Task], object], task: Task) -> float:
    started = time.perf_counter()
    call(task)
    return time.perf_counter() - started


def _by_kind(tasks: Sequence[Task], seconds: Sequence[float]) -> dict[str, tuple[float, float]]:
    """Kind -> median and 95th percentile in milliseconds."""
    groups: dict[str, list[float]] = defaultdict(list)
    for task, measured in zip(tasks, seconds, strict=True):
        groups[task.kind].append(measured * 1000)
    return {
        kind: (statistics.median(values), float(np.percentile(values, 95)))
        for kind, values in groups.items()
    }


def _exactness(server: Server, dataset: Dataset) -> dict[str, float]:
    """Means over the strings: share of true paragraphs found, share of found ones that are true."""
    found, right = [], []
    for piece, true in iter_truth(dataset.folder):
        numbers = np.array(list(server.find_all(piece)), np.int64)
        both = len(np.intersect1d(numbers, true))
        found.append(both / len(true))
        if len(numbers):
            right.append(both / len(numbers))
    return {"recall": statistics.mean(found), "precision": statistics.mean(right or [0.0])}


def _one_more(server: Server, dataset: Dataset) -> float:
    """The median time from handing a report over until its marker is found; NaN if it never is."""
    measured = []
    for number, report in enumerate(dataset.more_reports()):
        started = time.perf_counter()
        server.add(report)
        is_found = _finds(server, marker(number))
        measured.append(time.perf_counter() - started if is_found else math.nan)
    return statistics.median(measured)


def _finds(server: Server, text: str) -> bool:
    """Whether a string of one report only is found, by its words where not as a string."""
    as_string = server.answer(Task("", (text,), is_quoted=True)).total
    return as_string == 1 or server.answer(Task("", (text,))).total >= 1


def _peak_mb() -> float:
    """The most memory that this process has had; what its parent had does not count."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    rows = dict(line.split(":", 1) for line in status.read_text("ascii").splitlines())
    return int(rows["VmHWM"].split()[0]) / 1000


if __name__ == "__main__":
    main()
