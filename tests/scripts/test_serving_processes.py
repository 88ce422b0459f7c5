"""Several web processes on one socket: a real server, two processes, and what must hold of both."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import urlencode

import pytest

from archive.access.accounts import Role
from archive.intake import open_archive, take_in
from archive.settings import load_settings
from index.builds import LiveIndex
from index.indexer import index_pending
from scripts.serving import listening
from scripts.serving_processes import processes_of

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc")

SECONDS = 60
REPORT = "政府工作报告\n" + "三号渡口换上新船，两岸往来更加方便，沿江集市重新开张。\n" * 9
PASSWORD = "a long enough password"


@pytest.fixture
def settings(tmp_path):
    settings = load_settings(tmp_path / "home", environment={})
    with open_archive(settings) as archive:
        archive.access.accounts.add("wang", PASSWORD, Role.EDITOR)
    return settings


class Server:
    """`zhengwen serve --processes 2`."""

    def __init__(self, home, **given):
        environment = {k: v for k, v in os.environ.items() if not k.startswith("ZHENGWEN_")}
        environment |= {"ZHENGWEN_LANGUAGE": "en", "PYTHONUNBUFFERED": "1"}
        environment |= {f"ZHENGWEN_{name.upper()}": str(value) for name, value in given.items()}
        line = ["-m", "scripts.cli", "--home", str(home), "serve", "--port", "0"]
        self.process = subprocess.Popen(
            [sys.executable, *line, "--processes", "2"],
            env=environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self.connections = []
        self.port = int(re.search(r":(\d+)/", self.process.stdout.readline())[1])

    def web_processes(self):
        """The numbers of the processes that answer."""
        return [pid for pid in children(self.process.pid) if "scripts.web_process" in line_of(pid)]

    def connect_to_both(self):
        """Process number -> an open connection that it answers, for the two processes."""
        found, deadline = {}, time.monotonic() + SECONDS
        while len(found) < 2:
            assert time.monotonic() < deadline, "only one process answers"
            connection = Connection(self.port)
            self.connections.append(connection)
            connection.ask("/healthz")
            found.setdefault(self.process_behind(connection), connection)
        return found

    def process_behind(self, connection):
        """The process that answers a connection, by the table of the system."""
        port = connection.sock.getsockname()[1]
        lines = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
        ends = f":{self.port:04X}", f":{port:04X}"
        # State 01: established; one that has just been closed may have the same ports.
        # The table may hold a line twice, because it changes while it is read.
        [inode] = {one[9] for one in lines if (one[1][8:], one[2][8:], one[3]) == (*ends, "01")}
        [pid] = [pid for pid in self.web_processes() if has_open(pid, f"socket:[{inode}]")]
        return pid


def has_open(pid, what):
    """Whether a process has a file open; its files come and go meanwhile."""
    for file in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(OSError):
            if str(file.readlink()) == what:
                return True
    return False


class Connection(http.client.HTTPConnection):
    """A connection that stays open, so that the same process answers."""

    def __init__(self, port):
        super().__init__("127.0.0.1", port, timeout=SECONDS)

    def status_of(self, path, method="GET", body=None, headers=None):
        self.request(method, path, body, headers or {})
        self.answer = self.getresponse()
        self.text = self.answer.read().decode()
        return self.answer.status

    def ask(self, path):
        assert self.status_of(path) == 200
        return self.text


def children(pid):
    found = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for file in found for child in file.read_text().split()]


def line_of(pid):
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""


def wait_until(holds):
    deadline = time.monotonic() + SECONDS
    while not holds():
        assert time.monotonic() < deadline


@pytest.fixture
def serve(settings):
    started = []

    def serve(**given):
        started.append(Server(settings.home, **given))
        return started[-1]

    yield serve
    for server in started:
        for connection in server.connections:
            connection.close()
        server.process.terminate()
        server.process.wait(SECONDS)
        server.process.stdout.close()


def test_a_killed_web_process_comes_back_and_the_other_answers_meanwhile(serve):
    server = serve()
    [(killed, _), (kept, connection)] = server.connect_to_both().items()

    os.kill(killed, signal.SIGKILL)

    assert connection.status_of("/help") == 200
    again = server.connect_to_both()
    assert killed not in again
    assert kept in again
    assert [one.status_of("/help") for one in again.values()] == [200, 200]


def test_both_processes_find_a_new_report_at_the_next_search(serve, settings):
    both = list(serve().connect_to_both().values())
    address = "/api/v1/search?" + urlencode({"q": "渡口"})
    assert ['"total":0' in one.ask(address).replace(" ", "") for one in both] == [True, True]

    with open_archive(settings) as archive, closing(LiveIndex(settings.search)) as live:
        take_in(REPORT.encode(), "report.txt", archive)
        index_pending(archive.store, live)

    assert ['"total":0' in one.ask(address).replace(" ", "") for one in both] == [False, False]


def test_requests_are_limited_and_counted_over_both_processes_together(serve):
    both = list(serve(requests_per_minute=60).connect_to_both().values())
    began = time.monotonic()

    statuses = [one.status_of("/help") for _ in range(50) for one in both]

    refilled = time.monotonic() - began
    assert 30 < statuses.count(200) <= 60 + refilled + 1
    assert statuses.count(200) + statuses.count(429) == 100
    wait_until(lambda: both[0].status_of("/metrics") == 200)
    counted = re.findall(r'requests_total{.*route="/help",status="(\d+)"} (\S+)', both[0].text)
    assert {int(status): float(count) for status, count in counted} == {
        200: statuses.count(200),
        429: statuses.count(429),
    }


def sign_in(connection, password):
    """The status of the answer to somebody new who gives a password."""
    form = connection.ask("/sign-in")
    cookie = connection.answer.headers["Set-Cookie"].split(";")[0]
    mark = re.search(r'name="csrf" value="([^"]+)"', form)[1]
    fields = urlencode({"csrf": mark, "name": "wang", "password": password})
    kind = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
    return connection.status_of("/sign-in", "POST", fields, {**kind, "Cookie": cookie})


def test_failed_attempts_to_sign_in_are_counted_over_both_processes_together(serve):
    both = serve(requests_per_minute=0).connect_to_both().values()
    statuses = []

    while statuses[-2:] != [429, 429]:
        statuses += [sign_in(one, "a wrong password") for one in both]

    # Two processes that count apart would let four through each. Of one count it is four, or one
    # more for each delay (5, 10, 20 seconds) that a busy machine has slept over.
    assert 4 <= len(statuses) - statuses.count(429) < 8
    assert set(statuses) == {401, 429}


def test_who_signed_in_at_one_process_may_upload_at_the_other(serve):
    both = list(serve().connect_to_both().values())
    assert sign_in(both[0], PASSWORD) == 303

    signed_in = {"Cookie": both[0].answer.headers["Set-Cookie"].split(";")[0]}

    assert [one.status_of("/uploads", headers=signed_in) for one in both] == [200, 200]


@pytest.mark.parametrize("stopping", [signal.SIGTERM, signal.SIGINT])
def test_a_server_that_is_told_to_stop_ends_all_its_processes(serve, stopping):
    server = serve()
    wait_until(lambda: len(server.web_processes()) == 2)
    begun = children(server.process.pid)

    server.process.send_signal(stopping)

    assert server.process.wait(SECONDS) == 0
    assert [line_of(pid) for pid in begun] == [""] * 3
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", server.port))


def test_nothing_is_left_of_a_server_that_is_killed(serve):
    server = serve()
    wait_until(lambda: len(server.web_processes()) == 2)
    begun = children(server.process.pid)

    server.process.kill()

    wait_until(lambda: not any(map(line_of, begun)))


def test_a_server_that_cannot_begin_says_why_and_ends(tmp_path):
    (tmp_path / "archive.sqlite").write_text("no database")

    line = ["-m", "scripts.cli", "--home", str(tmp_path), "serve", "--port", "0"]
    done = subprocess.run(
        [sys.executable, *line, "--processes", "2", "--no-worker"],
        capture_output=True,
        text=True,
        timeout=SECONDS,
    )

    assert done.returncode == 1
    assert "archive.sqlite" in done.stderr
    assert "Traceback" not in done.stderr


def test_there_are_as_many_processes_as_are_asked_for(tmp_path):
    asked = load_settings(tmp_path, {"processes": 3}, environment={})
    unasked = load_settings(tmp_path, environment={})

    assert processes_of(asked) == 3
    assert 1 <= processes_of(unasked) <= min(4, os.cpu_count())


def test_a_port_that_a_killed_server_is_about_to_leave_is_waited_for():
    with listening("127.0.0.1", 0) as [taken]:
        port = taken.getsockname()[1]
        leaving = threading.Timer(0.3, taken.close)
        leaving.start()
        with listening("127.0.0.1", port) as [followed]:
            assert followed.getsockname()[1] == port
        leaving.join()
