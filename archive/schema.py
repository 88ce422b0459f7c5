"""The tables of the store."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

SCHEMA_VERSION = 3

TABLES = MetaData()


class UtcTime(TypeDecorator[datetime]):
    """A time in UTC with its zone; SQLite keeps none, so every time in its tables is UTC."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: object) -> datetime | None:
        """What is kept; a time without zone is taken for UTC."""
        is_aware = value is not None and value.tzinfo is not None
        return value.astimezone(UTC).replace(tzinfo=None) if value and is_aware else value

    def process_result_value(self, value: datetime | None, dialect: object) -> datetime | None:
        """What was kept, with its zone."""
        return value.replace(tzinfo=UTC) if value else None


ABOUT = Table(
    "about",
    TABLES,
    Column("name", String, primary_key=True),
    Column("value", String, nullable=False),
)

DOCUMENTS = Table(
    "documents",
    TABLES,
    Column("document_id", String, primary_key=True),
    Column("sha256", String, nullable=False, unique=True),
    Column("file_name", String, nullable=False),
    Column("size", Integer, nullable=False),
    Column("encoding", String, nullable=False),
    Column("title", Text),
    Column("report_year", Integer, index=True),
    Column("region_name", String),
    Column("region_full_name", String, index=True),
    Column("region_code", String),
    Column("region_level", String),
    Column("publish_date", Date),
    Column("session_date", Date),
    Column("source_site", Text),
    Column("source_url", Text),
    Column("source_fetched_url", Text),
    Column("speaker_name", String),
    Column("speaker_office", String),
    Column("congress", String),
    Column("review_first_year", Integer),
    Column("review_last_year", Integer),
    Column("is_report", Boolean, nullable=False),
    Column("category", String),
    Column("evidence", JSON, nullable=False),
    Column("warnings", JSON, nullable=False),
    Column("added_at", UtcTime, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("work_id", String, index=True),
)

PARAGRAPHS = Table(
    "paragraphs",
    TABLES,
    Column("paragraph_id", String, primary_key=True),
    Column("document_id", ForeignKey("documents.document_id"), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("section", JSON, nullable=False),
    Column("text", Text, nullable=False),
    Column("part", String),
    Column("as_received", Text),
    Column("line", Integer),
    UniqueConstraint("document_id", "ordinal"),
)

REMOVED_LINES = Table(
    "removed_lines",
    TABLES,
    Column("document_id", ForeignKey("documents.document_id"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("line", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("rule", String, nullable=False),
)

EDITS = Table(
    "edits",
    TABLES,
    Column("edit_id", Integer, primary_key=True),
    Column("document_id", ForeignKey("documents.document_id"), nullable=False, index=True),
    Column("field", String, nullable=False),
    Column("value", Text, nullable=False),
    Column("editor", String, nullable=False),
    Column("edited_at", UtcTime, nullable=False),
)

CHOICES = Table(
    "choices",
    TABLES,
    Column("choice_id", Integer, primary_key=True),
    Column("document_id", ForeignKey("documents.document_id"), nullable=False, index=True),
    Column("action", String, nullable=False),
    Column("line", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("rule", String, nullable=False),
    Column("paragraph_id", String, nullable=False),
    Column("taken", JSON),
    Column("editor", String, nullable=False),
    Column("decided_at", UtcTime, nullable=False),
    Column("undone_by", String),
    Column("undone_at", UtcTime),
)

SITE_DOCUMENTS = Table(
    "site_documents",
    TABLES,
    Column("document_id", ForeignKey("documents.document_id"), primary_key=True),
    Column("site", String, nullable=False, index=True),
    Column("report", String, nullable=False),
)

SITE_LINES = Table(
    "site_lines",
    TABLES,
    Column("document_id", ForeignKey("documents.document_id"), primary_key=True),
    Column("text", String, primary_key=True),
    Column("is_edge", Boolean, primary_key=True),
    Column("site", String, nullable=False),
    Column("report", String, nullable=False),
    # Holds all that learning asks, so that the rows themselves need not be read.
    Index("ix_site_lines_site_text", "site", "text", "report", "is_edge"),
)

UPLOADS = Table(
    "uploads",
    TABLES,
    Column("upload_id", Integer, primary_key=True),
    Column("batch_id", String, nullable=False, index=True),
    Column("file_name", String, nullable=False),
    Column("received_at", UtcTime, nullable=False),
    Column("state", String, nullable=False, index=True),
    Column("document_id", ForeignKey("documents.document_id")),
    Column("failure", JSON),
    Column("sha256", String),
    Column("archive_id", Integer),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("claimed_by", String),
    Column("claimed_at", UtcTime),
)
"""One row for each file received; archive_id is the row of the ZIP archive that it came in."""

WANTED = Table(
    "wanted",
    TABLES,
    Column("batch_id", String, primary_key=True),
    Column("region_name", String, nullable=False),
    Column("region_full_name", String, nullable=False),
    Column("region_code", String),
    Column("region_level", String, nullable=False),
    Column("year", Integer, nullable=False),
    Column("sender", String, nullable=False),
    Column("stated_at", DateTime, nullable=False),
)
"""The report that the files of a batch were uploaded for, as their sender says."""

STATED = Table(
    "stated",
    TABLES,
    Column("document_id", ForeignKey("documents.document_id"), primary_key=True),
    Column("place", String, nullable=False),
    Column("field_values", JSON, nullable=False),
)
"""What lay beside a file: the sidecar's name, and field name -> value as text."""

FINGERPRINTS = Table(
    "fingerprints",
    TABLES,
    Column("document_id", ForeignKey("documents.document_id"), primary_key=True),
    Column("text_hash", String, nullable=False, index=True),
    Column("letters", Integer, nullable=False),
    Column("signature", LargeBinary, nullable=False),
)

BANDS = Table(
    "bands",
    TABLES,
    Column("band", BigInteger, primary_key=True, autoincrement=False),
    Column("document_id", ForeignKey("documents.document_id"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)
"""Keys of which texts that are alike have one in common."""

LIKENESSES = Table(
    "likenesses",
    TABLES,
    Column("document_id", ForeignKey("documents.document_id"), primary_key=True),
    Column("other_id", ForeignKey("documents.document_id"), primary_key=True, index=True),
    Column("relation", String, nullable=False),
    Column("share", Float, nullable=False),
    sqlite_with_rowid=False,
)
"""Pairs of documents whose texts were found alike, each pair in both directions."""

SEALS = Table(
    "seals",
    TABLES,
    Column("name", String, primary_key=True),
    Column("seal", String, nullable=False),
    sqlite_with_rowid=False,
)
"""Checksums of documents and rows; see archive.safekeeping.seals."""
