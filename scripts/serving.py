"""A web server in this process, until it is told to stop: used by `serve` and by `demo`."""

from __future__ import annotations

import errno
import gc
import logging
import select
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, NoReturn

from archive.errors import PortInUseError

if TYPE_CHECKING:
    from flask import Flask

THREADS = 4

COLLECTED_AFTER = (20_000, 50, 100)
"""Objects more than before; collections of the young, of the middle-aged: see gc.set_threshold."""

BODY_ROOM = 2
"""Up to so many times the limit of an upload, the application answers itself and says the limit."""

WAITING = 1024
"""Connections that wait to be taken; the system may allow less."""

PORT_SECONDS = 5.0
"""So long a port that is taken is tried again: the processes of a server that was killed a moment
ago leave it when they notice."""

HEADER_BYTES = 64 * 1024
IDLE_CHECKS_SECONDS = 30
CONNECTIONS = 800
"""Below the 1,024 files that a process may usually open."""


def serve_until_stopped(app: Flask, host: str, port: int, on_ready: Callable[[str], None]) -> None:
    """Serves until interrupted or terminated.

    Args:
        port: 0 for any free port.
        on_ready: called with the address, "http://127.0.0.1:8383", once connections are taken.
    Raises: PortInUseError if the address cannot be listened on.
    """
    with listening(host, port) as listeners:
        end_on_signals()
        serve_on(app, listeners, lambda: on_ready(address_of(host, listeners)))


@contextmanager
def listening(host: str, port: int, *, is_shared: bool = False) -> Iterator[list[socket.socket]]:
    """Sockets that take connections, one for each address of the host.

    Args:
        is_shared: whether other sockets of this user may listen on the port, too.
    Raises: PortInUseError if an address cannot be listened on.
    """
    with ExitStack() as stack:
        try:
            found = socket.getaddrinfo(
                host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
            )
            listeners = [
                stack.enter_context(_listen(family, address[:2], is_shared=is_shared))
                for family, *_, address in dict.fromkeys(found)
            ]
        except OSError as error:
            raise PortInUseError(host=host, port=port, reason=error.strerror) from error
        yield listeners


def _listen(family: int, address: tuple[str, int], *, is_shared: bool) -> socket.socket:
    patience = time.monotonic() + PORT_SECONDS
    while True:
        try:
            return socket.create_server(
                address, family=family, backlog=WAITING, reuse_port=is_shared
            )
        except OSError as error:
            if error.errno != errno.EADDRINUSE or time.monotonic() > patience:
                raise
            time.sleep(PORT_SECONDS / 50)


def serve_on(app: Flask, listeners: list[socket.socket], on_ready: Callable[[], None]) -> None:
    """Answers the connections of sockets until SystemExit."""
    from waitress import create_server

    # It would log every request that waits for a thread.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    _collect_less()
    server = create_server(app, sockets=listeners, threads=THREADS, **limits_of(app))
    on_ready()
    try:
        server.run()
    finally:
        server.close()


def _collect_less() -> None:
    """Lets Python look for cycles less often, and not among what is there for good.

    Pages make many objects and few cycles; looking for them took a tenth of a page's time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECTED_AFTER)


def end_on_signals() -> None:
    """Lets SIGTERM and SIGINT end this process as if it were done."""
    for stopping in (signal.SIGTERM, signal.SIGINT):
        signal.signal(stopping, _stop)


def limits_of(app: Flask) -> dict[str, object]:
    """What the server refuses before the application sees it, as waitress names it."""
    idle_seconds = app.config["IDLE_SECONDS"]
    return {
        "channel_timeout": idle_seconds,
        "cleanup_interval": min(IDLE_CHECKS_SECONDS, idle_seconds),
        "max_request_body_size": BODY_ROOM * app.config["MAX_CONTENT_LENGTH"],
        "max_request_header_size": HEADER_BYTES,
        # Whoever holds many connections open must not keep the others out.
        "connection_limit": CONNECTIONS,
        "asyncore_use_poll": hasattr(select, "poll"),
        # What proxies say is believed, or not, by the application; see the setting proxies.
        "clear_untrusted_proxy_headers": False,
        "ident": None,
    }


def _stop(_signal: int, _frame: object) -> NoReturn:
    # Waitress ends its loop cleanly on SystemExit.
    sys.exit(0)


def address_of(host: str, listeners: list[socket.socket]) -> str:
    """The address that a reader can open."""
    port = listeners[0].getsockname()[1]
    shown = "127.0.0.1" if host in ("", "0.0.0.0", "::") else host
    return f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"
