"""How many requests a minute each address may send: a bucket that fills evenly."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address
from math import ceil
from pathlib import Path

from flask import Flask, Response, g, request

from archive.errors import TooManyRequestsError
from archive.settings import Settings
from webui.protection.shared import Counts, OwnCounts, open_counts

RETRY_SECONDS = 10
"""After an answer 503: the index is being built, a query was too costly."""

IPV6_NETWORK_BITS = 64
"""What one subscriber gets of IPv6 has so many addresses that they count as one."""

HEALTH_PATHS = ("/healthz", "/readyz")
"""Whoever watches the server must not be turned away."""


class Buckets:
    """A bucket for each address, full at the beginning."""

    def __init__(
        self,
        per_minute: int,
        clock: Callable[[], float] = time.monotonic,
        levels: Counts | None = None,
    ) -> None:
        self._size = float(per_minute)
        self._a_second = per_minute / 60
        self._clock = clock
        self._lock = threading.Lock()
        self._levels = levels or OwnCounts()

    def take(self, address: str) -> int:
        """0 if the request may be answered, else the seconds after which the next one may."""
        with self._lock:
            now = self._clock()
            level, at = self._levels.get(address) or (self._size, now)
            level = min(self._size, level + (now - at) * self._a_second)
            is_allowed = level >= 1
            self._levels.put(address, level - 1 if is_allowed else level, at=now)
            return 0 if is_allowed else max(1, ceil((1 - level) / self._a_second))


def install(app: Flask, settings: Settings, shared: Path | None) -> None:
    """Limits what each address may ask, and says when to come back.

    Args:
        shared: the folder of what several processes count together; None if there is one only.
    """
    per_minute = settings.number("requests_per_minute")
    app.after_request(_say_when)
    if not per_minute:
        return
    buckets = Buckets(per_minute, levels=open_counts(shared, "buckets", 1))

    @app.before_request
    def limit() -> None:
        if request.endpoint == "static" or request.path in HEALTH_PATHS:
            return
        if seconds := buckets.take(network_of(request.remote_addr or "")):
            g.retry_seconds = seconds
            raise TooManyRequestsError(seconds=seconds)


def network_of(address: str) -> str:
    """What counts as one address."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if not isinstance(parsed, IPv6Address):
        return address
    return str(parsed.ipv4_mapped or int(parsed) >> (128 - IPV6_NETWORK_BITS))


def is_loopback(address: str) -> bool:
    """Whether an address is this machine's own."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    return ((isinstance(parsed, IPv6Address) and parsed.ipv4_mapped) or parsed).is_loopback


def _say_when(response: Response) -> Response:
    if response.status_code in (429, 503):
        response.headers.setdefault("Retry-After", str(g.get("retry_seconds") or RETRY_SECONDS))
    return response
