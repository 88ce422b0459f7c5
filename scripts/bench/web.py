"""The site over HTTP, as `zhengwen serve` runs it: what one reader waits for, and fifty at once.

    python -m scripts.bench.web [--size N] [--readers N] [--home FOLDER]

The server runs in processes of its own over an archive of made-up reports; this process asks it
over loopback as a browser does, on connections that stay open. It computes on the same cores, and
says how much, and how busy others kept them: times hold for a machine that nobody else uses. The
server keeps no pages, so that it does not matter that questions come again. Readers ask again a
second after they have an answer, or at once, which real ones never do. The questions are those of
`make bench`: common, medium and rare words, two of them, phrases, filtered ones, the newest first;
first pages only. A time is that from sending the request until the last byte of the answer.
"""

from __future__ import annotations

import asyncio
import math
import os
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import click

from scripts.background import Served, serving
from scripts.bench.search.__main__ import SHARED, phrases_of, sources_of
from scripts.bench.search.contenders.zhengwen import PRODUCT, question_of
from scripts.bench.search.tasks import Task, make_tasks
from scripts.bench.search.texts import write_dataset
from webui.params import write_question

SECONDS_OF_READING = 1.0
BAR_ONE_MS, BAR_MANY_MS, BAR_FIRST_PAGE_KB = 50, 250, 60
HEADERS = (
    "Host: {host}\r\nAccept: text/html\r\nAccept-Language: zh-CN,zh;q=0.9,en;q=0.5\r\n"
    "Accept-Encoding: gzip, deflate, br, zstd\r\nConnection: keep-alive\r\n\r\n"
)

AskOne = Callable[[str, str], Awaitable[tuple[int, bytes]]]


@dataclass(slots=True)
class Measured:
    """What came of many requests.

    Attributes:
        milliseconds: of each answer with status 200.
        sizes: bytes of each of these, as they travelled.
        failures: what came instead.
    """

    milliseconds: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def quantile(self, share: float) -> float:
        """The time that a share of the answers took at most."""
        if not self.milliseconds:
            return math.nan
        return sorted(self.milliseconds)[math.ceil(share * len(self.milliseconds)) - 1]


@click.command()
@click.option("--size", "-n", default=100_000, show_default=True, help="Paragraphs.")
@click.option("--readers", default=50, show_default=True, help="At once.")
@click.option("--address", help="Of a server that runs over --home; else one is started.")
@click.option("--requests", default=1500, show_default=True, help="In each measurement.")
@click.option(
    "--home", type=click.Path(path_type=Path), help="Kept, and used again if it is there."
)
def main(size: int, readers: int, address: str | None, requests: int, home: Path | None) -> None:
    """Prints the figures beside their bars."""
    with tempfile.TemporaryDirectory(prefix="zhengwen-bench-") as scratch:
        data = Path(scratch, "data")
        data.mkdir()
        dataset = write_dataset(data, sources_of(SHARED), size)
        tasks = make_tasks(dataset, phrases_of(SHARED))
        home = home or Path(scratch, "home")
        if not home.exists():
            home.mkdir()
            PRODUCT.build(dataset, home)
        with nullcontext(Served(address)) if address else serving(home) as site:
            print(f"{size:,} paragraphs, {os.cpu_count()} cores, {len(tasks)} questions")
            asyncio.run(_report(site, [_path_of(task) for task in tasks], readers, requests))


def _path_of(task: Task) -> str:
    return "/?" + urlencode(write_question(question_of(task)), doseq=True)


async def _report(site: Served, paths: Sequence[str], readers: int, requests: int) -> None:
    address = site.address
    many_paths = [paths[number % len(paths)] for number in range(requests)]
    first = await ask(address, await _first_page(address), 1)
    print(
        f"first page with its parts: {sum(first.sizes) / 1024:.1f} KB in {len(first.sizes)} answers"
    )
    _judge("compressed, KB", sum(first.sizes) / 1024, BAR_FIRST_PAGE_KB)
    cold = await ask(address, paths, 1)
    _print("each question the first time", cold)
    effort = Effort(site.process)
    one = await ask(address, many_paths, 1)
    _print("one reader", one)
    print(f"{'':30}{effort.told(len(many_paths))}")
    print(f"{'':30}largest page {max(one.sizes) / 1024:.1f} KB")
    _judge("p95, ms", one.quantile(0.95), BAR_ONE_MS)
    reading = await ask(address, many_paths[: 10 * readers], readers, SECONDS_OF_READING)
    _print(f"{readers} that read for a second", reading)
    effort = Effort(site.process)
    many = await ask(address, many_paths, readers)
    _print(f"{readers} readers at once", many)
    print(f"{'':30}{effort.told(len(many_paths))}")
    _judge("p95, ms", many.quantile(0.95), BAR_MANY_MS)
    for failure in dict.fromkeys(cold.failures + one.failures + many.failures):
        print(f"FAILED: {failure}")


