"""A database of each earlier version, as zhengwen wrote it, opens with all that was in it."""

import sqlite3
from contextlib import closing

import pytest

from archive.database import open_database
from archive.errors import StoreError
from archive.statements.edits import Edit
from archive.store import Store
from archive.uploading.uploads import Uploads

VERSION_1 = """
CREATE TABLE about (name VARCHAR NOT NULL, value VARCHAR NOT NULL, PRIMARY KEY (name));
CREATE TABLE documents (
    document_id VARCHAR NOT NULL, sha256 VARCHAR NOT NULL, file_name VARCHAR NOT NULL,
    size INTEGER NOT NULL, encoding VARCHAR NOT NULL, title TEXT, report_year INTEGER,
    region_name VARCHAR, region_full_name VARCHAR, region_code VARCHAR, region_level VARCHAR,
    publish_date DATE, session_date DATE, source_site TEXT, source_url TEXT,
    source_fetched_url TEXT, speaker_name VARCHAR, speaker_office VARCHAR, congress VARCHAR,
    review_first_year INTEGER, review_last_year INTEGER, is_report BOOLEAN NOT NULL,
    evidence JSON NOT NULL, warnings JSON NOT NULL, added_at DATETIME NOT NULL,
    revision INTEGER NOT NULL, PRIMARY KEY (document_id), UNIQUE (sha256)
);
CREATE INDEX ix_documents_report_year ON documents (report_year);
CREATE INDEX ix_documents_region_full_name ON documents (region_full_name);
CREATE TABLE paragraphs (
    paragraph_id VARCHAR NOT NULL, document_id VARCHAR NOT NULL, ordinal INTEGER NOT NULL,
    kind VARCHAR NOT NULL, section JSON NOT NULL, text TEXT NOT NULL, part VARCHAR,
    as_received TEXT, PRIMARY KEY (paragraph_id), UNIQUE (document_id, ordinal),
    FOREIGN KEY(document_id) REFERENCES documents (document_id)
);
CREATE TABLE removed_lines (
    document_id VARCHAR NOT NULL, ordinal INTEGER NOT NULL, line INTEGER NOT NULL,
    text TEXT NOT NULL, rule VARCHAR NOT NULL, PRIMARY KEY (document_id, ordinal),
    FOREIGN KEY(document_id) REFERENCES documents (document_id)
);
CREATE TABLE edits (
    edit_id INTEGER NOT NULL, document_id VARCHAR NOT NULL, field VARCHAR NOT NULL,
    value TEXT NOT NULL, editor VARCHAR NOT NULL, edited_at DATETIME NOT NULL,
    PRIMARY KEY (edit_id), FOREIGN KEY(document_id) REFERENCES documents (document_id)
);
CREATE INDEX ix_edits_document_id ON edits (document_id);
CREATE TABLE uploads (
    upload_id INTEGER NOT NULL, batch_id VARCHAR NOT NULL, file_name VARCHAR NOT NULL,
    received_at DATETIME NOT NULL, state VARCHAR NOT NULL, document_id VARCHAR, failure JSON,
    PRIMARY KEY (upload_id), FOREIGN KEY(document_id) REFERENCES documents (document_id)
);
CREATE INDEX ix_uploads_batch_id ON uploads (batch_id);
INSERT INTO about VALUES ('schema_version', '1');
INSERT INTO edits VALUES (1, 'aaaa', 'report_year', '2022', '王编辑', '2026-11-21 08:00:00.000000');
INSERT INTO uploads VALUES
    (1, 'batch', 'aaaa.txt', '2026-11-20 09:00:00.000000', 'added', 'aaaa', NULL);
INSERT INTO removed_lines VALUES ('aaaa', 0, 1, '首页', 'nav');
"""
TO_VERSION_2 = """
ALTER TABLE documents ADD COLUMN work_id VARCHAR;
ALTER TABLE documents ADD COLUMN category VARCHAR;
ALTER TABLE paragraphs ADD COLUMN line INTEGER;
UPDATE documents SET work_id = document_id;
CREATE INDEX ix_documents_work_id ON documents (work_id);
UPDATE about SET value = '2';
"""
BETWEEN_1_AND_2 = """
ALTER TABLE documents ADD COLUMN category VARCHAR;
ALTER TABLE paragraphs ADD COLUMN line INTEGER;
"""
"""As development versions wrote it, under the number 1."""
SENTENCES = [
    f"{place}{number}号堤段加高{number * 3}厘米，{place}{number + 40}户人家搬进新屋，用水有了保障。"
    for number, place in enumerate("河西河东河南河北山前山后" * 2)
]


