"""Documents that were added before their site's furniture was known."""

import sqlite3

import pytest

from archive.intake import open_archive, take_in
from archive.rereading import learn
from archive.settings import load_settings
from archive.statements.deciding import restore_lines, strip_paragraphs
from archive.statements.sidecar import Sidecar
from tests.quality.portals import county_pages

WIDGET = "溪友墙"


@pytest.fixture
def archive(tmp_path):
    with open_archive(load_settings(tmp_path, environment={})) as archive:
        yield archive


@pytest.fixture
def ids(archive):
    """The first six pages of a portal, in the order they are added."""
    pages = list(county_pages())[:6]
    return [take_in(page.data, page.name, archive).document_id for page in pages]


def texts(archive, document_id):
    return [paragraph.text for paragraph in archive.store.get(document_id).paragraphs]


def rules(archive, document_id):
    return {line.text: line.rule for line in archive.store.get(document_id).removed}


def test_later_pages_lose_the_line_when_they_are_added_and_earlier_ones_by_learning(archive, ids):
    assert [WIDGET in texts(archive, one) for one in ids] == [True] * 4 + [False] * 2
    assert rules(archive, ids[5])[WIDGET] == "site-furniture"

    learned = learn(archive)

    assert learned.changed == tuple(ids[:4])
    assert [WIDGET in texts(archive, one) for one in ids] == [False] * 6
    assert ("lanxi.example", WIDGET, 6, 6) in [
        (line.site, line.text, line.reports, line.of_reports) for line in learned.lines
    ]


def test_learning_again_changes_nothing(archive, ids):
    learn(archive)
    before = archive.store.list_revisions()

    assert learn(archive).changed == ()
    assert archive.store.list_revisions() == before


def test_a_dry_run_tells_what_would_change_and_changes_nothing(archive, ids):
    before = archive.store.list_revisions()

    assert learn(archive, is_dry=True).changed == tuple(ids[:4])
    assert archive.store.list_revisions() == before


def test_edits_restored_lines_stripped_paragraphs_and_paragraph_ids_stay(archive, ids):
    document_id = ids[0]
    archive.store.edit(document_id, {"title": "澜溪县报告"}, "王编辑")
    before = {p.text: p.paragraph_id for p in archive.store.get(document_id).paragraphs}
    strip_paragraphs(archive.store, document_id, [before["（全文）"]], "王编辑")

    learn(archive)

    [number] = [r.line for r in archive.store.get(document_id).removed if r.text == WIDGET]
    restore_lines(archive.store, document_id, [number], "王编辑")
    assert learn(archive).changed == ()
    document = archive.store.get(document_id)
    assert document.metadata.title == "澜溪县报告"
    after = {p.text: p.paragraph_id for p in document.paragraphs}
    assert after == {text: before[text] for text in after}
    assert WIDGET in after
    assert "（全文）" not in after


def test_what_a_file_beside_it_states_stays_and_its_address_names_the_site(archive):
    pages = list(county_pages())[:5]
    stated = Sidecar("manifest.csv", {"source_url": "http://mirror.example/1", "title": "题名"})
    first = take_in(pages[0].data, pages[0].name, archive, stated).document_id
    for page in pages[1:]:
        take_in(page.data, page.name, archive)

    learn(archive)

    assert archive.store.get(first).metadata.title == "题名"
    assert archive.sites.site_of(first) == "mirror.example"
    assert WIDGET in texts(archive, first)


def test_a_line_that_turns_out_to_stand_inside_a_report_comes_back(archive, ids):
    learn(archive)
    page = list(county_pages())[6]
    inside = page.data.replace("<p>二、".encode(), f"<p>{WIDGET}</p><p>二、".encode(), 1)
    take_in(inside, "inside.html", archive)

    learned = learn(archive)

    assert WIDGET not in [line.text for line in learned.lines]
    assert set(ids) <= set(learned.changed)
    assert [WIDGET in texts(archive, one) for one in ids] == [True] * 6


def test_documents_that_were_never_counted_are_counted_before_anything_is_learned(
    archive, ids, tmp_path
):
    before = learn(archive)
    with sqlite3.connect(tmp_path / "archive.sqlite") as database:
        database.execute("DELETE FROM site_lines")
        database.execute("DELETE FROM site_documents")
    database.close()
    seen = []

    after = learn(archive, progress=lambda done, of: seen.append((done, of)))

    assert after.lines == before.lines
    assert after.changed == ()
    assert seen == [(number, 6) for number in range(1, 7)]
