"""The rows of uploads, as senders and the worker see them."""

import pytest

from archive.errors import NotFoundError
from archive.intake import Intake
from archive.limits import INTERRUPTED_TRIES
from archive.refusals import EmptyFileError, NoReportTextError
from archive.uploading.queue import Queue
from archive.uploading.uploads import Arrival, Uploads, UploadState, new_batch_id


@pytest.fixture
def uploads(database):
    return Uploads(database)


@pytest.fixture
def queue(database):
    return Queue(database)


def arrivals(*names):
    return [Arrival(name, name[0] * 64) for name in names]


def states(uploads, batch_id="b1"):
    return [(one.file_name, one.state.value) for one in uploads.list_batch(batch_id)]


def test_a_failure_is_kept_with_its_code_and_facts(uploads):
    uploads.receive("b1", [Arrival("空.txt", EmptyFileError(name="空.txt"))])

    [upload] = uploads.list_batch("b1")
    assert (upload.file_name, upload.state) == ("空.txt", UploadState.FAILED)
    assert upload.failure == {"code": "empty_file", "facts": {"name": "空.txt"}}
    assert (upload.document_id, upload.can_be_retried) == (None, False)


def test_the_files_of_a_request_stay_apart_from_those_of_another(uploads):
    uploads.receive("b1", arrivals("甲.txt", "乙.txt"))
    uploads.receive("b2", arrivals("丙.txt"))

    assert [upload.file_name for upload in uploads.list_batch("b1")] == ["甲.txt", "乙.txt"]


def test_an_unknown_request_is_not_found(uploads):
    with pytest.raises(NotFoundError):
        uploads.list_batch(new_batch_id())


def test_the_files_of_a_request_are_received_all_or_none(uploads):
    def broken():
        yield from arrivals("甲.txt")
        raise OSError("no room")

    with pytest.raises(OSError, match="no room"):
        uploads.receive("b1", broken())
    with pytest.raises(NotFoundError):
        uploads.list_batch("b1")


def test_files_are_claimed_in_order_each_once(uploads, queue):
    uploads.receive("b1", arrivals("甲.txt", "乙.txt"))
    uploads.receive("b2", arrivals("丙.txt"))

    claimed = [queue.claim("1@host").file_name for _ in range(3)]

    assert claimed == ["甲.txt", "乙.txt", "丙.txt"]
    assert queue.claim("1@host") is None


def test_files_of_an_archive_are_read_and_shown_in_its_place(uploads, queue):
    uploads.receive("b1", arrivals("一.zip", "末.txt"))
    queue.unpack(queue.claim("1@host"), arrivals("甲.txt", "乙.txt"))

    assert states(uploads) == [(name, "received") for name in ("甲.txt", "乙.txt", "末.txt")]
    claimed = [queue.claim("1@host").file_name for _ in range(3)]
    assert claimed == ["甲.txt", "乙.txt", "末.txt"]


def test_a_file_whose_worker_died_is_taken_again_before_the_others(uploads, queue):
    uploads.receive("b1", arrivals("甲.txt", "乙.txt"))
    queue.claim("1@host")

    assert queue.recover() == 1

    again = queue.claim("2@host")
    assert (again.file_name, again.tries) == ("甲.txt", 2)


def test_a_file_over_which_many_workers_died_is_set_aside_and_can_be_retried(uploads, queue):
    uploads.receive("b1", arrivals("甲.txt"))
    for _ in range(INTERRUPTED_TRIES):
        assert queue.claim("1@host").file_name == "甲.txt"
        queue.recover()

    assert queue.claim("1@host") is None
    [upload] = uploads.list_batch("b1")
    assert (upload.state, upload.failure["code"]) == (UploadState.FAILED, "reader_died")

    uploads.retry("b1", upload.upload_id)
    assert queue.claim("1@host").tries == 1


def test_a_file_over_which_the_disk_was_full_is_not_blamed(uploads, queue):
    uploads.receive("b1", arrivals("甲.txt"))
    for _ in range(2 * INTERRUPTED_TRIES):
        assert queue.claim("1@host").tries == 1
        assert queue.recover(is_own=True) == 1


def test_a_file_that_was_put_back_has_not_been_tried(uploads, queue):
    uploads.receive("b1", arrivals("甲.txt"))
    queue.release(queue.claim("1@host"))
    assert queue.claim("1@host").tries == 1


def test_only_what_waits_can_be_cancelled(uploads, queue):
    uploads.receive("b1", arrivals("甲.txt", "乙.txt"))
    reading = queue.claim("1@host")
    waiting = uploads.list_batch("b1")[1]

    for upload in (reading, waiting):
        uploads.cancel("b1", upload.upload_id)

    assert states(uploads) == [("甲.txt", "reading"), ("乙.txt", "cancelled")]
    assert queue.claim("1@host") is None


def test_only_what_ended_without_a_document_can_be_retried(uploads, queue):
    uploads.receive("b1", arrivals("甲.txt", "乙.txt"))
    queue.fail(queue.claim("1@host"), NoReportTextError(name="甲.txt", han=3))
    queue.store(queue.claim("1@host"), Intake(None, is_new=True))
    for upload in uploads.list_batch("b1"):
        uploads.retry("b1", upload.upload_id)

    assert states(uploads) == [("甲.txt", "received"), ("乙.txt", "stored")]


def test_what_was_stored_becomes_searchable_together(uploads, queue):
    uploads.receive("b1", arrivals("甲.txt", "乙.txt", "丙.txt"))
    for _ in range(2):
        queue.store(queue.claim("1@host"), Intake(None, is_new=True))
    assert queue.has_stored()

    queue.note_searchable()

    assert not queue.has_stored()
    assert uploads.count_states() == {UploadState.SEARCHABLE: 2, UploadState.RECEIVED: 1}
