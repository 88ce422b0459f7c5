"""A web server in this process, until it is told to stop: used by `serve` and by `demo`."""

from __future__ import annotations

import logging
import select
import signal
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, NoReturn

from archive.errors import PortInUseError

if TYPE_CHECKING:
    from flask import Flask

THREADS = 4

BODY_ROOM = 2
"""Up to so many times the limit of an upload, the application answers itself and says the limit."""

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
    from waitress import create_server

    # It would log every request that waits for a thread.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)

    try:
        server = create_server(app, host=host, port=port, threads=THREADS, **limits_of(app))
    except OSError as error:
        raise PortInUseError(host=host, port=port, reason=error.strerror) from error
    for stopping in (signal.SIGTERM, signal.SIGINT):
        signal.signal(stopping, _stop)
    on_ready(_address(host, int(server.effective_port)))
    try:
        server.run()
    finally:
        server.close()


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


def _address(host: str, port: int) -> str:
    shown = "127.0.0.1" if host in ("", "0.0.0.0", "::") else host
    return f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"
