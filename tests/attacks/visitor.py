"""Somebody who sends whatever they like, byte for byte, and a server of its own process."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from bs4 import BeautifulSoup

NAME, PASSWORD = "王编辑", "竹海古道，四十公里长"
SECONDS = 60
"""How long an answer may take before it counts as a hang."""


@dataclass(frozen=True)
class Answer:
    """What came back; headers in small letters, several of one name in order."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def all(self, name: str) -> list[str]:
        return [value for key, value in self.headers if key == name.lower()]

    def header(self, name: str) -> str:
        return ", ".join(self.all(name))

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def page(self) -> BeautifulSoup:
        return BeautifulSoup(self.text, "html.parser")


@dataclass
class Visitor:
    """A client that keeps cookies and follows nothing."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        connection = HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        try:
            connection.request(method, path, body, sent)
            response = connection.getresponse()
            pairs = [(name.lower(), value) for name, value in response.getheaders()]
            answer = Answer(response.status, pairs, response.read())
        finally:
            connection.close()
        for cookie in answer.all("Set-Cookie"):
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        return answer

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, None, **headers)

    def mark(self, path: str = "/sign-in") -> str:
        """The mark that the forms of this session carry."""
        return str(self.get(path).page.select_one("input[name=csrf]")["value"])

    def post(self, path: str, fields: dict[str, str], **headers: str) -> Answer:
        """A form, as a page of this site sends it unless the headers say otherwise."""
        sent = {
            "Content_Type": "application/x-www-form-urlencoded",
            "Sec_Fetch_Site": "same-origin",
            **headers,
        }
        return self.ask("POST", path, urlencode(fields).encode(), **sent)

    def sign_in(self, **fields: str) -> Answer:
        return self.post(
            "/sign-in", {"csrf": self.mark(), "name": NAME, "password": PASSWORD, **fields}
        )

    def upload(self, data: bytes, file_name: str, path: str = "/uploads", **headers: str) -> Answer:
        """A file under a name that stands in the request as it is."""
        boundary = uuid.uuid4().hex
        mark = "" if "Authorization" in headers else self.mark("/uploads")
        parts = (
            f'--{boundary}\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n{mark}\r\n'
            f'--{boundary}\r\nContent-Disposition: form-data; name="files"; '
            f'filename="{file_name}"\r\n\r\n'
        )
        body = parts.encode() + data + f"\r\n--{boundary}--\r\n".encode()
        kind = f"multipart/form-data; boundary={boundary}"
        sent = {"Content_Type": kind, "Sec_Fetch_Site": "same-origin", **headers}
        return self.ask("POST", path, body, **sent)

    def settled(self, batch: str) -> str:
        """The address of a batch once it is known what became of each of its files."""
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            state = json.loads(self.get(f"/api/v1{batch}").body)
            under_way = ("received", "reading", "stored")
            if all(one["state"] not in under_way for one in state["uploads"]):
                return batch
        raise AssertionError(f"{batch} has not come to an end")

    def raw(self, *pieces: bytes) -> bytes:
        """All that the server says to these bytes until it closes or falls silent for a while."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=SECONDS) as connection:
            # Who is refused early is no longer listened to.
            with suppress(OSError):
                for piece in pieces:
                    connection.sendall(piece)
                connection.shutdown(socket.SHUT_WR)
            return b"".join(iter(lambda: _receive(connection), b""))


def _receive(connection: socket.socket) -> bytes:
    try:
        return connection.recv(65_536)
    except ConnectionResetError:
        return b""


@contextmanager
def running_server(home: Path, **settings: object) -> Iterator[Visitor]:
    """`zhengwen serve` over a home, and somebody who has not signed in."""
    environment = {name: v for name, v in os.environ.items() if not name.startswith("ZHENGWEN_")}
    given = {f"ZHENGWEN_{name.upper()}": str(value) for name, value in settings.items()}
    process = subprocess.Popen(
        [sys.executable, "-m", "scripts.cli", "--home", home, "serve", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**environment, **given, "PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"},
    )
    # Its log is read all the time: a full pipe would make it wait.
    drain = threading.Thread(target=process.stdout.read)
    try:
        visitor = Visitor(_port(process))
        drain.start()
        yield visitor
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=SECONDS)
        if drain.is_alive():
            drain.join()
        process.stdout.close()


def _port(process: subprocess.Popen) -> int:
    said = []
    for line in process.stdout:
        if found := re.search(r"http://127\.0\.0\.1:(\d+)", line):
            return int(found[1])
        said.append(line)
    raise AssertionError("".join(said))
