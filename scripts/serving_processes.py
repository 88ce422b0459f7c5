"""Several web servers in processes of their own on one socket: begun again, and ended together.

This process only keeps them: it opens neither archive nor index, and answers nobody.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial

from archive.settings import Settings, variables_with
from scripts.kept import KeptProcess
from scripts.serving import address_of, end_on_signals, listening

MOST_BY_DEFAULT = 4
MEMORY_OF_ONE = 1024**3
"""Bytes of the machine's memory for each process that is begun unasked."""

METRICS_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""Names the folder in which prometheus_client keeps what each process counts."""


def processes_of(settings: Settings) -> int:
    """How many processes the settings ask for, or else as many as cores and memory are good for."""
    asked = settings.number("processes")
    if not hasattr(os, "fork"):
        # A socket is handed down by its number, which Windows cannot do.
        return 1
    return asked or max(1, min(_cores(), _memory() // MEMORY_OF_ONE, MOST_BY_DEFAULT))


def serve_by_processes(
    settings: Settings,
    given: Mapping[str, str | None],
    on_ready: Callable[[str, bool], None],
) -> None:
    """Serves until interrupted or terminated.

    Args:
        given: the settings that were given as arguments.
        on_ready: called with the address, and whether there is an account, once the first
            process answers.
    Raises: PortInUseError if the address cannot be listened on. SystemExit with the exit code
        of the first process if that cannot begin; it has said why.
    """
    end_on_signals()
    host = settings.text("host")
    with (
        listening(host, settings.number("port")) as listeners,
        tempfile.TemporaryDirectory(prefix="zhengwen-") as folder,
    ):
        descriptors = [listener.fileno() for listener in listeners]
        facts = {
            "home": str(settings.home),
            "given": given,
            "listeners": descriptors,
            "shared": folder,
        }
        begin = partial(
            KeptProcess,
            ["scripts.web_process", json.dumps(facts)],
            descriptors,
            variables_with({METRICS_FOLDER: folder}),
            is_heard=True,
        )
        with _kept(begin, processes_of(settings)) as first:
            on_ready(address_of(host, listeners), json.loads(first)["has_accounts"])
            threading.Event().wait()


@contextmanager
def _kept(begin: Callable[[], KeptProcess], count: int) -> Iterator[str]:
    """The processes while the block lasts, and what the first says when it is ready."""
    kept: list[KeptProcess] = []
    try:
        # Alone at first: what is to be made or brought up to date is not fought for.
        kept.append(begin())
        first = kept[0].read_line()
        if not first:
            sys.exit(1)
        kept += [begin() for _ in range(count - 1)]
        yield first
    finally:
        # A second signal must not leave them behind, and all are told before any is waited for.
        for stopping in (signal.SIGTERM, signal.SIGINT):
            signal.signal(stopping, signal.SIG_IGN)
        for one in kept:
            one.end()
        for one in kept:
            one.stop()


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _memory() -> int:
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return MEMORY_OF_ONE
