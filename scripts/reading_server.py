"""Processes that read files, forked from one that has loaded all that reading takes.

    python -m scripts.reading_server SOCKET [SUFFIX...]

What is loaded before a fork lies in memory once for all of them. Forking this process and not
the one that adds is safe, because it has no threads, no database and no index. It is started by
scripts.readers and ends with everything it has begun when the other end of its socket is closed.
"""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib.resources import files
from multiprocessing.connection import Connection

from archive.preparation import Prepared, try_to_prepare
from archive.statements.sidecar import Sidecar

SAMPLES = {
    ".txt": "qingyu-2021.txt",
    ".html": "lanxi-2021.html",
    ".docx": "lanxi-2023.docx",
}
"""A report in each format that is read in the process itself: reading it loads the parsers."""


def main(control: socket.socket, suffixes: Sequence[str]) -> None:
    """Forks a process for each connection that comes over a socket, until that is closed.

    Each says that it is there before it reads. At the end all are ended, whatever they are doing,
    with what they have started: they are of the group of this process, which must be its own.
    """
    _load(suffixes)
    # The system takes leave of those that end, and waits for the last one below.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while connection := _next_connection(control):
        if os.fork() == 0:
            control.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            connection.send_bytes(b".")
            answer(connection)
            os._exit(0)
        connection.close()
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    os.killpg(0, signal.SIGTERM)
    with suppress(ChildProcessError):
        os.wait()


def answer(connection: Connection) -> None:
    """Reads the files that come over a connection, until it is closed."""
    # Ctrl-C is for the one who adds; he ends those who read.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        while True:
            connection.send(read_outcome(*connection.recv()))
    except (EOFError, OSError):
        return


def read_outcome(data: bytes, name: str, stated: Sidecar) -> Prepared | Exception:
    """What was read, or the error that reading it raised: one of many, as it can be sent."""
    try:
        return try_to_prepare(data, name, stated)
    except Exception as error:
        # It concerns every file, so it is raised where they are added.
        return error


def _load(suffixes: Sequence[str]) -> None:
    for suffix in (".txt", *suffixes):
        name = SAMPLES[suffix]
        try_to_prepare(files("corpus").joinpath(name).read_bytes(), name)
    gc.collect()
    # Looking for cycles writes to every object, and each page written to is copied.
    gc.freeze()


def _next_connection(control: socket.socket) -> Connection | None:
    _, descriptors, _, _ = socket.recv_fds(control, 1, 1)
    return Connection(descriptors[0]) if descriptors else None


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])), sys.argv[2:])
