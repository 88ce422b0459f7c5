"""The fields of a paragraph in Whoosh's terms."""

from __future__ import annotations

from typing import Any

from whoosh import columns, fields

from index.fields import FIELDS

WORDS = "words"
PAIRS = "pairs"
DOCUMENT_ID = "document_id"
PARAGRAPH_ID = "paragraph_id"


def make_schema() -> Any:
    """The schema of an index.

    `words` has the words of a paragraph with their frequencies, for ranking. `pairs` has each pair
    of neighbouring characters, for exact search; its last character stands alone. Whoosh keeps
    no positions: they are the dearest part of its indexes, and our segments have their own.
    """
    facets = {field.name: fields.COLUMN(columns.RefBytesColumn()) for field in FIELDS}
    return fields.Schema(
        **{
            WORDS: fields.KEYWORD(scorable=True),
            PAIRS: fields.KEYWORD(scorable=True),
            DOCUMENT_ID: fields.STORED(),
            PARAGRAPH_ID: fields.STORED(),
            **facets,
        }
    )
