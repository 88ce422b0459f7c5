"""The fields of a paragraph in Whoosh's terms."""

from __future__ import annotations

from typing import Any

from whoosh import columns, fields
from whoosh.codec.whoosh3 import W3Codec

from index.analysis import fold_text, grams, words
from index.engine import IndexedDocument, IndexedParagraph
from index.fields import FIELDS, PART

WORDS = "words"
GRAMS = "grams"
FOLDED = "folded"
PARAGRAPH_ID = "paragraph_id"
DOCUMENT_ID = "document_id"
DOCUMENT = "document"
ORDINAL = "ordinal"
LENGTH = "length"
REVISION = "revision"


def make_schema() -> Any:
    """The schema of an index.

    `words` keeps frequencies for ranking, and `length` how many words there are, because
    Whoosh's own lengths are coarse steps. `grams` keeps only which paragraphs hold a character
    or a pair of characters; `folded` is a column for the final check of a phrase. Positions
    are kept nowhere: they are the dearest part of a Whoosh index, and the column answers the
    same question.
    """
    return fields.Schema(
        **{
            WORDS: fields.KEYWORD(),
            GRAMS: fields.ID(),
            DOCUMENT_ID: fields.ID(),
            DOCUMENT: fields.COLUMN(columns.RefBytesColumn()),
            PARAGRAPH_ID: fields.COLUMN(columns.VarBytesColumn()),
            FOLDED: fields.COLUMN(columns.VarBytesColumn()),
            ORDINAL: fields.COLUMN(columns.NumericColumn("I")),
            LENGTH: fields.COLUMN(columns.NumericColumn("I")),
            REVISION: fields.COLUMN(columns.NumericColumn("I")),
            **{field.name: fields.COLUMN(columns.RefBytesColumn()) for field in FIELDS},
        }
    )


def make_codec() -> Any:
    """How postings are written: Whoosh's own codec, without statistics of lengths.

    It would look each posting's length up, in a column that this schema does not have, with a
    question to the file system each time: 15 of 25 seconds of a build.
    """
    codec = W3Codec(blocklimit=1024, compression=1)
    codec.length_stats = False
    return codec


def make_entry(document: IndexedDocument, paragraph: IndexedParagraph) -> dict[str, Any]:
    """The values of one paragraph for Whoosh's writer; terms as lists, so it analyses nothing."""
    folded = fold_text(paragraph.text)
    tokens = words(paragraph.text)
    values = {**document.facets, PART.name: paragraph.part}
    return {
        WORDS: tokens,
        LENGTH: len(tokens),
        GRAMS: sorted(grams(folded)),
        DOCUMENT_ID: document.document_id,
        DOCUMENT: document.document_id.encode(),
        PARAGRAPH_ID: paragraph.paragraph_id.encode(),
        FOLDED: folded.encode(),
        ORDINAL: paragraph.ordinal,
        REVISION: document.revision,
        **{field.name: values[field.name].encode() for field in FIELDS},
    }
