"""How long to wait after failed attempts to sign in: longer with each of them."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

FIRST_DELAY = 5
"""Seconds; doubled with each attempt."""

FREE_FOR_ACCOUNT, LONGEST_FOR_ACCOUNT = 4, 60
"""Anybody can make an account wait by guessing at it, so it never waits for long."""

FREE_FOR_ADDRESS, LONGEST_FOR_ADDRESS = 10, 900
"""Several people may share an address; the delay is what stops guessing at many accounts."""

FORGOTTEN_AFTER = 3_600
"""Seconds without an attempt."""

MOST_KEYS = 50_000


@dataclass(slots=True)
class _Attempts:
    count: int = 0
    last: float = 0.0
    open_again: float = 0.0


class Throttle:
    """Counts attempts by account and by address, in this process."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._known: OrderedDict[tuple[str, str], _Attempts] = OrderedDict()

    def attempt(self, account: str, address: str) -> int:
        """Seconds to wait, or 0 for an attempt that may be made now.

        It counts as failed until succeeded says otherwise, so that several at once are no way
        around the delay.
        """
        with self._lock:
            now = self._clock()
            keys = {
                ("account", account[:64]): (FREE_FOR_ACCOUNT, LONGEST_FOR_ACCOUNT),
                ("address", address): (FREE_FOR_ADDRESS, LONGEST_FOR_ADDRESS),
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
            self._known.pop(("account", account[:64]), None)
            attempts = self._known.get(("address", address))
            if attempts:
                attempts.count -= 1
                attempts.open_again = 0.0

    def _find(self, key: tuple[str, str], now: float) -> _Attempts:
        attempts = self._known.get(key)
        if attempts is None or now - attempts.last > FORGOTTEN_AFTER:
            return _Attempts()
        return attempts

    def _count(self, key: tuple[str, str], now: float, free: int, longest: int) -> None:
        attempts = self._find(key, now)
        attempts.count += 1
        attempts.last = now
        excess = attempts.count - free
        delay = min(FIRST_DELAY * 2.0 ** min(excess, 20), longest) if excess >= 0 else 0.0
        attempts.open_again = now + delay
        self._known[key] = attempts
        self._known.move_to_end(key)
        while len(self._known) > MOST_KEYS:
            self._known.popitem(last=False)
