import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from sqlalchemy import insert, select

from archive.access.schema import TOKENS
from archive.database import open_database
from archive.errors import NotFoundError, StoreError
from archive.figures import Figures
from archive.model import (
    Category,
    Document,
    Evidence,
    Kind,
    Level,
    Metadata,
    Original,
    Paragraph,
    Part,
    Region,
    RemovedLine,
    Source,
    Speaker,
)
from archive.store import Store

LANXI = Region("澜溪县", "霁州市澜溪县", None, Level.COUNTY)
DOCUMENT = Document(
    document_id="a1b2",
    original=Original("a1b2" * 16, "澜溪 2022.html", 1234),
    encoding="gb18030",
    metadata=Metadata(
        title="政府工作报告",
        report_year=2022,
        region=LANXI,
        publish_date=date(2022, 1, 19),
        session_date=None,
        source=Source("澜溪县人民政府", "http://www.lanxi.example/1", "http://copy.example/1"),
        is_report=True,
        speaker=Speaker("贺云堃", "县长"),
        congress="第十八届人民代表大会第一次会议",
        review_years=(2017, 2021),
        evidence={"report_year": Evidence("session", "2022年1月11日在")},
    ),
    paragraphs=(
        Paragraph("a1b2-1", 0, (), Kind.HEADING, "一、回顾"),
        Paragraph(
            "a1b2-2",
            1,
            ("一、回顾", "（一）产业"),
            Kind.PARAGRAPH,
            "（一）产业。更强了。",
            Part.REVIEW,
            "（一）产业 。更强了 。",
        ),
    ),
    removed=(RemovedLine(1, "首页", "nav"), RemovedLine(1, "首页", "nav")),
    warnings=("2 characters were replaced",),
)


@pytest.fixture
def store(database):
    return Store(database)


def test_a_document_comes_back_as_it_was_put(store):
    store.put(DOCUMENT)

    assert store.get("a1b2") == DOCUMENT


def test_a_document_of_which_nothing_is_known_comes_back_so(store):
    bare = replace(DOCUMENT, metadata=Metadata(), removed=(), warnings=())
    store.put(bare)

    assert store.get("a1b2") == bare


def test_putting_again_replaces_paragraphs_and_raises_the_revision(store):
    assert store.put(DOCUMENT) == 1
    shorter = replace(DOCUMENT, paragraphs=DOCUMENT.paragraphs[:1])
    assert store.put(shorter) == 2

    assert store.get("a1b2") == shorter
    assert [summary.revision for summary in store.list_documents()] == [2]


def test_the_revisions_are_those_of_the_latest_put(store):
    store.put(DOCUMENT)
    store.put(DOCUMENT)

    assert store.list_revisions() == {"a1b2": 2}
    assert store.get_with_revision("a1b2") == (DOCUMENT, 2)


def test_paragraphs_are_counted_over_all_documents(store):
    store.put(DOCUMENT)
    other = replace(DOCUMENT.original, sha256="c3d4" * 16)
    paragraphs = (replace(DOCUMENT.paragraphs[0], paragraph_id="c3d4-1"),)
    store.put(replace(DOCUMENT, document_id="c3d4", original=other, paragraphs=paragraphs))

    assert store.count_paragraphs() == 3


def test_the_same_bytes_are_recognised(store):
    assert store.find_by_sha256("a1b2" * 16) is None
    store.put(DOCUMENT)
    assert store.find_by_sha256("a1b2" * 16) == "a1b2"


def test_more_paragraphs_are_fetched_than_one_statement_takes(store):
    many = tuple(
        Paragraph(f"a1b2-{number}", number, (), Kind.PARAGRAPH, f"第{number}段")
        for number in range(1200)
    )
    store.put(replace(DOCUMENT, paragraphs=many))

    found = store.find_paragraphs([*(p.paragraph_id for p in many), "unknown"])

    assert len(found) == 1200
    assert found["a1b2-777"].text == "第777段"


def test_hits_have_their_document_with_its_metadata_and_without_its_evidence(store):
    store.put(DOCUMENT)

    found = store.find_hits(["a1b2-1", "a1b2-2", "unknown"])

    assert {key: paragraph for key, (paragraph, _) in found.items()} == {
        "a1b2-1": DOCUMENT.paragraphs[0],
        "a1b2-2": DOCUMENT.paragraphs[1],
    }
    [document] = {id(document): document for _, document in found.values()}.values()
    assert document.document_id == document.work_id == "a1b2"
    assert document.versions == 1
    assert document.original == DOCUMENT.original
    assert document.metadata == replace(DOCUMENT.metadata, evidence={})


