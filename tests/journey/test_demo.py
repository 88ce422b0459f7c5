"""What `make run` does, in a process of its own: from nothing to an address with marked hits."""

import os
import re
import signal
import subprocess
import sys
import urllib.request

import pytest


@pytest.fixture
def demo(tmp_path):
    environment = {name: v for name, v in os.environ.items() if not name.startswith("ZHENGWEN_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "scripts.cli", "--home", tmp_path / "home", "demo", "--port", "0"],
        stdout=subprocess.PIPE,
        text=True,
        env={**environment, "PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"},
    )
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def read_address(process: subprocess.Popen) -> str:
    for line in process.stdout:
        if found := re.search(r"http://\S+", line):
            return found.group()
    raise AssertionError(f"no address was printed; exit code {process.wait()}")


def test_the_printed_address_shows_marked_hits_and_the_server_stops_when_told(demo):
    address = read_address(demo)

    with urllib.request.urlopen(address) as response:
        page = response.read().decode()
    assert page.count("<mark>枫桥经验</mark>") >= 5
    assert "望舒区" in page

    demo.send_signal(signal.SIGTERM)
    assert demo.wait(timeout=20) == 0
