"""Documents, their paragraphs and revisions: the source of truth.

The index can always be rebuilt from here; nothing here is made from the index.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Label, Row, delete, func, insert, select, update

from archive.choices import Choice, read_choices, replay_choices
from archive.database import Database, utc_now
from archive.duplicates import Fingerprint, take_fingerprint
from archive.edits import Edit, apply_edits, note_edits, read_edits
from archive.errors import NotFoundError
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
from archive.schema import DOCUMENTS, PARAGRAPHS, REMOVED_LINES
from archive.sidecar import Sidecar
from archive.stated import keep_stated, read_stated
from archive.versions import (
    VERSION_OF,
    Version,
    check_statement,
    keep_fingerprint,
    read_earlier_texts,
    read_texts,
    read_versions,
    relink,
)

IDS_IN_ONE_STATEMENT = 500
"""SQLite refuses statements with too many parameters."""


@dataclass(frozen=True, slots=True)
class Summary:
    """A document without its paragraphs.

    Attributes:
        paragraph_count: paragraphs of every kind.
        added_at: when it was first added, UTC.
        revision: 1 when first added, one more each time it was put again.
        work_id: the id of the first version of its work, which may be its own.
        versions: how many versions of its work there are.
    """

    document_id: str
    original: Original
    metadata: Metadata
    paragraph_count: int
    added_at: datetime
    revision: int
    work_id: str
    versions: int


class Store:
    """The tables of documents, through the questions that the rest of the product asks."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(
        self,
        document: Document,
        fingerprint: Fingerprint | None = None,
        stated: Sidecar | None = None,
    ) -> int:
        """Keeps a document in the place of the one with its id; its new revision.

        What people have corrected in the one before stays corrected, and what they decided
        about single lines stays decided. The document joins those whose text is the same or
        nearly the same.

        Args:
            fingerprint: of its paragraphs, where it is taken already.
            stated: what lies beside its file now; None leaves what is known of that.
        """
        fingerprint = fingerprint or take_fingerprint(_texts(document))
        with self._database.write() as connection:
            edits = read_edits(connection, document.document_id)
            document = replace(document, metadata=apply_edits(document.metadata, edits))
            decided = replay_choices(connection, document)
            if decided != document:
                document, fingerprint = decided, take_fingerprint(_texts(decided))
            texts = _texts(document)
            old = connection.execute(
                select(DOCUMENTS.c.revision).where(DOCUMENTS.c.document_id == document.document_id)
            ).scalar()
            is_new_text = old is None or texts != read_texts(connection, [document.document_id])
            _delete_parts(connection, document.document_id)
            if old is None:
                connection.execute(insert(DOCUMENTS).values(**_new_row(document)))
            else:
                connection.execute(
                    update(DOCUMENTS)
                    .where(DOCUMENTS.c.document_id == document.document_id)
                    .values(**_row(document), revision=old + 1)
                )
            _insert_parts(connection, document)
            keep_fingerprint(connection, document.document_id, fingerprint)
            relink(connection, document.document_id, is_new_text=is_new_text)
            if stated is not None:
                keep_stated(connection, document.document_id, stated)
        return (old or 0) + 1

    def edit(self, document_id: str, stated: Mapping[str, str], editor: str) -> int:
        """Corrects fields of a document and notes who did; its new revision.

        Args:
            stated: field name -> value as text, see corrections.FIELDS; empty means unknown.
                Also version_of -> the id of another document; empty means of none.
        Raises: NotFoundError; StatedValueError if a value makes no sense, and nothing is changed.
        """
        with self._database.write() as connection:
            row = _find_row(connection, document_id)
            if VERSION_OF in stated:
                check_statement(connection, document_id, stated[VERSION_OF].strip())
            note_edits(connection, document_id, stated, editor)
            edits = read_edits(connection, document_id)
            revision: int = row.revision + 1
            connection.execute(
                update(DOCUMENTS)
                .where(DOCUMENTS.c.document_id == document_id)
                .values(**_metadata_row(apply_edits(_metadata(row), edits)), revision=revision)
            )
            relink(connection, document_id)
        return revision

    def revise(self, document_id: str, change: Callable[[Connection, Document], Document]) -> int:
        """Changes paragraphs and removed lines of a document in one transaction.

        Args:
            change: given the transaction and the document; its metadata are not written.
        Returns: the new revision.
        Raises: NotFoundError, and what change raises; then nothing is changed.
        """
        with self._database.write() as connection:
            document, revision = _read_document(connection, document_id)
            document = change(connection, document)
            _delete_parts(connection, document_id)
            _insert_parts(connection, document)
            connection.execute(
                update(DOCUMENTS)
                .where(DOCUMENTS.c.document_id == document_id)
                .values(revision=revision + 1)
            )
            keep_fingerprint(connection, document_id, take_fingerprint(_texts(document)))
            relink(connection, document_id, is_new_text=True)
        return revision + 1

    def list_choices(self, document_id: str) -> list[Choice]:
        """What people have decided about lines of a document, oldest first."""
        with self._database.read() as connection:
            return read_choices(connection, document_id)

    def list_edits(self, document_id: str) -> list[Edit]:
        """What people have corrected in a document, oldest first."""
        with self._database.read() as connection:
            return read_edits(connection, document_id)

    def find_stated(self, document_id: str) -> Sidecar:
        """What lay beside the file of a document when it was added last."""
        with self._database.read() as connection:
            return read_stated(connection, document_id)

    def find_by_sha256(self, sha256: str) -> str | None:
        """The id of the document made of these bytes, or None if there is none."""
        with self._database.read() as connection:
            return connection.scalar(
                select(DOCUMENTS.c.document_id).where(DOCUMENTS.c.sha256 == sha256)
            )

    def get(self, document_id: str) -> Document:
        """A document with all its parts. Raises: NotFoundError."""
        document, _ = self.get_with_revision(document_id)
        return document

    def get_with_revision(self, document_id: str) -> tuple[Document, int]:
        """A document with all its parts, and its revision. Raises: NotFoundError."""
        with self._database.read() as connection:
            return _read_document(connection, document_id)

    def list_versions(self, document_id: str) -> list[Version]:
        """The versions of a document's work, itself among them, in the order they were added."""
        with self._database.read() as connection:
            return read_versions(connection, document_id)

    def list_later_versions(self) -> list[str]:
        """The ids of documents that are a version of one that was there before them."""
        query = select(DOCUMENTS.c.document_id).where(
            DOCUMENTS.c.document_id != DOCUMENTS.c.work_id
        )
        with self._database.read() as connection:
            return list(connection.scalars(query))

    def list_earlier_texts(self, document_id: str) -> list[str]:
        """The paragraphs of the versions of a document's work that were there before it."""
        with self._database.read() as connection:
            return read_earlier_texts(connection, document_id)

    def list_documents(self, document_ids: Iterable[str] | None = None) -> list[Summary]:
        """Summaries, newest report year first, then by place; of all, or of these ids."""
        count = (
            select(func.count())
            .select_from(PARAGRAPHS)
            .where(PARAGRAPHS.c.document_id == DOCUMENTS.c.document_id)
            .scalar_subquery()
            .label("paragraph_count")
        )
        query = select(DOCUMENTS, count, _count_versions()).order_by(
            DOCUMENTS.c.report_year.desc().nulls_last(),
            DOCUMENTS.c.region_full_name,
            DOCUMENTS.c.document_id,
        )
        if document_ids is not None:
            query = query.where(DOCUMENTS.c.document_id.in_(list(document_ids)))
        with self._database.read() as connection:
            return [_summary(row) for row in connection.execute(query)]

    def list_region_names(self) -> dict[str, str]:
        """Full name of each place that has a document -> its name without parents."""
        query = select(DOCUMENTS.c.region_full_name, DOCUMENTS.c.region_name).distinct()
        with self._database.read() as connection:
            rows = connection.execute(query.where(DOCUMENTS.c.region_full_name.is_not(None)))
            return {row.region_full_name: row.region_name for row in rows}

    def find_paragraphs(self, paragraph_ids: Sequence[str]) -> dict[str, Paragraph]:
        """Paragraph id -> paragraph, for those ids that there are."""
        found: dict[str, Paragraph] = {}
        with self._database.read() as connection:
            for start in range(0, len(paragraph_ids), IDS_IN_ONE_STATEMENT):
                some = paragraph_ids[start : start + IDS_IN_ONE_STATEMENT]
                rows = connection.execute(
                    select(PARAGRAPHS).where(PARAGRAPHS.c.paragraph_id.in_(some))
                )
                found.update({row.paragraph_id: _paragraph(row) for row in rows})
        return found

    def list_revisions(self) -> dict[str, int]:
        """Document id -> latest revision, of all documents, in the order they were added."""
        query = select(DOCUMENTS.c.document_id, DOCUMENTS.c.revision).order_by(
            DOCUMENTS.c.added_at, DOCUMENTS.c.document_id
        )
        with self._database.read() as connection:
            return {row.document_id: row.revision for row in connection.execute(query)}

    def count_paragraphs(self) -> int:
        """The number of paragraphs of all documents."""
        with self._database.read() as connection:
            return int(connection.scalar(select(func.count()).select_from(PARAGRAPHS)) or 0)


