"""What is fuzzed, as a program of its own: atheris calls a target with bytes that reach new code.

python -m scripts.bench.fuzz_targets query -max_total_time=60 SEEDS
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import atheris

with atheris.instrument_imports(include=["archive", "index.query"]):
    from archive.errors import QuerySyntaxError
    from archive.ingest import ingest
    from archive.refusals import IngestError
    from index.query.describe import describe
    from index.query.parser import parse
    from index.query.writer import write

ENDINGS = ("html", "txt", "mht")
"""Formats that are read in the process itself."""


def read_any_file(data: bytes) -> None:
    """Any bytes become a document, or one error that says why not."""
    try:
        ingest(data[1:], f"a.{ENDINGS[data[0] % len(ENDINGS)] if data else 'txt'}")
    except IngestError as error:
        error.message("zh")


def read_any_query(data: bytes) -> None:
    """Any text is a query, or one error that says why not; what is written of it is a query."""
    try:
        node = parse(data.decode("utf-8", "replace"))
    except QuerySyntaxError as error:
        error.message("zh")
        return
    describe(node)
    parse(write(node))


TARGETS: dict[str, Callable[[bytes], None]] = {"file": read_any_file, "query": read_any_query}

if __name__ == "__main__":
    name = sys.argv.pop(1)
    atheris.Setup(sys.argv, TARGETS[name])
    atheris.Fuzz()