def test_an_unknown_document_is_not_found(store):
    with pytest.raises(NotFoundError):
        store.get("nobody")


def test_places_are_named_by_their_full_names(store):
    store.put(DOCUMENT)

    assert store.list_region_names() == {"霁州市澜溪县": "澜溪县"}


def test_a_place_is_known_as_soon_as_another_process_has_added_it(store, tmp_path):
    store.put(DOCUMENT)
    assert store.list_region_names() == {"霁州市澜溪县": "澜溪县"}
    elsewhere = open_database(tmp_path / "archive.sqlite")
    region = Region("望舒区", "霁州市望舒区", None, Level.COUNTY)
    other = replace(
        DOCUMENT,
        document_id="c3d4",
        original=replace(DOCUMENT.original, sha256="c3d4" * 16),
        metadata=replace(DOCUMENT.metadata, region=region),
        paragraphs=(),
    )

    Store(elsewhere).put(other)
    elsewhere.close()

    assert store.list_region_names() == {
        "霁州市澜溪县": "澜溪县",
        "霁州市望舒区": "望舒区",
    }


def test_places_are_not_read_again_while_nothing_is_committed(store):
    store.put(DOCUMENT)

    assert store.list_region_names() is store.list_region_names()


def test_figures_count_versions_of_a_report_once(store):
    assert store.figures() == Figures(0, 0, 0, ())
    store.put(DOCUMENT)
    copy = replace(
        DOCUMENT,
        document_id="c3d4",
        original=replace(DOCUMENT.original, sha256="c3d4" * 16),
        metadata=replace(DOCUMENT.metadata, report_year=2024),
        paragraphs=(replace(DOCUMENT.paragraphs[0], paragraph_id="c3d4-1"),),
    )
    store.put(copy)
    store.edit("c3d4", {"version_of": "a1b2"}, "王")

    assert store.figures() == Figures(1, 3, 1, (2022, 2024))


def test_the_latest_reports_are_no_look_alikes(store):
    store.put(DOCUMENT)
    metadata = replace(DOCUMENT.metadata, report_year=2030, category=Category.NEWS)
    news = replace(
        DOCUMENT,
        document_id="c3d4",
        original=replace(DOCUMENT.original, sha256="c3d4" * 16),
        metadata=metadata,
        paragraphs=(),
    )
    store.put(news)

    assert [one.document_id for one in store.list_latest_reports(5)] == ["a1b2"]
    assert store.list_latest_reports(0) == []


def test_a_file_that_is_no_database_is_named_and_left_alone(tmp_path):
    path = tmp_path / "archive.sqlite"
    path.write_bytes(b"this is something else entirely" * 100)

    with pytest.raises(StoreError, match=r"archive\.sqlite"):
        open_database(path)

    assert path.read_bytes().startswith(b"this is something else")


def test_a_database_of_a_later_version_is_refused(tmp_path):
    database = open_database(tmp_path / "archive.sqlite")
    with database.write() as connection:
        connection.exec_driver_sql("UPDATE about SET value = '99'")
    database.close()

    with pytest.raises(StoreError, match="99"):
        open_database(tmp_path / "archive.sqlite")


def test_what_was_stored_before_there_were_categories_is_a_report_or_a_look_alike(store, tmp_path):
    store.put(DOCUMENT)
    with sqlite3.connect(tmp_path / "archive.sqlite") as database:
        database.execute("UPDATE documents SET category = NULL")
    assert store.get(DOCUMENT.document_id).metadata.category is Category.REPORT

    with database:
        database.execute("UPDATE documents SET is_report = 0")
    database.close()

    assert store.get(DOCUMENT.document_id).metadata.category is Category.OTHER


@pytest.mark.parametrize(
    "given",
    [
        datetime(2026, 1, 9, 8, 30, 0, 125, tzinfo=UTC),
        datetime(2026, 1, 9, 16, 30, 0, 125, tzinfo=timezone(timedelta(hours=8))),
        datetime(2026, 1, 9, 8, 30, 0, 125),
    ],
)
def test_times_come_back_in_utc_and_lie_in_the_file_as_before(tmp_path, given):
    database = open_database(tmp_path / "archive.sqlite")
    row = {"name": "t", "token_hash": "h", "role": "editor", "created_at": given}
    with database.write() as connection:
        connection.execute(insert(TOKENS).values(**row))
    with database.read() as connection:
        assert connection.scalar(select(TOKENS.c.created_at)) == datetime(
            2026, 1, 9, 8, 30, 0, 125, tzinfo=UTC
        )
        [kept] = connection.exec_driver_sql("SELECT created_at FROM tokens").one()
        assert kept == "2026-01-09 08:30:00.000125"
    database.close()
