"""`zhengwen serve` in a process of its own, for whoever measures or photographs the site."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from archive.settings import SETTINGS_FILE

REPOSITORY = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Served:
    """A site that runs.

    Attributes:
        address: http://127.0.0.1:41234
        process: its number, or 0 if it is not known.
    """

    address: str
    process: int = 0


def lift_limits(home: Path) -> None:
    """Lets one address ask as often as it likes, where the home has no settings of its own."""
    settings = home / SETTINGS_FILE
    if not settings.exists():
        home.mkdir(parents=True, exist_ok=True)
        settings.write_text("[zhengwen]\nrequests_per_minute = 0\n", "utf-8")


@contextmanager
def serving(home: Path) -> Iterator[Served]:
    """The site of an archive, until the end of the block."""
    lift_limits(home)
    command = [sys.executable, "-m", "scripts.cli", "--home", str(home), "serve", "--port", "0"]
    server = subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        [address] = re.findall(r"http://[\w.:]+", server.stdout.readline())
        yield Served(address, server.pid)
    finally:
        server.terminate()
        server.communicate()
