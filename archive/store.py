"""Documents, their paragraphs and revisions: the source of truth.

The index can always be rebuilt from here; nothing here is made from the index.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, func, insert, select, update

from archive.database import Database
from archive.duplicates import Fingerprint, take_fingerprint
from archive.errors import NotFoundError
from archive.figures import Figures, read_figures
from archive.found import HitDocument, count_versions, iter_found
from archive.inventory import Entry, read_entries, read_part_starts
from archive.model import (
    Document,
    Metadata,
    Original,
    Paragraph,
    Part,
    Region,
    RemovedLine,
)
from archive.places.lineage import lineage_of, where_named
from archive.remembered import Remembered
from archive.rows import (
    document_row,
    metadata_row,
    new_document_row,
    paragraph_row,
    read_metadata,
    read_original,
    read_paragraph,
)
from archive.schema import DOCUMENTS, PARAGRAPHS, REMOVED_LINES
from archive.statements.choices import Choice, read_choices, replay_choices
from archive.statements.edits import Edit, apply_edits, note_edits, read_edits
from archive.statements.sidecar import Sidecar
from archive.statements.stated import keep_stated, read_stated
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


_COUNT = (
    select(func.count())
    .select_from(PARAGRAPHS)
    .where(PARAGRAPHS.c.document_id == DOCUMENTS.c.document_id)
    .scalar_subquery()
    .label("paragraph_count")
)
_SUMMARIES: Select[Any] = select(DOCUMENTS, _COUNT, count_versions()).order_by(
    DOCUMENTS.c.report_year.desc().nulls_last(),
    DOCUMENTS.c.region_full_name,
    DOCUMENTS.c.document_id,
)


class Store:
    """The tables of documents, through the questions that the rest of the product asks."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._region_names = Remembered(database, _read_region_names)
        self._figures = Remembered(database, read_figures)
        self._entries = Remembered(database, read_entries)

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
        with self._database.write() as connection:
            document, fingerprint = _decided(connection, document, fingerprint)
            revision = _put(connection, document, fingerprint)
            if stated is not None:
                keep_stated(connection, document.document_id, stated)
        return revision

    def renew(self, document: Document, fingerprint: Fingerprint | None = None) -> bool:
        """Puts a document that was read anew, unless it is as it was; whether it is another.

        Raises: NotFoundError if it was never put.
        """
        with self._database.write() as connection:
            document, fingerprint = _decided(connection, document, fingerprint)
            before, _ = read_document(connection, document.document_id)
            if document == before:
                return False
            _put(connection, document, fingerprint)
        return True

    def edit(self, document_id: str, stated: Mapping[str, str], editor: str) -> int:
        """Corrects fields of a document and notes who did; its new revision.

        Args:
            stated: field name -> value as text, see corrections.FIELDS; empty means unknown.
                Also version_of -> the id of another document; empty means of none,
                auto of what it is recognised as.
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
                .values(**metadata_row(apply_edits(read_metadata(row), edits)), revision=revision)
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
            document, revision = read_document(connection, document_id)
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

    @contextmanager
    def hold_still(self) -> Iterator[None]:
        """Nobody changes the store while this block lasts: writers wait for it, readers do not.

        For as short as can be: writers give up after half a minute.
        """
        with self._database.write():
            yield

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
            return read_document(connection, document_id)

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
        query = _SUMMARIES
        if document_ids is not None:
            query = query.where(DOCUMENTS.c.document_id.in_(list(document_ids)))
        with self._database.read() as connection:
            return [_summary(row) for row in connection.execute(query)]

    def list_latest_reports(self, limit: int) -> list[Summary]:
        """The first of the summaries that are of reports, in the same order."""
        query = _SUMMARIES.where(DOCUMENTS.c.is_report).limit(limit)
        with self._database.read() as connection:
            return [_summary(row) for row in connection.execute(query)]

    def figures(self) -> Figures:
        """How much is in the archive."""
        return self._figures.get()

    def list_region_names(self) -> Mapping[str, str]:
        """Full name of each place that has a document -> its name without parents."""
        return self._region_names.get()

    def find_paragraphs(self, paragraph_ids: Sequence[str]) -> dict[str, Paragraph]:
        """Paragraph id -> paragraph, for those ids that there are."""
        return {key: paragraph for key, (paragraph, _) in self.find_hits(paragraph_ids).items()}

    def find_hits(self, paragraph_ids: Sequence[str]) -> dict[str, tuple[Paragraph, HitDocument]]:
        """Paragraph id -> paragraph and its document, for those ids that there are."""
        with self._database.read() as connection:
            found = iter_found(connection, paragraph_ids)
            return {paragraph.paragraph_id: (paragraph, of) for paragraph, of in found}

    def find_document_of(self, paragraph_id: str) -> str:
        """The id of the document that a paragraph stands in. Raises: NotFoundError."""
        query = select(PARAGRAPHS.c.document_id).where(PARAGRAPHS.c.paragraph_id == paragraph_id)
        with self._database.read() as connection:
            document_id: str | None = connection.scalar(query)
        if document_id is None:
            raise NotFoundError(what=paragraph_id)
        return document_id

    def list_entries(self) -> tuple[Entry, ...]:
        """Every document as one line of the inventory."""
        return self._entries.get()

    def list_namesakes(self, region: Region, year: int | None) -> list[Entry]:
        """The documents of a place under its former and later names, too."""
        key = lineage_of(region, year)
        with self._database.read() as connection:
            return [
                entry
                for entry in read_entries(connection, where_named(region, year))
                if entry.region and lineage_of(entry.region, entry.year) == key
            ]

    def list_part_starts(self, document_ids: Sequence[str]) -> dict[str, dict[Part, str]]:
        """Document id -> part of the report -> id of the first paragraph in it."""
        with self._database.read() as connection:
            return read_part_starts(connection, document_ids)

    def list_revisions(self) -> dict[str, int]:
        """Document id -> latest revision, of all documents, in the order they were added."""
        query = select(DOCUMENTS.c.document_id, DOCUMENTS.c.revision).order_by(
            DOCUMENTS.c.added_at, DOCUMENTS.c.document_id
        )
        with self._database.read() as connection:
            return {row.document_id: row.revision for row in connection.execute(query)}

    def state(self) -> str:
        """A name of what the documents are: another one after each that is put or edited."""
        query = select(
            func.count(), func.sum(DOCUMENTS.c.revision), func.max(DOCUMENTS.c.added_at)
        ).select_from(DOCUMENTS)
        with self._database.read() as connection:
            return " ".join(map(str, connection.execute(query).one()))

    def count_paragraphs(self) -> int:
        """The number of paragraphs of all documents."""
        with self._database.read() as connection:
            return int(connection.scalar(select(func.count()).select_from(PARAGRAPHS)) or 0)


def _read_region_names(connection: Connection) -> dict[str, str]:
    query = select(DOCUMENTS.c.region_full_name, DOCUMENTS.c.region_name).distinct()
    rows = connection.execute(query.where(DOCUMENTS.c.region_full_name.is_not(None)))
    return {row.region_full_name: row.region_name for row in rows}


def _decided(
    connection: Connection, document: Document, fingerprint: Fingerprint | None
) -> tuple[Document, Fingerprint | None]:
    """A document as people have corrected it and decided about its lines; its fingerprint."""
    edits = read_edits(connection, document.document_id)
    document = replace(document, metadata=apply_edits(document.metadata, edits))
    decided = replay_choices(connection, document)
    if fingerprint is None or decided != document:
        fingerprint = take_fingerprint(_texts(decided))
    return decided, fingerprint


def _put(connection: Connection, document: Document, fingerprint: Fingerprint | None) -> int:
    document_id, texts = document.document_id, _texts(document)
    old = connection.scalar(
        select(DOCUMENTS.c.revision).where(DOCUMENTS.c.document_id == document_id)
    )
    is_new_text = old is None or texts != read_texts(connection, [document_id])
    _delete_parts(connection, document_id)
    if old is None:
        connection.execute(insert(DOCUMENTS).values(**new_document_row(document)))
    else:
        connection.execute(
            update(DOCUMENTS)
            .where(DOCUMENTS.c.document_id == document_id)
            .values(**document_row(document), revision=old + 1)
        )
    _insert_parts(connection, document)
    keep_fingerprint(connection, document_id, fingerprint)
    relink(connection, document_id, is_new_text=is_new_text)
    return (old or 0) + 1


def _texts(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def _delete_parts(connection: Connection, document_id: str) -> None:
    for table in (PARAGRAPHS, REMOVED_LINES):
        connection.execute(delete(table).where(table.c.document_id == document_id))


def _insert_parts(connection: Connection, document: Document) -> None:
    document_id = document.document_id
    paragraphs = [paragraph_row(paragraph, document_id) for paragraph in document.paragraphs]
    removed = [
        {**asdict(line), "document_id": document_id, "ordinal": ordinal}
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


def read_document(connection: Connection, document_id: str) -> tuple[Document, int]:
    """A document with all its parts, and its revision. Raises: NotFoundError."""
    row = _find_row(connection, document_id)
    paragraphs = connection.execute(_in_order(PARAGRAPHS, document_id)).all()
    removed = connection.execute(_in_order(REMOVED_LINES, document_id)).all()
    document = Document(
        document_id=row.document_id,
        original=read_original(row),
        encoding=row.encoding,
        metadata=read_metadata(row),
        paragraphs=tuple(map(read_paragraph, paragraphs)),
        removed=tuple(RemovedLine(line.line, line.text, line.rule) for line in removed),
        warnings=tuple(row.warnings),
    )
    return document, row.revision


def _in_order(table: Any, document_id: str) -> Any:
    return select(table).where(table.c.document_id == document_id).order_by(table.c.ordinal)


def _summary(row: Row[Any]) -> Summary:
    return Summary(
        row.document_id,
        read_original(row),
        read_metadata(row),
        row.paragraph_count,
        row.added_at,
        row.revision,
        row.work_id,
        row.versions,
    )
