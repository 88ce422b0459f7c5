"""Which documents are versions of one work: kept beside them, and found without reading them all.

Whatever is done here is part of the transaction that changes a document, so that of two
processes that add versions at once the later one sees what the earlier one added.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, insert, or_, select, update

from archive.duplicates import (
    MINIMUM_ESTIMATE,
    Fingerprint,
    Known,
    Likeness,
    Relation,
    compare,
    letters_of,
    may_be_one_work,
    pack_signature,
    passages,
    take_fingerprint,
    unpack_signature,
)
from archive.refusals import StatedValueError
from archive.schema import BANDS, DOCUMENTS, EDITS, FINGERPRINTS, LIKENESSES, PARAGRAPHS

VERSION_OF = "version_of"
"""The field by which a person says what a document is a version of; empty: of no other."""

AUTOMATIC = "auto"
"""What a person says to leave it to the program again; no document has this id."""

COMPARED_AT_MOST = 20
"""Candidates that are read and compared exactly, those with the best estimates first."""


@dataclass(frozen=True, slots=True)
class Version:
    """A document among the versions of its work.

    Attributes:
        relation: None of the first one.
        other_id: the version that it is like: the first one if it is like that.
        share: see duplicates.Likeness; None where a person says it, and of the first one.
    """

    document_id: str
    relation: Relation | None = None
    other_id: str | None = None
    share: float | None = None


def keep_fingerprint(
    connection: Connection, document_id: str, fingerprint: Fingerprint | None
) -> None:
    """Keeps what a document is recognised by, in the place of what was kept before."""
    for table in (FINGERPRINTS, BANDS):
        connection.execute(delete(table).where(table.c.document_id == document_id))
    if fingerprint is None:
        return
    connection.execute(
        insert(FINGERPRINTS).values(
            document_id=document_id,
            text_hash=fingerprint.text_hash,
            letters=fingerprint.letters,
            signature=pack_signature(fingerprint.signature),
        )
    )
    bands = [{"band": band, "document_id": document_id} for band in set(fingerprint.bands())]
    connection.execute(insert(BANDS), bands)


def relink(
    connection: Connection, document_id: str, *, is_new_text: bool = False, is_raised: bool = True
) -> None:
    """Finds again what a document is a version of, after it or what is said of it has changed.

    Documents of which something else is to be indexed now get a new revision.

    Args:
        is_new_text: whether its paragraphs are others than before.
        is_raised: whether the document itself has a new revision already.
    """
    _keep_likenesses(connection, document_id)
    _regroup(connection, document_id, is_new_text=is_new_text, is_raised=is_raised)


def take_fingerprints_anew(connection: Connection) -> None:
    """Compares all documents by the rules of today, in the order they were added."""
    for table in (LIKENESSES, BANDS, FINGERPRINTS):
        connection.execute(delete(table))
    everything = select(DOCUMENTS.c.document_id).order_by(*_ADDED)
    for document_id in connection.scalars(everything).all():
        keep_fingerprint(
            connection, document_id, take_fingerprint(read_texts(connection, [document_id]))
        )
        relink(connection, document_id, is_raised=False)


def read_versions(connection: Connection, document_id: str) -> list[Version]:
    """The versions of a document's work, itself among them, in the order they were added."""
    members = _members(connection, document_id)
    edges = _edges(connection, members) if len(members) > 1 else {}
    return [_describe(one, members, edges.get(one, {})) for one in members]


def read_earlier_texts(connection: Connection, document_id: str) -> list[str]:
    """The paragraphs of those versions of a document's work that were added before it."""
    members = _members(connection, document_id)
    return read_texts(connection, _before(document_id, members) if members else [])


def read_texts(connection: Connection, document_ids: Sequence[str]) -> list[str]:
    """The paragraphs of documents, of each in their order."""
    query = select(PARAGRAPHS.c.text).where(PARAGRAPHS.c.document_id.in_(document_ids))
    ordered = query.order_by(PARAGRAPHS.c.document_id, PARAGRAPHS.c.ordinal)
    return list(connection.scalars(ordered)) if document_ids else []


