"""Versions of one report are recognised, and different reports are not taken for versions.

Variants are made of each report as other copies of it differ: another portal's furniture, the
traditional script, a tenth of the sentences edited, six tenths of it left. Look-alikes are made
too: news that quotes it (the samples hold such an article of half a report), and, where they are
present, real reports of one government in consecutive years, which share stock passages.
"""

import random
import re
import shutil
import tomllib
from contextlib import closing
from pathlib import Path

import pytest

from archive.database import open_database
from archive.ingest import ingest
from archive.model import Document
from archive.simplified import load_simplified
from archive.store import Store

FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text("utf-8"))["versions"]
FORMATS = {".txt", ".html", ".docx", ".pdf"}
TRADITIONAL = {ord(simple): old for old, simple in load_simplified().items()}
HEAD = (
    "首页\n政务公开\n当前位置：首页 > 政府工作报告\n政府工作报告\n来源：每日要闻\n字体：大 中 小\n"
)
TAIL = "\n责任编辑：辛禾\n【打印本页】【关闭窗口】\n主办：市政务服务中心\n"


def text_of(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def sentences(document: Document) -> list[str]:
    return [s for text in text_of(document) for s in re.findall(r"[^。；]+[。；]?", text)]


def another_portal(document: Document, _chance: random.Random) -> str:
    return HEAD + "\n".join(text_of(document)) + TAIL


def traditional(document: Document, _chance: random.Random) -> str:
    return "\n".join(text_of(document)).translate(TRADITIONAL)


def edited(document: Document, chance: random.Random) -> str:
    """A tenth of the sentences with words cut out, words put in, or written anew."""
    written = []
    for sentence in sentences(document):
        place = chance.randrange(len(sentence))
        kind = chance.random()
        if kind < 0.03:
            sentence = sentence[:place] + sentence[place + 5 :]
        elif kind < 0.07:
            sentence = sentence[:place] + "（经核实有改动）" + sentence[place:]
        elif kind < 0.10:
            sentence = "这一句由编辑另行撰写，与原文不同。"
        written.append(sentence)
    return "".join(written)


def abridged(document: Document, chance: random.Random) -> str:
    """Whole sentences cut out here and there until six tenths of the text are left."""
    kept = dict(enumerate(sentences(document)))
    wanted = 0.6 * sum(map(len, kept.values()))
    while sum(map(len, kept.values())) > wanted:
        del kept[chance.choice(list(kept))]
    return "".join(kept.values())


def abridged_elsewhere(document: Document, chance: random.Random) -> str:
    return another_portal(ingest(abridged(document, chance).encode(), "x.txt"), chance)


def news(document: Document, chance: random.Random) -> str:
    """A story about the session that quotes a quarter of the report at most."""
    quoted = chance.sample(sentences(document), max(1, len(sentences(document)) // 5))
    told = [f"记者{place}在会场看到，代表们就第{place}个议题热烈讨论。" for place in range(20)]
    return "\n".join([*told, *quoted, "会议听取了政府工作报告。" * 3])


VARIANTS = (another_portal, traditional, edited, abridged, abridged_elsewhere)


@pytest.fixture(scope="module", params=["corpus", "reports"])
def documents(request) -> list[Document]:
    if request.param == "corpus":
        folder = request.getfixturevalue("corpus")
    else:
        folder = request.getfixturevalue("shared") / "reports"
    paths = [path for path in sorted(folder.rglob("*")) if path.suffix in FORMATS]
    return [ingest(path.read_bytes(), path.name) for path in paths]


@pytest.fixture(scope="module")
def filled(documents, tmp_path_factory) -> Path:
    """An archive of all reports, in the order of their names, to be copied."""
    path = tmp_path_factory.mktemp("filled") / "archive.sqlite"
    with closing(open_database(path)) as database:
        store = Store(database)
        for document in documents:
            store.put(document)
    return path


@pytest.fixture
def store(filled, tmp_path):
    """The reports in an archive of the test's own."""
    shutil.copy(filled, tmp_path)
    with closing(open_database(tmp_path / filled.name)) as database:
        yield Store(database)


def is_version(store: Store, text: str, document: Document) -> bool:
    variant = ingest(text.encode("utf-8"), "x.txt")
    store.put(variant)
    return document.document_id in {v.document_id for v in store.list_versions(variant.document_id)}


def test_different_reports_are_different_works(store, documents):
    assert {s.document_id for s in store.list_documents()} == {d.document_id for d in documents}
    false = [s.original.file_name for s in store.list_documents() if s.versions > 1]
    assert len(false) <= FLOORS["false_versions"], false


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: variant.__name__)
def test_a_variant_is_a_version_of_its_report(store, documents, variant):
    chance = random.Random(20261124)
    missed = [
        document.original.file_name
        for document in documents
        if not is_version(store, variant(document, chance), document)
    ]
    assert 1 - len(missed) / len(documents) >= FLOORS["found"], missed


def test_a_story_that_quotes_a_report_is_none_of_its_versions(store, documents):
    chance = random.Random(20261124)
    taken = [
        document.original.file_name
        for document in documents
        if is_version(store, news(document, chance), document)
    ]
    assert len(taken) <= FLOORS["false_versions"], taken
