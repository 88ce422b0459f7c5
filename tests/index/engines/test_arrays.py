import numpy as np
import pytest

from index.engines.whoosh.arrays import (
    Strings,
    drop_pages,
    file_checksum,
    map_arrays,
    run_starts,
    stable_order,
    write_arrays,
)


def test_arrays_come_back_as_they_were_written(tmp_path):
    arrays = {
        "some": np.array([3, 1, 2], np.uint32),
        "none": np.empty(0, np.uint8),
        "wide": np.array([2**40], np.uint64),
    }

    write_arrays(tmp_path / "file", arrays)

    found = map_arrays(tmp_path / "file")
    assert {name: (a.dtype, a.tolist()) for name, a in found.items()} == {
        "some": (np.uint32, [3, 1, 2]),
        "none": (np.uint8, []),
        "wide": (np.uint64, [2**40]),
    }


def test_arrays_that_memory_let_go_of_are_read_again(tmp_path):
    write_arrays(tmp_path / "file", {"some": np.arange(100_000)})
    mapped = map_arrays(tmp_path / "file")["some"]
    before = mapped.sum()

    drop_pages(mapped)

    assert (before, mapped.sum()) == (4_999_950_000, 4_999_950_000)


def test_arrays_that_are_not_mapped_stay_as_they_are():
    values = np.array([3, 1, 2])

    drop_pages(values)

    assert values.tolist() == [3, 1, 2]


def test_mapped_arrays_cannot_be_written(tmp_path):
    write_arrays(tmp_path / "file", {"some": np.array([1, 2])})

    with pytest.raises(ValueError, match="read-only"):
        map_arrays(tmp_path / "file")["some"][0] = 5


def test_the_checksum_is_that_of_the_file(tmp_path):
    checksum = write_arrays(tmp_path / "file", {"some": np.arange(1000)})

    assert file_checksum(tmp_path / "file") == checksum


def test_another_kind_of_file_is_refused(tmp_path):
    (tmp_path / "file").write_bytes(b"something else")

    with pytest.raises(ValueError, match="not a file of arrays"):
        map_arrays(tmp_path / "file")


def test_strings_are_found_where_they_stand_or_would_stand():
    strings = Strings.pack([b"", b"a", b"bc"])

    assert [strings[i] for i in range(3)] == strings.all() == [b"", b"a", b"bc"]
    assert [strings.find(s) for s in (b"", b"a", b"b", b"bc", b"z")] == [0, 1, 2, 2, 3]


@pytest.mark.parametrize("bound", [10, 1 << 16, 1 << 20])
def test_equal_keys_stay_in_order(bound):
    keys = np.random.default_rng(5).integers(0, bound, 5000)

    order = stable_order(keys, bound)

    assert order.tolist() == sorted(range(5000), key=lambda place: keys[place])


def test_runs_begin_where_one_of_the_keys_changes():
    assert run_starts(np.array([1, 1, 2, 2]), np.array([5, 6, 6, 6])).tolist() == [0, 1, 2]
    assert run_starts(np.empty(0)).tolist() == []