def check_statement(connection: Connection, document_id: str, value: str) -> None:
    """Raises StatedValueError if a person names what a document cannot be a version of."""
    found = select(DOCUMENTS.c.document_id).where(DOCUMENTS.c.document_id == value)
    if value == AUTOMATIC:
        return
    if value and (value == document_id or connection.scalar(found) is None):
        raise StatedValueError(
            name=document_id,
            field=VERSION_OF,
            value=value,
            expected=f"document_id / ∅ / {AUTOMATIC}",
        )


_ADDED = (DOCUMENTS.c.added_at, DOCUMENTS.c.document_id)


def _describe(document_id: str, members: Sequence[str], likes: Mapping[str, Likeness]) -> Version:
    first = members[0]
    if document_id == first:
        return Version(document_id)
    # Every member but a lone one is like another, or it would not be one.
    other = first if first in likes else max(likes, key=lambda one: (likes[one].share, one))
    relation = likes[other].relation
    share = None if relation is Relation.STATED else likes[other].share
    return Version(document_id, relation, other, share)


def _keep_likenesses(connection: Connection, document_id: str) -> None:
    pair = or_(LIKENESSES.c.document_id == document_id, LIKENESSES.c.other_id == document_id)
    connection.execute(delete(LIKENESSES).where(pair))
    rows = [
        {"document_id": one, "other_id": other, "relation": like.relation, "share": like.share}
        for other_id, like in _find_likenesses(connection, document_id).items()
        for one, other in ((document_id, other_id), (other_id, document_id))
    ]
    if rows:
        connection.execute(insert(LIKENESSES), rows)


def _find_likenesses(connection: Connection, document_id: str) -> dict[str, Likeness]:
    row = connection.execute(_kept().where(FINGERPRINTS.c.document_id == document_id)).first()
    if row is None:
        return {}
    mine, known = _fingerprint(row), _known(row)
    found = {}
    passages_of_mine = None
    for other in _candidates(connection, document_id, mine):
        if other.text_hash == mine.text_hash:
            found[other.document_id] = Likeness(Relation.SAME, 1.0)
        elif may_be_one_work(min(mine.letters, other.letters), known, _known(other)):
            passages_of_mine = passages_of_mine or _read_passages(connection, document_id)
            like = compare(passages_of_mine, _read_passages(connection, other.document_id))
            if like:
                found[other.document_id] = like
    return found


def _candidates(connection: Connection, document_id: str, mine: Fingerprint) -> list[Row[Any]]:
    """Documents that may be like one, by their fingerprints alone."""
    in_bands = select(BANDS.c.document_id).where(BANDS.c.band.in_(mine.bands())).distinct()
    rows = connection.execute(
        _kept()
        .where(FINGERPRINTS.c.document_id.in_(in_bands))
        .where(FINGERPRINTS.c.document_id != document_id)
    ).all()
    estimates = {row.document_id: mine.estimate(_fingerprint(row)) for row in rows}
    likely = [row for row in rows if estimates[row.document_id] >= MINIMUM_ESTIMATE]
    likely.sort(key=lambda row: (-estimates[row.document_id], row.document_id))
    return likely[:COMPARED_AT_MOST]


def _kept() -> Select[Any]:
    return select(FINGERPRINTS, DOCUMENTS.c.report_year, DOCUMENTS.c.region_full_name).join(
        DOCUMENTS, DOCUMENTS.c.document_id == FINGERPRINTS.c.document_id
    )


def _fingerprint(row: Row[Any]) -> Fingerprint:
    return Fingerprint(row.text_hash, row.letters, unpack_signature(row.signature))


def _known(row: Row[Any]) -> Known:
    return Known(row.report_year, row.region_full_name)


def _read_passages(connection: Connection, document_id: str) -> set[str]:
    return passages(letters_of(read_texts(connection, [document_id])))


