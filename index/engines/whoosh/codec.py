"""Our segments as Whoosh sees them: its documented extension points, for reading.

An index that the writer of this package has made is an index of Whoosh: `whoosh.index.open_dir`
opens it, and its searchers, queries and scoring work on it. The product does not use them, as
they cost a Python call for each posting; the tests do, as the oracle of totals and scores.

Source: whoosh.codec.base (2.7.4), whose abstract methods are the ones defined here.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.codec import base
from whoosh.columns import ColumnReader
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo

from index.engines.whoosh import schema
from index.engines.whoosh.arrays import Array, map_arrays
from index.engines.whoosh.segment import END, Coded, Segment, from_arrays
from index.fields import PART

EXTENSION = ".arrays"

_Term = tuple[str, bytes]


class ArraySegment(base.Segment):  # type: ignore[misc]
    """What the table of contents keeps of a segment; pickled into it by Whoosh.

    Attributes:
        paragraph_count: removed ones too.
        removed: row of a document that was removed -> its paragraphs, [start, end).
    """

    def __init__(self, index_name: str, paragraph_count: int) -> None:
        super().__init__(index_name)
        self.paragraph_count = paragraph_count
        self.removed: dict[int, tuple[int, int]] = {}

    @property
    def file_name(self) -> str:
        """The name of its file in the folder of the index."""
        return str(self.make_filename(EXTENSION))

    def codec(self) -> ArrayCodec:
        """How its file is read."""
        return ArrayCodec()

    def doc_count_all(self) -> int:
        """All paragraphs, removed ones too."""
        return self.paragraph_count

    def deleted_count(self) -> int:
        """The removed paragraphs."""
        return sum(end - start for start, end in self.removed.values())

    def deleted_docs(self) -> Iterator[int]:
        """The numbers of removed paragraphs."""
        return chain.from_iterable(range(start, end) for start, end in self.removed.values())

    def is_deleted(self, docnum: int) -> bool:
        """Whether a paragraph is removed."""
        return any(start <= docnum < end for start, end in self.removed.values())

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        """Refused: paragraphs are removed with their document, by the writer of this package."""
        raise NotImplementedError


class ArrayCodec(base.Codec):  # type: ignore[misc]
    """Reads segments of arrays; they are written whole, so there are no writers here."""

    def terms_reader(self, storage: Any, segment: ArraySegment) -> _TermsReader:
        """The words and pairs of a segment."""
        return _TermsReader(_open(storage, segment))

    def per_document_reader(self, storage: Any, segment: ArraySegment) -> _ParagraphReader:
        """The paragraphs of a segment."""
        return _ParagraphReader(_open(storage, segment), segment)


def _open(storage: Any, segment: ArraySegment) -> Segment:
    return from_arrays(map_arrays(Path(storage.folder) / segment.file_name))


class _TermsReader(base.TermsReader):  # type: ignore[misc]
    """Terms in the order of their bytes; a pair is spelled as its characters."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment

    def __contains__(self, term: _Term) -> bool:
        return len(self._postings(*term)[0]) > 0

    def terms(self) -> Iterator[_Term]:
        pairs = self._segment.pairs.tolist()
        yield from ((schema.PAIRS, _spell(pair)) for pair in pairs)
        yield from ((schema.WORDS, word) for word in self._segment.words.all())

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[_Term]:
        return (term for term in self.terms() if term >= (fieldname, prefix))

    def items(self) -> Iterator[tuple[_Term, TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[_Term, TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        paragraphs, frequencies = self._postings(fieldname, text)
        if not len(paragraphs):
            raise KeyError((fieldname, text))
        lengths = self._segment.lengths[paragraphs]
        return TermInfo(
            weight=float(frequencies.sum()),
            df=len(paragraphs),
            minlength=int(lengths.min()),
            maxlength=int(lengths.max()),
            maxweight=float(frequencies.max()),
            minid=int(paragraphs[0]),
            maxid=int(paragraphs[-1]),
        )

    def frequency(self, fieldname: str, text: bytes) -> float:
        return float(self._postings(fieldname, text)[1].sum())

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        return len(self._postings(fieldname, text)[0])

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> Any:
        info = self.term_info(fieldname, text)
        paragraphs, frequencies = self._postings(fieldname, text)
        return ListMatcher(
            paragraphs.tolist(),
            weights=frequencies.astype(float).tolist(),
            format=format_,
            scorer=scorer,
            term=(fieldname, text),
            terminfo=info,
        )

    def indexed_field_names(self) -> list[str]:
        return [schema.PAIRS, schema.WORDS]

    def _postings(self, field: str, text: bytes) -> tuple[Array, Array]:
        if field == schema.WORDS:
            return self._segment.word_postings(text)
        positions = self._segment.pair_positions(*_read_pair(text))
        return np.unique(self._segment.paragraphs_at(positions), return_counts=True)


def _spell(pair: int) -> bytes:
    first, second = pair >> 32, pair & 0xFFFF_FFFF
    return (chr(first) + (chr(second) if second != END else "")).encode("utf-8", "surrogatepass")


def _read_pair(text: bytes) -> tuple[int, int]:
    """The code points of a pair, both END for what is none."""
    characters = text.decode("utf-8", "surrogatepass")
    if not 1 <= len(characters) <= 2:
        return END, END
    return ord(characters[0]), ord(characters[1]) if len(characters) == 2 else END


class _ParagraphReader(base.PerDocumentReader):  # type: ignore[misc]
    """What Whoosh calls documents are our paragraphs; their lengths are exact."""

    def __init__(self, segment: Segment, entry: ArraySegment) -> None:
        self._segment = segment
        self._entry = entry
        self._removed = frozenset(entry.deleted_docs())

    def doc_count(self) -> int:
        return self._segment.paragraph_count - len(self._removed)

    def doc_count_all(self) -> int:
        return self._segment.paragraph_count

    def has_deletions(self) -> bool:
        return bool(self._removed)

    def is_deleted(self, docnum: int) -> bool:
        return docnum in self._removed

    def deleted_docs(self) -> frozenset[int]:
        return self._removed

    def supports_columns(self) -> bool:
        return True

    def has_column(self, fieldname: str) -> bool:
        return fieldname == PART.name or fieldname in self._segment.facets

    def list_columns(self) -> list[str]:
        return [PART.name, *self._segment.facets]

    def column_reader(self, fieldname: str, column: Any) -> ColumnReader:
        if fieldname == PART.name:
            return _Column(self._segment.parts, None)
        return _Column(self._segment.facets[fieldname], self._segment.documents)

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        return int(self._lengths(fieldname)[docnum])

    def field_length(self, fieldname: str) -> int:
        return int(self._lengths(fieldname).sum())

    def min_field_length(self, fieldname: str) -> int:
        return int(self._lengths(fieldname).min(initial=0))

    def max_field_length(self, fieldname: str) -> int:
        return int(self._lengths(fieldname).max(initial=0))

    def stored_fields(self, docnum: int) -> dict[str, str]:
        document = int(self._segment.documents[docnum])
        return {
            schema.PARAGRAPH_ID: self._segment.paragraph_ids[docnum].decode(),
            schema.DOCUMENT_ID: self._segment.document_ids[document].decode(),
        }

    def _lengths(self, field: str) -> Array:
        return self._segment.lengths if field == schema.WORDS else self._segment.characters


class _Column(ColumnReader):  # type: ignore[misc]
    """The value of each paragraph in a field, as bytes.

    Args:
        rows: paragraph -> row of the column, or None where each paragraph has its own.
    """

    def __init__(self, coded: Coded, rows: Array | None) -> None:
        self._coded = coded
        self._rows = rows

    def __getitem__(self, docnum: int) -> bytes:
        row = docnum if self._rows is None else self._rows[docnum]
        return self._coded.values[int(self._coded.codes[row])]

    def __len__(self) -> int:
        return len(self._coded.codes if self._rows is None else self._rows)

    def sort_key(self, docnum: int) -> bytes:
        return self[docnum]
