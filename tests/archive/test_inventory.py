"""Each document as one line, read again only when something has changed."""

import pytest

from archive.intake import open_archive, take_in
from archive.model import Category, Part
from archive.settings import load_settings
from tests.webui.conftest import REPORTS


@pytest.fixture
def archive(tmp_path):
    with open_archive(load_settings(tmp_path / "home", environment={})) as archive:
        yield archive


def add(archive, name):
    return take_in(REPORTS[name], name, archive).document_id


def test_an_entry_tells_place_year_kind_work_and_length(archive):
    document_id = add(archive, "望舒区2024.txt")

    [entry] = archive.store.list_entries()
    assert (entry.document_id, entry.work_id) == (document_id, document_id)
    assert (entry.year, entry.region.name, entry.category) == (2024, "望舒区", Category.REPORT)
    letters = sum(
        character.isalnum()
        for paragraph in archive.store.get(document_id).paragraphs
        for character in paragraph.text
    )
    assert entry.letters == letters


def test_entries_are_the_same_object_until_something_changes(archive):
    add(archive, "青榆区2023.txt")
    first = archive.store.list_entries()

    assert archive.store.list_entries() is first


def test_what_this_process_and_what_another_one_writes_is_seen(archive, tmp_path):
    document_id = add(archive, "青榆区2023.txt")
    assert len(archive.store.list_entries()) == 1

    with open_archive(load_settings(tmp_path / "home", environment={})) as other:
        add(other, "青榆区2024.txt")
    assert len(archive.store.list_entries()) == 2
    archive.store.edit(document_id, {"report_year": "2019"}, "王编辑")
    assert {entry.year for entry in archive.store.list_entries()} == {2019, 2024}


def test_namesakes_are_the_documents_of_one_place_only(archive):
    ids = {add(archive, name) for name in ("青榆区2023.txt", "青榆区2024.txt")}
    add(archive, "望舒区2024.txt")
    [region] = {e.region for e in archive.store.list_entries() if e.document_id in ids}

    assert {e.document_id for e in archive.store.list_namesakes(region, 2024)} == ids


def test_the_start_of_a_part_is_its_first_paragraph(archive):
    document_id = add(archive, "青榆区2024.txt")
    document = archive.store.get(document_id)

    starts = archive.store.list_part_starts([document_id])[document_id]

    [review] = [p for p in document.paragraphs if p.text == "一、2023年工作回顾"]
    assert starts[Part.REVIEW] == review.paragraph_id
    assert archive.store.list_part_starts([]) == {}
