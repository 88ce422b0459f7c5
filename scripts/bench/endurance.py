"""An archive under load: reports that cannot be mistaken, processes, and what must hold of them.

Used by kills and soak, and in short by the tests.
"""

from __future__ import annotations

import http.client
import json
import random
import subprocess
import sys
import threading
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit

from archive.access.accounts import Role
from archive.intake import Archive, open_archive
from archive.safekeeping.journal import list_damaged_journals
from archive.settings import load_settings
from archive.uploading.uploads import UNDER_WAY, UploadState
from index.builds import LiveIndex
from index.engine import SearchRequest
from index.indexer import Difference, compare
from index.query.parser import parse
from index.worker import worker_of
from scripts.background import lift_limits

_LETTERS = "山水田林湖草沙石桥路村镇渠坝井泉竹茶麦稻棉麻桑柳松柏梅兰荷菊"
_SECONDS_FOR_AN_ANSWER = 60.0
_SECONDS_FOR_ALL = 240.0


def random_words(chance: random.Random, letters: int) -> str:
    """So many letters, which mean nothing."""
    return "".join(chance.choices(_LETTERS, k=letters))


def make_report(chance: random.Random) -> tuple[str, bytes]:
    """A report, and a string that stands once in it and in no other."""
    mark = random_words(chance, 16)
    place = f"{random_words(chance, 2)}县"
    lines = [
        "政府工作报告",
        f"（2024年1月9日在{place}第五届人民代表大会第三次会议上）",
        f"{place}人民政府县长　辛禾",
        "各位代表：",
        f"现在，我代表{place}人民政府，向大会报告政府工作，请予审议。",
        "一、2023年工作回顾",
        *(f"{random_words(chance, 60)}，{random_words(chance, 40)}。" for _ in range(12)),
        f"二、2024年工作安排，记作{mark}。",
    ]
    return mark, "\n".join(lines).encode()


@dataclass(slots=True)
class Acknowledged:
    """Marks of the reports that a server has acknowledged; of several threads.

    Attributes:
        marks: acknowledged, in order.
        errors: answers that were none, or not as they should be.
    """

    marks: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, marks: list[str]) -> None:
        """Keeps the marks of reports that were acknowledged."""
        with self.lock:
            self.marks += marks

    def fail(self, what: str) -> None:
        """Keeps what went wrong."""
        with self.lock:
            self.errors.append(what)


@dataclass(slots=True)
class Site:
    """A home, and the processes over it."""

    home: Path
    address: str = ""
    token: str = ""
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def run(self, name: str, *arguments: str) -> subprocess.Popen[bytes]:
        """Starts a command of zhengwen over the home, under a name of ours."""
        command = [sys.executable, "-m", "scripts.cli", "--home", str(self.home), *arguments]
        log = (self.home.parent / f"{name}.log").open("ab")
        with log:
            process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log)
        before = self.processes.get(name)
        if before and before.stdout:
            before.stdout.close()
        self.processes[name] = process
        return process

    def serve(self, *arguments: str) -> None:
        """Starts a server, and waits until it takes connections and our token."""
        if not self.token:
            lift_limits(self.home)
            with open_archive(load_settings(self.home)) as archive:
                self.token = archive.access.tokens.add(f"load-{uuid.uuid4().hex}", Role.EDITOR)
        port = str(urlsplit(self.address).port or 0) if self.address else "0"
        process = self.run("serve", "serve", "--port", port, *arguments)
        assert process.stdout
        line = process.stdout.readline().decode()
        if "http://" not in line:
            raise RuntimeError(f"the server does not start: {line}")
        self.address = f"http://{line.split('http://')[1].split('/')[0]}"

    def kill(self, name: str) -> None:
        """Ends a process at this instant (SIGKILL)."""
        process = self.processes[name]
        process.kill()
        process.wait()
        assert process.stdout
        process.stdout.close()

    def stop(self) -> None:
        """Ends all processes."""
        for name in self.processes:
            self.kill(name)


