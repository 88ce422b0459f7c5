"""How long to wait after failed attempts to sign in: longer with each of them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from webui.protection.shared import Counts, OwnCounts

FIRST_DELAY = 5
"""Seconds; doubled with each attempt."""

FREE_FOR_ACCOUNT, LONGEST_FOR_ACCOUNT = 4, 60
"""Anybody can make an account wait by guessing at it, so it never waits for long."""

FREE_FOR_ADDRESS, LONGEST_FOR_ADDRESS = 10, 900
"""Several people may share an address; the delay is what stops guessing at many accounts."""

FORGOTTEN_AFTER = 3_600
"""Seconds without an attempt."""


@dataclass(frozen=True, slots=True)
class _Attempts:
    count: float = 0
    open_again: float = 0


class Throttle:
    """Counts attempts by account and by address."""

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, counts: Counts | None = None
    ) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._counts = counts or OwnCounts()

    def attempt(self, account: str, address: str) -> int:
        """Seconds to wait, or 0 for an attempt that may be made now.

        It counts as failed until succeeded says otherwise, so that several at once are no way
        around the delay.
        """
        with self._lock:
            now = self._clock()
            keys = {
                _account(account): (FREE_FOR_ACCOUNT, LONGEST_FOR_ACCOUNT),
                _address(address): (FREE_FOR_ADDRESS, LONGEST_FOR_ADDRESS),
            }
            wait = max(self._find(key, now).open_again - now for key in keys)
            if wait > 0:
                return int(wait) + 1
            for key, (free, longest) in keys.items():
                self._count(key, now, free, longest)
            return 0

    def succeeded(self, account: str, address: str) -> None:
        """Takes the last attempt back; whoever knows the password starts anew."""
        with self._lock:
            now = self._clock()
            before = self._find(_address(address), now)
            self._counts.put(_account(account), 0, 0, at=now)
            self._counts.put(_address(address), max(0, before.count - 1), 0, at=now)

    def _find(self, key: str, now: float) -> _Attempts:
        found = self._counts.get(key)
        if found is None or now - found[-1] > FORGOTTEN_AFTER:
            return _Attempts()
        count, open_again, _at = found
        return _Attempts(count, open_again)

    def _count(self, key: str, now: float, free: int, longest: int) -> None:
        count = self._find(key, now).count + 1
        excess = count - free
        delay = min(FIRST_DELAY * 2.0 ** min(excess, 20), longest) if excess >= 0 else 0.0
        self._counts.put(key, count, now + delay, at=now)


def _account(name: str) -> str:
    return f"account {name[:64]}"


def _address(address: str) -> str:
    return f"address {address}"
