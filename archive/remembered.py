"""What is asked of the store at every search and changes with it only: read once for each state."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from sqlalchemy import Connection

from archive.database import Database

Value = TypeVar("Value")


class Remembered(Generic[Value]):
    """A value read from a database, read again when anything was committed since."""

    def __init__(self, database: Database, read: Callable[[Connection], Value]) -> None:
        self._database = database
        self._read = read
        self._lock = threading.Lock()
        self._known: tuple[int, Value] | None = None

    def get(self) -> Value:
        """The value as the latest commit has it; shared, so nobody may change it.

        Raises: StoreError if the database cannot be read.
        """
        # Asked before reading: what is committed between the two is read again the next time.
        number = self._database.change_number()
        known = self._known
        if known is not None and known[0] == number:
            return known[1]
        with self._lock, self._database.read() as connection:
            value = self._read(connection)
            self._known = number, value
        return value