def _regroup(
    connection: Connection, document_id: str, *, is_new_text: bool, is_raised: bool
) -> None:
    """Puts the documents of all works that a change touches into the works they are in now."""
    before: dict[str, list[str]] = {}
    after: dict[str, list[str]] = {}
    touched = [document_id]
    while touched:
        one = touched.pop()
        for works, find_work in ((before, _members), (after, _component)):
            if one not in works:
                work = find_work(connection, one)
                works.update(dict.fromkeys(work, work))
                touched += work
    for one, work in after.items():
        earlier = _before(one, work)
        is_other = earlier != _before(one, before[one]) or (is_new_text and document_id in earlier)
        rises = is_other and not (is_raised and one == document_id)
        connection.execute(
            update(DOCUMENTS)
            .where(DOCUMENTS.c.document_id == one)
            .values(work_id=work[0], revision=DOCUMENTS.c.revision + int(rises))
        )


def _before(document_id: str, work: list[str]) -> list[str]:
    return work[: work.index(document_id)]


def _members(connection: Connection, document_id: str) -> list[str]:
    """The documents of the work that a document is kept in, in the order they were added."""
    work_id = select(DOCUMENTS.c.work_id).where(DOCUMENTS.c.document_id == document_id)
    query = select(DOCUMENTS.c.document_id).where(DOCUMENTS.c.work_id == work_id.scalar_subquery())
    return list(connection.scalars(query.order_by(*_ADDED)))


def _component(connection: Connection, document_id: str) -> list[str]:
    """The documents that a document is like, directly or through others, in order."""
    reached, frontier = {document_id}, {document_id}
    while frontier:
        edges = _edges(connection, sorted(frontier))
        frontier = {other for likes in edges.values() for other in likes} - reached
        reached |= frontier
    query = select(DOCUMENTS.c.document_id).where(DOCUMENTS.c.document_id.in_(reached))
    return list(connection.scalars(query.order_by(*_ADDED)))


def _edges(connection: Connection, document_ids: Sequence[str]) -> dict[str, dict[str, Likeness]]:
    """What each document is like: as found, where no person says otherwise, and as stated."""
    stated = _read_statements(connection)
    edges: dict[str, dict[str, Likeness]] = {one: {} for one in document_ids}
    for row in connection.execute(_pairs().where(LIKENESSES.c.document_id.in_(document_ids))):
        if _holds(connection, row, stated):
            like = Likeness(Relation(row.relation), row.share)
            edges[row.document_id][row.other_id] = like
    for one, other in stated.items():
        for here, there in ((one, other), (other, one)):
            if other and here in edges:
                edges[here].setdefault(there, Likeness(Relation.STATED, 1.0))
    return edges


def _pairs() -> Select[Any]:
    other = DOCUMENTS.alias()
    return (
        select(LIKENESSES, DOCUMENTS.c.added_at, other.c.added_at.label("other_added_at"))
        .join(DOCUMENTS, DOCUMENTS.c.document_id == LIKENESSES.c.document_id)
        .join(other, other.c.document_id == LIKENESSES.c.other_id)
    )


def _holds(connection: Connection, pair: Row[Any], stated: Mapping[str, str]) -> bool:
    """Whether a likeness that was found counts, whatever people have said of both.

    A document of its own is like no other. One of which a person says what it is a version of
    is like no other that was there before it; what is added later may follow it, unless it
    is like one of which nobody has said anything: no statement is undone by a third document.
    """
    if "" in (stated.get(pair.document_id), stated.get(pair.other_id)):
        return False
    earlier, later = sorted(
        ((pair.added_at, pair.document_id), (pair.other_added_at, pair.other_id))
    )
    if later[1] in stated:
        return False
    return earlier[1] not in stated or not _has_likeness_before(connection, later, stated)


def _has_likeness_before(
    connection: Connection, one: tuple[datetime, str], stated: Mapping[str, str]
) -> bool:
    """Whether a document is like one that was there before it and of which nobody speaks."""
    pairs = connection.execute(_pairs().where(LIKENESSES.c.document_id == one[1]))
    return any(
        (pair.other_added_at, pair.other_id) < one and pair.other_id not in stated for pair in pairs
    )


def _read_statements(connection: Connection) -> dict[str, str]:
    """Document id -> what it is a version of by the latest that a person has said."""
    said = select(EDITS.c.document_id, EDITS.c.value).where(EDITS.c.field == VERSION_OF)
    latest = {
        row.document_id: row.value for row in connection.execute(said.order_by(EDITS.c.edit_id))
    }
    return {one: value for one, value in latest.items() if value != AUTOMATIC}
