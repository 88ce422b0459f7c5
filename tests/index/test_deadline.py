import pytest

from archive.errors import QueryTooCostlyError
from index.deadline import Deadline


def test_a_deadline_passes_when_its_seconds_are_over():
    now = [100.0]
    deadline = Deadline(2.5, clock=lambda: now[0])

    now[0] = 102.4
    deadline.check()
    now[0] = 102.5
    with pytest.raises(QueryTooCostlyError) as caught:
        deadline.check()

    assert caught.value.status == 503
    assert "2.5 秒" in caught.value.message("zh")
    assert "query_seconds" in caught.value.message("en")
