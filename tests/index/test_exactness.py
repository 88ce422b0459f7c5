"""The first promise: a quoted string is found if and only if it stands in the text."""

import random
import re
from pathlib import Path

import pytest

from archive.intake import open_archive, take_in
from archive.settings import load_settings
from index.builds import LiveIndex
from index.engine import SearchRequest
from index.indexer import index_pending
from index.query.parser import parse

SUBSTRINGS = 500
# Written apart from index.analysis, so that a mistake there is seen here.
DROPPED = re.compile(r"""[\s\u200b“”‘’"'「」『』《》〈〉()（）\[\]［］【】〔〕{}]""")
NOTE_MARKS = re.compile(r"\[\d{1,3}\]|［\d{1,3}］|〔\d{1,3}〕|【\d{1,3}】")
WIDTH = {0xFF01 + i: 0x21 + i for i in range(94)}


def scan_form(text: str) -> str:
    return DROPPED.sub("", NOTE_MARKS.sub("", text).translate(WIDTH)).lower()


def quoted(piece: str) -> str:
    """A query for exactly this string: signs that stand for others are protected."""
    return '"' + re.sub(r"[?*\\]", r"\\\g<0>", piece) + '"'


def files_of(folder: Path) -> list[Path]:
    names = {".txt", ".html", ".docx", ".pdf"}
    return sorted(path for path in folder.rglob("*") if path.suffix in names)


@pytest.fixture(scope="module", params=["corpus", "reports"])
def indexed(request, tmp_path_factory):
    """An engine over real files, and the text as shown of each paragraph in it."""
    if request.param == "corpus":
        folder = request.getfixturevalue("corpus")
    else:
        folder = request.getfixturevalue("shared") / "reports"
    settings = load_settings(tmp_path_factory.mktemp("home"), environment={})
    live = LiveIndex(settings.search)
    with open_archive(settings) as archive:
        for path in files_of(folder):
            take_in(path.read_bytes(), path.name, archive)
        index_pending(archive.store, live)
        documents = [archive.store.get(one) for one in archive.store.list_revisions()]
    shown = {p.paragraph_id: p.text for document in documents for p in document.paragraphs}
    yield live.engine(), shown
    live.close()


def substrings(texts: list[str]) -> list[str]:
    """500 strings of 2 to 8 characters out of the texts, cut anywhere, the same on each run."""
    chance = random.Random(20260301)
    found = []
    while len(found) < SUBSTRINGS:
        text = chance.choice(texts)
        start = chance.randrange(len(text))
        piece = text[start : start + chance.randint(2, 8)]
        # A quotation mark would end the quoted query early; a note mark cut in two is none.
        is_whole = scan_form(piece) in scan_form(text)
        if len(scan_form(piece)) >= 2 and '"' not in piece and is_whole:
            found.append(piece)
    return found


def test_quoted_substrings_are_found_exactly_where_a_scan_finds_them(indexed):
    engine, shown = indexed
    forms = {paragraph_id: scan_form(text) for paragraph_id, text in shown.items()}

    wrong = []
    for piece in substrings(list(shown.values())):
        response = engine.search(SearchRequest(parse(quoted(piece)), limit=len(shown)))
        expected = {one for one, form in forms.items() if scan_form(piece) in form}
        if {hit.paragraph_id for hit in response.hits} != expected or not expected:
            wrong.append(piece)

    assert wrong == []


def test_every_single_character_is_found_exactly_where_it_stands(indexed):
    engine, shown = indexed
    forms = {paragraph_id: scan_form(text) for paragraph_id, text in shown.items()}
    characters = sorted(set("".join(forms.values())))

    for character in random.Random(7).sample(characters, 200):
        response = engine.search(SearchRequest(parse(quoted(character)), limit=0))
        assert response.total == sum(character in form for form in forms.values()), character
