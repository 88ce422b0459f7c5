import hashlib

import pytest

from archive.errors import NotFoundError
from archive.originals import Originals


def test_bytes_are_kept_under_their_hash_and_come_back_as_they_were(tmp_path):
    data = b"\xff\x00 bytes of any kind"
    sha256 = hashlib.sha256(data).hexdigest()

    original = Originals(tmp_path).keep(data, "/somewhere/报告.txt")

    assert (original.sha256, original.file_name, original.size) == (sha256, "报告.txt", len(data))
    assert (tmp_path / sha256[:2] / sha256).read_bytes() == data
    assert Originals(tmp_path).read(sha256) == data


def test_keeping_the_same_bytes_again_does_not_touch_the_file(tmp_path):
    originals = Originals(tmp_path)
    path = originals.path(originals.keep(b"one", "a").sha256)
    path.chmod(0o444)
    before = path.stat()

    originals.keep(b"one", "b")

    assert path.stat() == before
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_bytes_that_are_not_here_are_not_found(tmp_path):
    with pytest.raises(NotFoundError):
        Originals(tmp_path).read("00" * 32)
