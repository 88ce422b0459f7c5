"""An index can be handed over to whoosh3, the maintained successor of whoosh, and back.

`make test` puts the successor into a folder of its own; both call themselves `whoosh`, so each
runs in its own process.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
SUCCESSOR = Path(sys.prefix) / "whoosh3"

WRITE = """
import sys
from pathlib import Path
from index.engine import IndexedDocument, IndexedParagraph
from index.engines.whoosh import create_whoosh, open_whoosh
from index.fields import FIELDS, PART
folder, name = Path(sys.argv[1]), sys.argv[2]
engine = open_whoosh(folder) if list(folder.glob("*.toc")) else create_whoosh(folder)
facets = {field.name: name for field in FIELDS if field is not PART}
texts = ["推广新时代“枫桥经验”", f"{name}的经验"]
paragraphs = [IndexedParagraph(f"{name}-{i}", i, text) for i, text in enumerate(texts)]
with engine.batch() as batch:
    batch.replace(IndexedDocument(name, 1, facets, tuple(paragraphs)))
"""
READ = """
import json, sys, whoosh
from pathlib import Path
from index.engine import SearchRequest
from index.engines.whoosh import open_whoosh
from index.query.parser import parse
engine = open_whoosh(Path(sys.argv[1]))
response = engine.search(SearchRequest(parse("枫桥经验"), facets=("title",)))
hits = [[hit.paragraph_id, round(hit.score, 6)] for hit in response.hits]
print(json.dumps([whoosh.__version__[0], hits, response.facets]))
"""


@pytest.fixture(autouse=True)
def successor():
    if not SUCCESSOR.is_dir():
        pytest.skip("needs whoosh3 in a folder of its own: make .venv/test")


def run(code: str, *arguments: str, path: Path | None) -> str:
    places = [str(REPOSITORY), *([str(path)] if path else [])]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(reversed(places))}
    command = [sys.executable, "-W", "ignore", "-c", code, *arguments]
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, check=True
    ).stdout


@pytest.mark.parametrize("writers", [(None, SUCCESSOR), (SUCCESSOR, None)], ids=["there", "back"])
def test_what_one_has_written_the_other_reads_and_goes_on_with(tmp_path, writers):
    for name, path in zip(("one", "two"), writers, strict=True):
        run(WRITE, str(tmp_path), name, path=path)

    answers = [json.loads(run(READ, str(tmp_path), path=path)) for path in (None, SUCCESSOR)]

    assert [version for version, _, _ in answers] == [2, 3]
    assert answers[0][1:] == answers[1][1:]
    assert {one for one, _ in answers[0][1]} == {"one-0", "two-0"}


def test_the_contract_holds_with_the_successor():
    environment = {**os.environ, "PYTHONPATH": str(SUCCESSOR)}
    suites = ["tests/contract/test_engines.py", "tests/index/engines"]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *suites]

    result = subprocess.run(
        command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=False
    )

    assert result.returncode == 0, result.stdout[-3000:]