def ask(address: str, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, str]:
    """Status and text of an answer. Raises: OSError, HTTPException if there is none."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(
        parts.hostname or "", parts.port, timeout=_SECONDS_FOR_AN_ANSWER
    )
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def upload(site: Site, files: list[bytes]) -> int:
    """The status with which files are answered, 202 if well. Raises: OSError, HTTPException."""
    boundary = uuid.uuid4().hex
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="files"; '
        f'filename="{number}.txt"\r\n\r\n'.encode()
        + content
        + b"\r\n"
        for number, content in enumerate(files)
    ]
    body = b"".join(parts) + f"--{boundary}--\r\n".encode()
    content_type = f"multipart/form-data; boundary={boundary}"
    headers = {"Authorization": f"Bearer {site.token}", "Content-Type": content_type}
    status, _ = ask(site.address, "POST", "/api/v1/uploads", body, **headers)
    return status


def search_total(address: str, query: str) -> int:
    """How many paragraphs a server finds. Raises: OSError, HTTPException, RuntimeError."""
    status, answer = ask(address, "GET", f"/api/v1/search?limit=0&q={quote(query)}")
    if status != 200:
        raise RuntimeError(f"{status} {answer}")
    return int(json.loads(answer)["total"])


@dataclass(slots=True)
class Inspector:
    """Looks at a home from outside, and says what is wrong with it."""

    home: Path
    pause: threading.Event = field(default_factory=threading.Event)

    def stage(self) -> str:
        """What the worker of the home was doing, by the rows that it leaves."""
        with open_archive(load_settings(self.home)) as archive:
            states = archive.uploads.count_states()
        if UploadState.READING in states:
            return "reading"
        if UploadState.STORED in states:
            return "indexing"
        return "waiting" if UploadState.RECEIVED in states else "idle"

    def wait_until_worked_off(self) -> None:
        """Returns when nothing is under way. Raises: TimeoutError if that takes minutes."""
        with open_archive(load_settings(self.home)) as archive:
            for _ in range(int(_SECONDS_FOR_ALL / 0.05)):
                if not UNDER_WAY & archive.uploads.count_states().keys():
                    return
                self.pause.wait(0.05)
            raise TimeoutError(str(archive.uploads.count_states()))

    def faults(self, marks: list[str]) -> list[str]:
        """What does not hold: each mark found once, store and index the same, no file failed."""
        settings = load_settings(self.home)
        live = LiveIndex(settings.search)
        try:
            with open_archive(settings) as archive:
                journals = list_damaged_journals(settings.database)
                lost = [f"commits are lost: {journal.name}" for journal in journals]
                return [*lost, *_wrong_totals(marks, live), *_disagreements(archive, live)]
        finally:
            live.close()

    def stray_locks(self, pids: set[int]) -> list[str]:
        """Locks whose owner is none of these processes."""
        settings = load_settings(self.home)
        owners = LiveIndex(settings.search).builds.owners()
        if worker := worker_of(settings):
            owners["worker.lock"] = worker
        return [f"{name} is held by {o}" for name, o in owners.items() if o.pid not in pids]


def _wrong_totals(marks: list[str], live: LiveIndex) -> list[str]:
    if not marks:
        return []
    engine = live.engine()
    totals = {mark: engine.search(SearchRequest(parse(f"“{mark}”"))).total for mark in marks}
    return [f"{mark} is found {total} times" for mark, total in totals.items() if total != 1]


def _disagreements(archive: Archive, live: LiveIndex) -> list[str]:
    faults = []
    if live.builds.live_name() is None:
        return ["there is no index"] if archive.store.list_revisions() else []
    engine = live.engine()
    if (difference := compare(archive.store, engine)) != Difference((), ()):
        faults.append(f"store and index differ: {difference}")
    if damaged := engine.damaged_files():
        faults.append(f"damaged: {damaged}")
    states = archive.uploads.count_states()
    faults += [f"{states[one]} {one}" for one in (UploadState.FAILED,) if one in states]
    return faults
