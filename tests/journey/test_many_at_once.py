"""Many people at once, and several processes over one archive.

The long run is `make soak`: two minutes.
"""

import subprocess
import sys

from archive.intake import open_archive, take_in
from archive.settings import load_settings
from index.builds import LiveIndex
from index.indexer import index_pending
from scripts.bench.soak import Load, soak

READER = """
import pathlib, sys
from archive.settings import load_settings
from index.builds import LiveIndex
from index.engine import SearchRequest
from index.query.parser import parse

live = LiveIndex(load_settings(pathlib.Path(sys.argv[1]), environment={}).search)
for _ in sys.stdin:
    print(live.engine().search(SearchRequest(parse("渡口"))).total, flush=True)
"""


def report(number: int) -> bytes:
    sentences = "".join(f"第{number * 100 + n}号堤段加高，沿岸人家用水有了保障。" for n in range(9))
    return f"政府工作报告\n{sentences}\n第{number}号渡口换上新船。\n".encode()


def test_ten_uploaders_and_twenty_searchers_see_no_error_while_the_index_is_rebuilt(tmp_path):
    result = soak(tmp_path, Load(seconds=15), seed=7)

    assert result.faults == []
    assert result.rebuilds == 1
    assert result.acknowledged >= 10
    assert result.searches >= 20


def test_a_reader_in_another_process_sees_each_commit_at_its_next_search(tmp_path):
    settings = load_settings(tmp_path / "home", environment={})
    live = LiveIndex(settings.search)
    with open_archive(settings) as archive:
        index_pending(archive.store, live)
        live.builds.ensure()
        command = [sys.executable, "-c", READER, str(settings.home)]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        with subprocess.Popen(command, **pipes) as reader:
            for number in range(1, 6):
                take_in(report(number), f"{number}.txt", archive)
                index_pending(archive.store, live)
                reader.stdin.write("search\n")
                reader.stdin.flush()
                assert reader.stdout.readline() == f"{number}\n"
    live.close()
