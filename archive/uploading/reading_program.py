"""Reading uploaded files as a program of its own: tasks on standard input, answers on output.

Foreign files can make a parser take all memory, never end, or crash. So they are read here, under
limits that the system holds, by a process that has neither the archive's database nor the index
open. It is started by archive.uploading.reader and reads file after file until its input ends.

A task and an answer are pickles behind their length; both ends are this project. A task is the
path and the name of an original. An answer is a Prepared, an IngestError, a list of Arrivals for a
ZIP archive, or another error of ours that concerns every file.
"""

from __future__ import annotations

import os
import pickle
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO, cast

from archive.errors import ZhengwenError
from archive.limits import MEGABYTE, READING_MEMORY_BYTES, READING_SECONDS
from archive.originals import Originals
from archive.preparation import Prepared, as_failure, prepare
from archive.refusals import IngestError, ReadingStoppedError
from archive.uploading.reception import unpack
from archive.uploading.uploads import Arrival

Answer = Prepared | ZhengwenError | list[Arrival]

_LENGTH_BYTES = 8


def main(originals: Path) -> None:
    """Answers task after task, until there are no more."""
    # What a library prints must not get among the answers.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    _limit_memory()
    while (task := receive(sys.stdin.buffer)) is not None:
        sha256, name = cast(tuple[str, str], task)
        _limit_processor()
        send(answers, _answer(sha256, name, Originals(originals)))


def send(pipe: IO[bytes], value: object) -> None:
    """Writes a value. Raises: OSError if nobody reads."""
    content = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    pipe.write(len(content).to_bytes(_LENGTH_BYTES, "big") + content)
    pipe.flush()


def receive(pipe: IO[bytes]) -> object | None:
    """The next value; None if the other end is gone, be it in the midst of one."""
    length = pipe.read(_LENGTH_BYTES)
    if len(length) < _LENGTH_BYTES:
        return None
    wanted = int.from_bytes(length, "big")
    content = pipe.read(wanted)
    value: object = pickle.loads(content) if len(content) == wanted else None
    return value


def reading_stopped(name: str) -> IngestError:
    """What is said of a file that takes more than the limits."""
    megabytes = READING_MEMORY_BYTES // MEGABYTE
    return ReadingStoppedError(name=name, seconds=READING_SECONDS, memory_mb=megabytes)


def _answer(sha256: str, name: str, originals: Originals) -> Answer:
    try:
        data = originals.read(sha256)
        members = unpack(data, name, originals)
        return prepare(data, name) if members is None else members
    except MemoryError:
        return reading_stopped(name)
    except ZhengwenError as error:
        return error
    except Exception as error:
        return as_failure(error, name)


def _limit_memory() -> None:
    # Not every system holds every limit; Windows has none, and the worker's clock is left.
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (READING_MEMORY_BYTES, READING_MEMORY_BYTES))


def _limit_processor() -> None:
    """Lets this process end by itself, also when the worker that would end it has died."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        most = int(used.ru_utime + used.ru_stime) + READING_SECONDS
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (most, hard))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
