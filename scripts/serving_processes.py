"""Several web servers in processes of their own on one port: begun again, and ended together.

This process only keeps them: it opens neither archive nor index, and answers nobody.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
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
    count = processes_of(settings)
    host = settings.text("host")
    with (
        listening_apart(host, settings.number("port"), count) as listeners,
        tempfile.TemporaryDirectory(prefix="zhengwen-") as folder,
    ):
        facts = {"home": str(settings.home), "given": given, "shared": folder}
        begin = [partial(_begin, facts, of_one) for of_one in listeners]
        with _kept(begin) as first:
            on_ready(address_of(host, listeners[0]), json.loads(first)["has_accounts"])
            threading.Event().wait()


@contextmanager
def listening_apart(host: str, port: int, count: int) -> Iterator[list[list[socket.socket]]]:
    """The sockets of each of so many processes, all on one port.

    Linux spreads connections over sockets that share a port. With one socket, whichever process
    is awake takes them all: 3 and 47 of 50 were seen. They are opened here, so that what waits
    for a process that has died is answered by the next.

    Raises: PortInUseError if the address cannot be listened on.
    """
    with ExitStack() as stack:
        opened = [stack.enter_context(listening(host, port))]
        if sys.platform == "linux":
            # Opened alone first: a port that is shared would be shared with strangers, too.
            port = opened[0][0].getsockname()[1]
            stack.close()
            opened = [
                stack.enter_context(listening(host, port, is_shared=True)) for _ in range(count)
            ]
        yield opened if len(opened) == count else opened * count


def _begin(facts: Mapping[str, object], listeners: Sequence[socket.socket]) -> KeptProcess:
    descriptors = [listener.fileno() for listener in listeners]
    return KeptProcess(
        ["scripts.web_process", json.dumps({**facts, "listeners": descriptors})],
        descriptors,
        variables_with({METRICS_FOLDER: str(facts["shared"])}),
        is_heard=True,
    )


@contextmanager
def _kept(begin: Sequence[Callable[[], KeptProcess]]) -> Iterator[str]:
    """The processes while the block lasts, and what the first says when it is ready."""
    kept: list[KeptProcess] = []
    try:
        # Alone at first: what is to be made or brought up to date is not fought for.
        kept.append(begin[0]())
        first = kept[0].read_line()
        if not first:
            sys.exit(1)
        kept += [begin_one() for begin_one in begin[1:]]
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
