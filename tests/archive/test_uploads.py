import pytest

from archive.database import open_database
from archive.errors import EmptyFileError, NotFoundError
from archive.uploads import Uploads, UploadState, new_batch_id


@pytest.fixture
def uploads(tmp_path):
    database = open_database(tmp_path / "archive.sqlite")
    yield Uploads(database)
    database.close()


def test_a_failure_is_kept_with_its_code_and_facts(uploads):
    uploads.note("b1", "空.txt", EmptyFileError(name="空.txt"))

    [upload] = uploads.list_batch("b1")
    assert (upload.file_name, upload.state) == ("空.txt", UploadState.FAILED)
    assert upload.failure == {"code": "empty_file", "facts": {"name": "空.txt"}}
    assert upload.document_id is None


def test_the_files_of_a_request_stay_apart_from_those_of_another(uploads):
    for name in ("甲.txt", "乙.txt"):
        uploads.note("b1", name, EmptyFileError(name=name))
    uploads.note("b2", "丙.txt", EmptyFileError(name="丙.txt"))

    assert [upload.file_name for upload in uploads.list_batch("b1")] == ["甲.txt", "乙.txt"]


def test_an_unknown_request_is_not_found(uploads):
    with pytest.raises(NotFoundError):
        uploads.list_batch(new_batch_id())
