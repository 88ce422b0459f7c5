"""What a list of hits shows of paragraphs and their documents: read at once, and nothing else.

The evidence, the warnings and the number of paragraphs of a document are not read: decoding and
counting them for twenty hits took longer than searching a hundred thousand paragraphs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Label, Select, bindparam, func, select

from archive.model import Metadata, Original, Paragraph
from archive.rows import read_metadata, read_original, read_paragraph
from archive.schema import DOCUMENTS, PARAGRAPHS

IDS_IN_ONE_STATEMENT = 500
"""SQLite refuses statements with too many parameters."""


@dataclass(frozen=True, slots=True)
class HitDocument:
    """A document as a hit shows it.

    Attributes:
        metadata: without their evidence.
        work_id: the id of the first version of its work, which may be its own.
        versions: how many versions of its work there are.
    """

    document_id: str
    original: Original
    metadata: Metadata
    work_id: str
    versions: int


def count_versions() -> Label[int]:
    """A column of a statement over documents: how many versions of its work there are."""
    of_work = DOCUMENTS.alias()
    count = (
        select(func.count()).select_from(of_work).where(of_work.c.work_id == DOCUMENTS.c.work_id)
    )
    return count.scalar_subquery().label("versions")


_FOUND: Select[Any] = (
    select(
        *PARAGRAPHS.c,
        *(c for c in DOCUMENTS.c if c.name not in ("document_id", "evidence", "warnings")),
        count_versions(),
    )
    .join_from(PARAGRAPHS, DOCUMENTS)
    .where(PARAGRAPHS.c.paragraph_id.in_(bindparam("paragraph_ids", expanding=True)))
)


def iter_found(
    connection: Connection, paragraph_ids: Sequence[str]
) -> Iterator[tuple[Paragraph, HitDocument]]:
    """Those of the paragraphs that there are, in no order; each document is one value."""
    documents: dict[str, HitDocument] = {}
    for start in range(0, len(paragraph_ids), IDS_IN_ONE_STATEMENT):
        some = paragraph_ids[start : start + IDS_IN_ONE_STATEMENT]
        for row in connection.execute(_FOUND, {"paragraph_ids": some}):
            document = documents.get(row.document_id)
            if document is None:
                document = documents[row.document_id] = HitDocument(
                    row.document_id,
                    read_original(row),
                    read_metadata(row, has_evidence=False),
                    row.work_id,
                    row.versions,
                )
            yield read_paragraph(row), document
