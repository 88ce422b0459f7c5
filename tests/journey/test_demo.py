"""What `make run` does, in a process of its own: from nothing to an address with marked hits."""

import os
import re
import signal
import subprocess
import sys
import urllib.error
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
    assert demo.wait(timeout=60) == 0


def test_the_printed_link_signs_in_once_and_leads_to_the_form(demo):
    address = read_address(demo)
    link = read_address(demo)
    assert link.startswith(address.split("/?")[0] + "/sign-in/once/")
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())

    with browser.open(link) as response:
        page = response.read().decode()
    assert response.url.endswith("/uploads")
    assert 'type="file"' in page

    with pytest.raises(urllib.error.HTTPError) as refused, urllib.request.urlopen(link):
        pass
    refused.value.close()
    assert refused.value.code == 404


def test_a_home_without_accounts_says_how_to_make_one(tmp_path):
    for has_account in (False, True):
        environment = {k: v for k, v in os.environ.items() if not k.startswith("ZHENGWEN_")}
        line = [sys.executable, "-m", "scripts.cli", "--home", tmp_path / "home"]
        if has_account:
            subprocess.run(
                [*line, "account", "add", "wang", "--password-stdin"],
                input="a long enough password\n",
                text=True,
                check=True,
                capture_output=True,
                env=environment,
            )
        with subprocess.Popen(
            [*line, "serve", "--port", "0"],
            stdout=subprocess.PIPE,
            text=True,
            env={**environment, "PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"},
        ) as process:
            first = read_address(process)
            process.send_signal(signal.SIGTERM)
            rest = process.stdout.read()
        assert first.startswith("http://127.0.0.1:")
        assert ("zhengwen account add" in rest) is not has_account