def _count_versions() -> Label[int]:
    of_work = DOCUMENTS.alias()
    count = (
        select(func.count()).select_from(of_work).where(of_work.c.work_id == DOCUMENTS.c.work_id)
    )
    return count.scalar_subquery().label("versions")


def _texts(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def _new_row(document: Document) -> dict[str, Any]:
    document_id = document.document_id
    identity = {"document_id": document_id, "work_id": document_id, "added_at": utc_now()}
    return {**_row(document), **identity, "revision": 1}


def _row(document: Document) -> dict[str, Any]:
    return {
        **asdict(document.original),
        "encoding": document.encoding,
        "warnings": list(document.warnings),
        **_metadata_row(document.metadata),
    }


def _metadata_row(metadata: Metadata) -> dict[str, Any]:
    region = metadata.region
    return {
        "title": metadata.title,
        "report_year": metadata.report_year,
        "region_name": region.name if region else None,
        "region_full_name": region.full_name if region else None,
        "region_code": region.code if region else None,
        "region_level": region.level.value if region else None,
        "publish_date": metadata.publish_date,
        "session_date": metadata.session_date,
        "source_site": metadata.source.site,
        "source_url": metadata.source.url,
        "source_fetched_url": metadata.source.fetched_url,
        **_details_row(metadata),
        "is_report": metadata.is_report,
        "category": metadata.category.value,
        "evidence": {name: asdict(found) for name, found in metadata.evidence.items()},
    }


def _details_row(metadata: Metadata) -> dict[str, Any]:
    first, last = metadata.review_years or (None, None)
    return {
        "speaker_name": metadata.speaker.name if metadata.speaker else None,
        "speaker_office": metadata.speaker.office if metadata.speaker else None,
        "congress": metadata.congress,
        "review_first_year": first,
        "review_last_year": last,
    }


def _delete_parts(connection: Connection, document_id: str) -> None:
    for table in (PARAGRAPHS, REMOVED_LINES):
        connection.execute(delete(table).where(table.c.document_id == document_id))


def _insert_parts(connection: Connection, document: Document) -> None:
    paragraphs = [
        {**asdict(p), "section": list(p.section), "document_id": document.document_id}
        for p in document.paragraphs
    ]
    removed = [
        {**asdict(line), "document_id": document.document_id, "ordinal": ordinal}
        for ordinal, line in enumerate(document.removed)
    ]
    if paragraphs:
        connection.execute(insert(PARAGRAPHS), paragraphs)
    if removed:
        connection.execute(insert(REMOVED_LINES), removed)


def _find_row(connection: Connection, document_id: str) -> Row[Any]:
    query = select(DOCUMENTS).where(DOCUMENTS.c.document_id == document_id)
    row = connection.execute(query).first()
    if row is None:
        raise NotFoundError(what=document_id)
    return row


def _read_document(connection: Connection, document_id: str) -> tuple[Document, int]:
    row = _find_row(connection, document_id)
    paragraphs = connection.execute(_in_order(PARAGRAPHS, document_id)).all()
    removed = connection.execute(_in_order(REMOVED_LINES, document_id)).all()
    document = Document(
        document_id=row.document_id,
        original=_original(row),
        encoding=row.encoding,
        metadata=_metadata(row),
        paragraphs=tuple(map(_paragraph, paragraphs)),
        removed=tuple(RemovedLine(line.line, line.text, line.rule) for line in removed),
        warnings=tuple(row.warnings),
    )
    return document, row.revision


def _in_order(table: Any, document_id: str) -> Any:
    return select(table).where(table.c.document_id == document_id).order_by(table.c.ordinal)


def _original(row: Row[Any]) -> Original:
    return Original(row.sha256, row.file_name, row.size)


def _metadata(row: Row[Any]) -> Metadata:
    region = None
    if row.region_name is not None:
        level = Level(row.region_level)
        region = Region(row.region_name, row.region_full_name, row.region_code, level)
    return Metadata(
        title=row.title,
        report_year=row.report_year,
        region=region,
        publish_date=row.publish_date,
        session_date=row.session_date,
        source=Source(row.source_site, row.source_url, row.source_fetched_url),
        is_report=row.is_report,
        category=_category(row),
        speaker=Speaker(row.speaker_name, row.speaker_office) if row.speaker_name else None,
        congress=row.congress,
        review_years=_review_years(row),
        evidence={name: Evidence(**found) for name, found in row.evidence.items()},
    )


def _category(row: Row[Any]) -> Category:
    """The category; what was stored before there were categories is a report or is not."""
    if row.category:
        return Category(row.category)
    return Category.REPORT if row.is_report else Category.OTHER


def _review_years(row: Row[Any]) -> tuple[int, int] | None:
    if row.review_first_year is None:
        return None
    return row.review_first_year, row.review_last_year


def _summary(row: Row[Any]) -> Summary:
    return Summary(
        row.document_id,
        _original(row),
        _metadata(row),
        row.paragraph_count,
        row.added_at.replace(tzinfo=UTC),
        row.revision,
        row.work_id,
        row.versions,
    )


def _paragraph(row: Row[Any]) -> Paragraph:
    return Paragraph(
        row.paragraph_id,
        row.ordinal,
        tuple(row.section),
        Kind(row.kind),
        row.text,
        Part(row.part) if row.part else None,
        row.as_received,
        row.line,
    )
