"""The command as a process: exit codes and pipes, which only a process has."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest


@pytest.fixture
def start(tmp_path):
    environment = {name: v for name, v in os.environ.items() if not name.startswith("ZHENGWEN_")}
    environment |= {"PYTHONIOENCODING": "utf-8", "PYTHONUNBUFFERED": "1"}
    started = []

    def start(*arguments: str, **options) -> subprocess.Popen:
        command = [sys.executable, "-m", "scripts.cli", "--home", str(tmp_path), *arguments]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        started.append(subprocess.Popen(command, env=environment, text=True, **pipes, **options))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.communicate()


def test_done_our_error_and_usage_have_their_exit_codes(start):
    assert start("settings").wait() == 0
    assert start("search", "枫桥").wait() == 1
    assert start("search").wait() == 2


@pytest.mark.parametrize("stopping", [signal.SIGINT, signal.SIGTERM])
def test_a_server_that_is_told_to_stop_is_done(start, stopping):
    process = start("serve", "--port", "0")
    assert "http://127.0.0.1:" in process.stdout.readline()

    process.send_signal(stopping)

    assert process.wait(timeout=60) == 0


def test_requests_that_wait_for_a_thread_are_not_logged(start):
    process = start("serve", "--port", "0")
    port = int(process.stdout.readline().split("127.0.0.1:")[1].split("/")[0])
    asked = [socket.create_connection(("127.0.0.1", port), timeout=60) for _ in range(30)]
    for connection in asked:
        connection.sendall(b"GET /help HTTP/1.0\r\nHost: localhost\r\n\r\n")
    for connection in asked:
        with connection, connection.makefile("rb") as answer:
            assert answer.read().startswith(b"HTTP/1.0 200")

    process.send_signal(signal.SIGTERM)

    assert process.wait(timeout=60) == 0
    assert "queue" not in process.stderr.read()


def test_a_reader_that_goes_away_gets_no_traceback(start, corpus):
    start("add", str(corpus)).wait()
    process = start("list")
    process.stdout.close()

    process.wait(timeout=60)
    assert process.stderr.read() == ""


def test_a_port_that_is_taken_is_one_sentence_with_a_remedy(start):
    first = start("serve", "--port", "0")
    port = first.stdout.readline().split("127.0.0.1:")[1].split("/")[0]

    second = start("serve", "--port", port)

    assert second.wait(timeout=60) == 1
    assert "--port" in second.stderr.read()


def test_a_server_logs_json_when_it_is_told_to(start):
    process = start("serve", "--port", "0", "--log-format", "json")
    address = re.search(r"http://[\d.:]+", process.stdout.readline())[0]

    with urllib.request.urlopen(f"{address}/healthz") as answer:
        request_id = answer.headers["X-Request-ID"]
    process.terminate()

    lines = [json.loads(line) for line in process.stderr]
    [line] = [line for line in lines if line.get("route") == "/healthz"]
    assert line["request_id"] == request_id