class Effort:
    """What a server, this process and all others have computed since it was made."""

    def __init__(self, server: int) -> None:
        self._server = server
        self._began = self._now()

    def told(self, pages: int) -> str:
        """The effort for a page, and how busy others kept the processors, as words."""
        server, asking, busy, there = (
            now - then for now, then in zip(self._now(), self._began, strict=True)
        )
        others = max(busy - server - asking, 0) / there
        return (
            f"for a page the server computes {server / pages * 1000:.1f} ms, asking "
            f"{asking / pages * 1000:.1f} ms; others took {others:.0%} of the processors"
        )

    def _now(self) -> tuple[float, float, float, float]:
        return (_cpu_seconds(self._server), time.process_time(), *_machine_seconds())


def _machine_seconds() -> tuple[float, float]:
    """How long all processors were busy, and there; NaN where that cannot be known."""
    try:
        fields = Path("/proc/stat").read_text("ascii").splitlines()[0].split()[1:9]
    except OSError:
        return math.nan, math.nan
    user, nice, system, idle, waiting, *interrupts = (int(field) for field in fields)
    busy = user + nice + system + sum(interrupts)
    ticks = os.sysconf("SC_CLK_TCK")
    return busy / ticks, (busy + idle + waiting) / ticks


def _cpu_seconds(process: int) -> float:
    """What a process and those it began have computed so far; NaN where that cannot be known."""
    about = Path(f"/proc/{process}")
    try:
        after_name = (about / "stat").read_text("ascii").rpartition(")")[2].split()
        begun = [part.read_text("ascii").split() for part in about.glob("task/*/children")]
    except OSError:
        return math.nan
    own = (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")
    return own + sum(_cpu_seconds(int(child)) for children in begun for child in children)


def _print(name: str, measured: Measured) -> None:
    rate = len(measured.milliseconds) / measured.seconds
    print(
        f"{name:30}median {measured.quantile(0.5):6.1f} ms   p95 {measured.quantile(0.95):6.1f} ms"
        f"   p99 {measured.quantile(0.99):6.1f} ms"
        f"   longest {measured.quantile(1):6.1f} ms   {rate:6.1f} a second"
        f"   {len(measured.failures)} errors"
    )


def _judge(what: str, value: float, bar: float) -> None:
    print(f"{'':30}{'met' if value <= bar else 'MISSED'}: {what} {value:.1f}, bar {bar}")


async def _first_page(address: str) -> list[str]:
    """The paths of the landing page and of what it loads."""
    async with _connection(address) as ask_one:
        html = (await ask_one("/", "identity"))[1].decode()
    parts = [piece.split('"')[0] for piece in html.split('href="/static/')[1:]]
    sources = [piece.split('"')[0] for piece in html.split('src="/static/')[1:]]
    return ["/", *(f"/static/{part}" for part in dict.fromkeys(parts + sources))]


async def ask(
    address: str, paths: Sequence[str], readers: int, pause_seconds: float = 0.0
) -> Measured:
    """What comes of asking for all paths, by so many readers at once, each after the other."""
    measured, waiting = Measured(), iter(paths)
    started = time.perf_counter()
    await asyncio.gather(
        *(_read(address, waiting, measured, pause_seconds) for _ in range(readers))
    )
    measured.seconds = time.perf_counter() - started
    return measured


async def _read(
    address: str, waiting: Iterator[str], measured: Measured, pause_seconds: float
) -> None:
    async with _connection(address) as ask_one:
        for path in waiting:
            started = time.perf_counter()
            try:
                status, body = await ask_one(path, "")
            except (OSError, EOFError, ValueError) as error:
                measured.failures.append(f"{path}: {error!r}")
                return
            if status == 200:
                measured.milliseconds.append((time.perf_counter() - started) * 1000)
                measured.sizes.append(len(body))
            else:
                measured.failures.append(f"{path}: status {status}")
            await asyncio.sleep(pause_seconds)


@asynccontextmanager
async def _connection(address: str) -> AsyncIterator[AskOne]:
    """A function (path, encoding or nothing for a browser's) -> (status, body)."""
    parts = urlsplit(address)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)

    async def ask_one(path: str, encoding: str) -> tuple[int, bytes]:
        headers = HEADERS.format(host=parts.netloc)
        if encoding:
            headers = headers.replace("gzip, deflate, br, zstd", encoding)
        writer.write(f"GET {path} HTTP/1.1\r\n{headers}".encode("ascii"))
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        status = int(head.split()[1])
        if "transfer-encoding: chunked" in head:
            return status, await _read_chunks(reader)
        length = head.split("content-length: ")[1].split("\r\n")[0]
        return status, await reader.readexactly(int(length))

    try:
        yield ask_one
    finally:
        writer.close()
        await writer.wait_closed()


async def _read_chunks(reader: asyncio.StreamReader) -> bytes:
    body = b""
    while size := int(await reader.readline(), 16):
        body += await reader.readexactly(size)
        await reader.readline()
    await reader.readline()
    return body


if __name__ == "__main__":
    main()