@pytest.fixture(params=["1", "between 1 and 2", "2"])
def path(tmp_path, request):
    """Two versions of one report and another report, none of them compared yet."""
    path = tmp_path / "archive.sqlite"
    texts = {"aaaa": SENTENCES, "bbbb": SENTENCES[:-1], "cccc": ["另一份报告的正文。" * 3]}
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(VERSION_1)
        for day, (name, paragraphs) in enumerate(texts.items(), 1):
            connection.execute(
                "INSERT INTO documents VALUES (?, ?, ?, 1234, 'gb18030', '政府工作报告', 2022,"
                " '澜溪县', '霁州市澜溪县', NULL, 'county', '2022-01-19', NULL, '澜溪县人民政府',"
                " 'http://www.lanxi.example/1', NULL, '贺云堃', '县长', NULL, 2017, 2021, 1,"
                """ '{"report_year": {"rule": "edit", "text": "王编辑"}}', '["坏字"]', ?, 3)""",
                (name, name * 16, f"{name}.txt", f"2026-11-{day:02} 08:00:00.000000"),
            )
            connection.executemany(
                "INSERT INTO paragraphs VALUES (?, ?, ?, 'paragraph', '[]', ?, 'review', NULL)",
                [(f"{name}-{n}", name, n, text) for n, text in enumerate(paragraphs)],
            )
        steps = {"1": "", "between 1 and 2": BETWEEN_1_AND_2, "2": TO_VERSION_2}
        connection.executescript(steps[request.param])
    return path


def test_everything_is_kept_and_versions_are_found(path):
    database = open_database(path)
    store = Store(database)

    document = store.get("aaaa")
    assert [paragraph.text for paragraph in document.paragraphs] == SENTENCES
    assert document.metadata.report_year == 2022
    assert document.metadata.review_years == (2017, 2021)
    assert document.metadata.evidence["report_year"].text == "王编辑"
    assert [line.text for line in document.removed] == ["首页"]
    assert document.warnings == ("坏字",)
    [edit] = store.list_edits("aaaa")
    assert isinstance(edit, Edit)
    assert (edit.editor, edit.value) == ("王编辑", "2022")
    [upload] = Uploads(database).list_batch("batch")
    assert (upload.document_id, upload.state) == ("aaaa", "searchable")
    assert (upload.tries, upload.can_be_retried) == (0, False)
    works = {summary.document_id: summary.work_id for summary in store.list_documents()}
    assert works == {"aaaa": "aaaa", "bbbb": "aaaa", "cccc": "cccc"}
    # Only of the second version something else is indexed now.
    assert store.list_revisions() == {"aaaa": 3, "bbbb": 4, "cccc": 3}
    database.close()


def test_it_is_done_once(path):
    open_database(path).close()
    database = open_database(path)

    assert Store(database).list_revisions() == {"aaaa": 3, "bbbb": 4, "cccc": 3}
    database.close()


def test_a_new_database_and_a_migrated_one_have_the_same_tables(path, tmp_path):
    open_database(path).close()
    open_database(tmp_path / "new.sqlite").close()

    def shape(database):
        with closing(sqlite3.connect(database)) as connection:
            names = connection.execute(
                "SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
            ).fetchall()
            return {
                (kind, name): sorted(
                    column[1:4] for column in connection.execute(f"PRAGMA table_info({name})")
                )
                for kind, name in names
            }

    assert shape(path) == shape(tmp_path / "new.sqlite")


def test_fingerprints_of_other_rules_are_taken_anew(path):
    open_database(path).close()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE about SET value = 'old' WHERE name = 'fingerprints'")
        connection.execute("UPDATE fingerprints SET text_hash = 'old'")
        connection.execute("DELETE FROM bands")

    open_database(path).close()

    with closing(sqlite3.connect(path)) as connection:
        kept = connection.execute("SELECT text_hash FROM fingerprints").fetchall()
        assert len(kept) == 2
        assert ("old",) not in kept
        assert connection.execute("SELECT count(*) FROM bands").fetchone() == (2 * 64,)


@pytest.mark.parametrize("version", ["99", "0", "first"])
def test_a_version_that_is_not_known_is_refused_and_left_as_it_is(path, version):
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE about SET value = ?", (version,))

    with pytest.raises(StoreError, match=version):
        open_database(path)

    with closing(sqlite3.connect(path)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master").fetchall()
        assert ("fingerprints",) not in tables
