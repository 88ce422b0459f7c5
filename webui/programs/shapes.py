"""The shapes of answers to programs, as JSON Schema 2020-12."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from archive.model import Category, Level
from archive.uploading.uploads import UploadState
from index.engine import Unit

Shape = Mapping[str, Any]

TEXT: Shape = {"type": "string"}
TEXT_OR_NULL: Shape = {"type": ["string", "null"]}
COUNT: Shape = {"type": "integer", "minimum": 0}
NUMBER_OR_NULL: Shape = {"type": ["number", "null"]}
YEAR_OR_NULL: Shape = {"type": ["integer", "null"]}
DAY_OR_NULL: Shape = {"type": ["string", "null"], "format": "date"}
CATEGORY: Shape = {"type": "string", "enum": [category.value for category in Category]}
STATE: Shape = {"type": "string", "enum": [state.value for state in UploadState]}
LEVEL_OR_NULL: Shape = {"enum": [*(level.value for level in Level), None]}


def of(fields: Mapping[str, Shape], optional: Mapping[str, Shape] | None = None) -> Shape:
    """An object with these fields and no other."""
    return {
        "type": "object",
        "properties": {**fields, **(optional or {})},
        "required": list(fields),
        "additionalProperties": False,
    }


def many(items: Shape) -> Shape:
    """A list of these."""
    return {"type": "array", "items": items}


def by_name(values: Shape) -> Shape:
    """An object whose names are data."""
    return {"type": "object", "additionalProperties": values}


def named(name: str) -> Shape:
    """The shape of a name."""
    return {"$ref": f"#/components/schemas/{name}"}


def or_null(shape: Shape) -> Shape:
    """The shape, or null."""
    return {"anyOf": [shape, {"type": "null"}]}


SOURCE = of({"site": TEXT_OR_NULL, "url": TEXT_OR_NULL})
REGION = of({"name": TEXT, "full_name": TEXT, "code": TEXT_OR_NULL, "level": LEVEL_OR_NULL})
UNDERSTOOD = of({"text": TEXT, "understood_as": TEXT})
TERM = of({"query": TEXT, "total": COUNT})
METADATA: Mapping[str, Shape] = {
    "title": TEXT_OR_NULL,
    "report_year": YEAR_OR_NULL,
    "region": or_null(REGION),
    "publish_date": DAY_OR_NULL,
    "session_date": DAY_OR_NULL,
    "source": SOURCE,
    "is_report": {"type": "boolean"},
}

PARAGRAPH_SHOWN: Mapping[str, Shape] = {
    "paragraph_id": TEXT,
    "document_id": TEXT,
    "work_id": TEXT,
    "versions": COUNT,
    "title": TEXT,
    "region": TEXT,
    "report_year": YEAR_OR_NULL,
    "source": SOURCE,
    "section": many(TEXT),
    "text": TEXT,
    "spans": many({"type": "array", "items": COUNT, "minItems": 2, "maxItems": 2}),
    "part": TEXT_OR_NULL,
    "category": CATEGORY,
}

SHAPES: Mapping[str, Shape] = {
    "Error": of(
        {
            "error": of(
                {"code": TEXT, "message": TEXT, "request_id": TEXT},
                {"position": COUNT, "suggestion": TEXT},
            )
        }
    ),
    "Batch": of({"batch": TEXT, "url": TEXT}),
    "Uploads": of(
        {
            "batch": TEXT,
            "stated": or_null(of({"region": REGION, "year": {"type": "integer"}})),
            "uploads": many(
                of(
                    {"file_name": TEXT, "state": STATE, "document_id": TEXT_OR_NULL},
                    {"metadata": of(METADATA), "error": of({"code": TEXT, "message": TEXT})},
                )
            ),
        }
    ),
    "Hit": of(
        {
            **PARAGRAPH_SHOWN,
            "score": {"type": "number", "minimum": 0},
            "matching_paragraphs": COUNT,
            "occurrences": COUNT,
        }
    ),
    "RelatedParagraph": of({**PARAGRAPH_SHOWN, "missing": {**many(TEXT), "minItems": 1}}),
    "Remedies": of(
        {
            "terms": many(TERM),
            "left_out": many(
                of({"remaining_query": TEXT, "total": COUNT}, {"filter": TEXT, "query": TEXT})
            ),
            "near": many(of({"missing": TEXT, "term": TEXT, "query": TEXT, "total": COUNT})),
        }
    ),
    "SearchPage": of(
        {
            "query": UNDERSTOOD,
            "notes": many(TEXT),
            "unit": {"type": "string", "enum": [unit.value for unit in Unit]},
            "total": COUNT,
            "occurrences": COUNT,
            "documents": COUNT,
            "hits": many(named("Hit")),
            "related": many(named("RelatedParagraph")),
            "next": TEXT_OR_NULL,
            "facets": by_name(by_name(COUNT)),
            "facet_values": by_name(many(of({"value": TEXT, "label": TEXT, "count": COUNT}))),
        },
        {"remedies": named("Remedies")},
    ),
    "Summary": of(
        {
            "document_id": TEXT,
            "work_id": TEXT,
            "versions": COUNT,
            "shown_title": TEXT,
            **METADATA,
            "category": CATEGORY,
            "file_name": TEXT,
            "sha256": TEXT,
            "paragraphs": COUNT,
            "revision": COUNT,
            "added_at": {"type": "string", "format": "date-time"},
            "original": {"type": "string", "format": "uri"},
        }
    ),
    "Documents": of({"total": COUNT, "documents": many(named("Summary")), "next": TEXT_OR_NULL}),
    "Document": {
        "type": "object",
        "properties": {
            "document_id": TEXT,
            "file_name": TEXT,
            "work_id": TEXT,
            "versions": many(
                of(
                    {
                        "document_id": TEXT,
                        "relation": TEXT_OR_NULL,
                        "like": TEXT_OR_NULL,
                        "share": NUMBER_OR_NULL,
                    }
                )
            ),
            **METADATA,
            "encoding": TEXT,
            "evidence": by_name(of({"rule": TEXT, "text": TEXT})),
            "paragraphs": many(
                of(
                    {
                        "paragraph_id": TEXT,
                        "ordinal": COUNT,
                        "section": many(TEXT),
                        "kind": TEXT,
                        "text": TEXT,
                        "part": TEXT_OR_NULL,
                        "as_received": TEXT_OR_NULL,
                    }
                )
            ),
            "removed": many(of({"line": COUNT, "text": TEXT, "rule": TEXT})),
            "warnings": many(TEXT),
            "details": {"type": "object"},
        },
        "required": ["document_id", "paragraphs", "evidence", *METADATA],
    },
    "Paragraph": of(
        {
            "paragraph_id": TEXT,
            "ordinal": COUNT,
            "kind": TEXT,
            "section": many(TEXT),
            "part": TEXT_OR_NULL,
            "text": TEXT,
            "as_received": TEXT_OR_NULL,
            "previous": TEXT_OR_NULL,
            "next": TEXT_OR_NULL,
            "permalink": {"type": "string", "format": "uri"},
            "document": named("Summary"),
        }
    ),
    "Trends": of(
        {
            "query": UNDERSTOOD,
            "by": many(TEXT),
            "groups": many(
                of(
                    {
                        "values": by_name(TEXT),
                        "occurrences": COUNT,
                        "paragraphs": COUNT,
                        "documents": COUNT,
                        "all_documents": COUNT,
                        "all_characters": COUNT,
                        "rate_per_10k": NUMBER_OR_NULL,
                    }
                )
            ),
        }
    ),
    "Coverage": of(
        {
            "places": many(
                of(
                    {
                        "place": TEXT_OR_NULL,
                        "level": LEVEL_OR_NULL,
                        "code": TEXT_OR_NULL,
                        "documents": many(
                            of(
                                {
                                    "year": YEAR_OR_NULL,
                                    "document_id": TEXT,
                                    "work_id": TEXT,
                                    "category": CATEGORY,
                                    "paragraphs": COUNT,
                                }
                            )
                        ),
                    }
                )
            )
        }
    ),
    "Health": of({"status": TEXT, "documents": COUNT}),
    "Help": {"type": "object", "required": ["query_language", "fields", "parameters", "errors"]},
    "Description": {"type": "object", "required": ["openapi", "info", "paths"]},
}
"""Name -> shape, for the description's components."""
