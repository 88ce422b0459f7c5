"""How long the answer to a query may take."""

from __future__ import annotations

import time
from collections.abc import Callable

from archive.errors import QueryTooCostlyError


class Deadline:
    """A moment after which an evaluation gives up; engines ask it between two steps.

    Args:
        seconds: from now, > 0.
        clock: seconds that pass, instead of the system's own in tests.
    """

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._clock = clock
        self._end = clock() + seconds

    def check(self) -> None:
        """Raises QueryTooCostlyError once the moment has passed."""
        if self._clock() >= self._end:
            raise QueryTooCostlyError(seconds=f"{self._seconds:g}")
