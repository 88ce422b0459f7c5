"""Takes uploads one by one, in order: read, store, index; resumes where the last worker died.

There is one worker to an archive, by a lock. Each step is committed before the next begins, and can
be done twice: bytes have one place, a document one id, and what the index lacks is asked of the
index. So a worker may die at any instant.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from archive.errors import EngineError, NotFoundError, StoreError, ZhengwenError
from archive.intake import Archive, Intake, keep
from archive.limits import READING_TRIES
from archive.preparation import as_failure
from archive.refusals import IngestError, ReaderDiedError, UnreadableFileError
from archive.settings import Settings
from archive.statements.wanted import apply_statement
from archive.uploading.queue import Queue
from archive.uploading.reader import Reader, ReaderDied
from archive.uploading.uploads import Upload
from index.builds import LiveIndex
from index.indexer import index_pending
from index.locks import Owner, hold, owner_of

WORKER_LOCK = "worker.lock"

FILES_IN_ONE_COMMIT = 50
SECONDS_IN_ONE_COMMIT = 2.0
"""So many files, or for so long, are read before they are indexed together."""

POLL_SECONDS = 0.2
BUSY_SECONDS = 1.0
"""So long is waited when the index cannot be written, or the disk is full."""

TIDY_SECONDS = 5.0
"""So often an idle worker looks whether the index lacks what others have changed."""

_log = logging.getLogger(__name__)


class Worker:
    """The worker of an archive; made by `working`."""

    def __init__(self, archive: Archive, live: LiveIndex, reader: Reader, owner: str) -> None:
        self._archive = archive
        self._live = live
        self._reader = reader
        self._owner = owner
        self._queue = Queue(archive.uploads.database)
        self._queue.recover()
        self._index_at = 0.0
        self._said = ""
        # Both ready when the first file comes.
        reader.start()
        with suppress(EngineError):
            live.builds.ensure()

    def run(self, stopping: threading.Event) -> None:
        """Works until it is told to stop. What concerns all files is waited for, as a full disk."""
        looked_at = float("-inf")
        while not stopping.is_set():
            try:
                is_idle = self.work_off_some() == 0
                if is_idle and time.monotonic() - looked_at > TIDY_SECONDS:
                    looked_at = time.monotonic()
                    self._look_after_index()
            except StoreError as error:
                _log.warning("the worker waits code=%s reason=%s", error.code, error)
                stopping.wait(BUSY_SECONDS)
                self._recover()
                continue
            if is_idle:
                stopping.wait(POLL_SECONDS)

    def run_until_idle(self) -> None:
        """Works until no file waits. Raises: StoreError."""
        while self.work_off_some():
            pass

    def work_off_some(self) -> int:
        """Reads, stores and indexes the next files together; how many they were.

        Raises: StoreError.
        """
        began, done = time.monotonic(), 0
        while done < FILES_IN_ONE_COMMIT and time.monotonic() - began < SECONDS_IN_ONE_COMMIT:
            upload = self._queue.claim(self._owner)
            if upload is None:
                break
            self._take(upload)
            done += 1
        if done or (time.monotonic() > self._index_at and self._queue.has_stored()):
            self._index()
        return done

    def _take(self, upload: Upload) -> None:
        """Brings a file as far as the store."""
        try:
            self._read_and_keep(upload)
        except ReaderDied:
            _log.warning("the reader died upload=%d tries=%d", upload.upload_id, upload.tries)
            self._try_again(upload)
        except IngestError as error:
            self._queue.fail(upload, error)
        except ZhengwenError:
            self._queue.release(upload)
            raise
        except Exception as error:
            self._queue.fail(upload, as_failure(error, upload.file_name))

    def _read_and_keep(self, upload: Upload) -> None:
        sha256 = upload.sha256 or ""
        if known := self._archive.store.find_by_sha256(sha256):
            self._note(upload, Intake(known, is_new=False))
            return
        answer = self._reader.read(sha256, upload.file_name)
        if isinstance(answer, NotFoundError):
            raise UnreadableFileError(name=upload.file_name, reason=sha256)
        if isinstance(answer, ZhengwenError):
            raise answer
        if isinstance(answer, list):
            self._queue.unpack(upload, answer)
        else:
            self._note(upload, keep(answer, self._archive))

    def _note(self, upload: Upload, intake: Intake) -> None:
        """Notes what became of a file, and of a new document what its sender said it is."""
        if self._queue.is_new(upload, intake):
            statement = self._archive.uploads.find_wanted(upload.batch_id)
            apply_statement(statement, intake.document_id, self._archive.store)
        self._queue.store(upload, intake)

    def _try_again(self, upload: Upload) -> None:
        if upload.tries >= READING_TRIES:
            error = ReaderDiedError(name=upload.file_name, tries=upload.tries)
            self._queue.fail(upload, error)
        else:
            self._queue.release_counted(upload)

    def _look_after_index(self) -> None:
        self._index()
        self._live.builds.tidy()

    def _index(self) -> None:
        """Indexes what was stored, unless another process is at it: then the next time."""
        try:
            index_pending(self._archive.store, self._live, wait_seconds=1)
        except EngineError as error:
            self._index_at = time.monotonic() + BUSY_SECONDS
            if error.code != self._said:
                _log.warning("index not brought up to date code=%s", error.code)
            self._said = error.code
            return
        self._said = ""
        if self._queue.has_stored():
            self._queue.note_searchable()

    def _recover(self) -> None:
        try:
            self._queue.recover(is_own=True)
        except StoreError as error:
            _log.warning("the worker waits code=%s reason=%s", error.code, error)


@contextmanager
def working(
    settings: Settings, archive: Archive, live: LiveIndex, wait_seconds: float = -1
) -> Iterator[Worker]:
    """The one worker of the archive, for as long as the block lasts.

    Args:
        wait_seconds: for another worker to end; below 0 for as long as it takes.
    Raises: TimeoutError if another worker does not end in time; StoreError.
    """
    with hold(lock_path(settings), wait_seconds) as owner:
        reader = Reader(settings.originals)
        try:
            yield Worker(archive, live, reader, str(owner))
        finally:
            reader.close()


def worker_of(settings: Settings) -> Owner | None:
    """Who works for the archive now; None if nobody does."""
    return owner_of(lock_path(settings))


def lock_path(settings: Settings) -> Path:
    """The lock of the one worker."""
    return settings.home / WORKER_LOCK
