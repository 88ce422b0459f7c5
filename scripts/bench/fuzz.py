"""Readers of files and queries under bytes that are chosen to reach all of their code.

    python -m scripts.bench.fuzz --seconds 60

Nothing may be raised but the errors that say what is wrong; no input may take ten seconds or a
gigabyte. An input that does is kept in the current folder, under the name that atheris prints.
Needs atheris, which runs on Linux with some releases of Python.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click

from webui.examples import EXAMPLES

TARGETS = ("query", "file")
SECONDS_FOR_ONE_INPUT = 10
MEGABYTES = 1024
LONGEST_INPUT = {"query": 400, "file": 20_000}

REPOSITORY = Path(__file__).resolve().parents[2]


def fuzz(target: str, seconds: int, folder: Path) -> int:
    """Exit code of a run over one target: 0 if nothing was found.

    Args:
        folder: where an input is kept over which something was raised.
    """
    with tempfile.TemporaryDirectory(prefix="zhengwen-fuzz-") as seeds:
        for number, seed in enumerate(_seeds(target)):
            Path(seeds, str(number)).write_bytes(seed)
        options = {
            "max_total_time": seconds,
            "timeout": SECONDS_FOR_ONE_INPUT,
            "rss_limit_mb": MEGABYTES,
            "max_len": LONGEST_INPUT[target],
            "verbosity": 0,
            "artifact_prefix": f"{folder}/",
        }
        program = [sys.executable, "-m", "scripts.bench.fuzz_targets", target]
        given = [f"-{name}={value}" for name, value in options.items()]
        return subprocess.run([*program, *given, seeds], check=False).returncode


def _seeds(target: str) -> Iterator[bytes]:
    if target == "query":
        for ways in EXAMPLES.values():
            yield from (query.encode() for one in ways for query in one.queries)
        return
    for path in sorted((REPOSITORY / "corpus").iterdir()):
        if path.suffix in (".html", ".txt"):
            yield (b"\0" if path.suffix == ".html" else b"\1") + path.read_bytes()[:20_000]


@click.command()
@click.option("--seconds", default=60)
@click.option("--target", "targets", multiple=True, type=click.Choice(TARGETS), default=TARGETS)
def main(seconds: int, targets: tuple[str, ...]) -> None:
    """Fuzzes each target for so long; exit code 1 if anything was found."""
    codes = {target: fuzz(target, seconds, Path()) for target in targets}
    for target, code in codes.items():
        click.echo(f"{target}: {'nothing was found' if code == 0 else f'exit code {code}'}")
    raise SystemExit(any(codes.values()))


if __name__ == "__main__":
    main()
