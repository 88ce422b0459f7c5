"""What the interface for programs offers, in one table, and its description by OpenAPI 3.1.

Parameters, answers and errors are described here and nowhere else; tests/webui/test_openapi.py
holds the application to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from archive.model import Category, Level, Part
from archive.statements.corrections import EARLIEST_YEAR, LATEST_YEAR
from index.engine import Order, Unit
from index.fields import CATEGORY, LEVEL, PART, REGION, SOURCE, UNKNOWN_WORD, YEAR
from index.narrowing import FIRST_YEAR, LAST_YEAR
from webui.language import translate
from webui.params import MAX_LIMIT, MAX_OFFSET, PAGE_SIZE
from webui.programs.shapes import SHAPES

Schema = Mapping[str, Any]

TALLIED = (YEAR.name, LEVEL.name, REGION.name, PART.name, CATEGORY.name, SOURCE.name)
"""Fields that trends group by; the first where none is named."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of the query string, explained by "web.help.parameter_<name>"."""

    name: str
    schema: Schema
    is_repeatable: bool = False
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class Operation:
    """An address that can be asked, explained by "web.api.<name>".

    Attributes:
        path: with the names of its parts in braces.
        shape: of the answer, a name of SHAPES.
        errors: statuses that it may answer with, beside those of all operations.
    """

    name: str
    path: str
    shape: str
    parameters: tuple[Parameter, ...] = ()
    errors: tuple[int, ...] = ()


def _among(values: Any, *more: str) -> Schema:
    return {"type": "string", "enum": [*(str(value) for value in values), *more]}


_YEAR = {"type": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR}
_REPORT_YEAR = {"type": "integer", "minimum": EARLIEST_YEAR, "maximum": LATEST_YEAR}
QUERY = Parameter("q", {"type": "string", "minLength": 1}, is_required=True)
NARROWING = (
    Parameter("year", {"type": "string", "pattern": f"^([0-9]{{4}}|{UNKNOWN_WORD})$"}, True),
    Parameter("from", _YEAR),
    Parameter("to", _YEAR),
    Parameter("region", {"type": "string"}, True),
    Parameter("place", {"type": "string"}, True),
    Parameter("level", _among(Level, UNKNOWN_WORD), True),
    Parameter("part", _among(Part, UNKNOWN_WORD), True),
    Parameter("category", _among(Category), True),
    Parameter("source", {"type": "string"}, True),
)
LIMIT = Parameter(
    "limit", {"type": "integer", "minimum": 0, "maximum": MAX_LIMIT, "default": PAGE_SIZE}
)
OFFSET = Parameter("offset", {"type": "integer", "minimum": 0, "maximum": MAX_OFFSET, "default": 0})
AFTER = Parameter("after", {"type": "string"})
SEARCHING = (
    QUERY,
    LIMIT,
    OFFSET,
    AFTER,
    *NARROWING,
    Parameter("unit", {**_among(Unit), "default": "paragraph"}),
    Parameter("sort", {**_among(Order), "default": "relevance"}),
)

OPERATIONS = (
    Operation("search", "/api/v1/search", "SearchPage", SEARCHING, (400, 503)),
    Operation(
        "documents", "/api/v1/documents", "Documents", (LIMIT, OFFSET, AFTER, *NARROWING), (400,)
    ),
    Operation("document", "/api/v1/documents/{document_id}", "Document", errors=(404,)),
    Operation("paragraph", "/api/v1/paragraphs/{paragraph_id}", "Paragraph", errors=(404,)),
    Operation(
        "trends",
        "/api/v1/trends",
        "Trends",
        (QUERY, Parameter("by", _among(TALLIED), True), *NARROWING),
        (400, 503),
    ),
    Operation("upload", "/api/v1/uploads/{batch_id}", "Uploads", errors=(404,)),
    Operation("coverage", "/api/v1/coverage", "Coverage"),
    Operation("health", "/api/v1/health", "Health"),
    Operation("help", "/api/v1/help", "Help"),
    Operation("openapi", "/api/v1/openapi.json", "Description"),
)


def describe_api() -> dict[str, Any]:
    """The description of every operation, in the reader's language."""
    return {
        "openapi": "3.1.1",
        "info": {
            "title": translate("web.name"),
            "description": translate("web.api.lead"),
            "version": "1",
        },
        "paths": {
            **{operation.path: {"get": _operation(operation)} for operation in OPERATIONS},
            "/api/v1/uploads": {"post": _uploading()},
        },
        "components": {
            "schemas": {name: dict(shape) for name, shape in SHAPES.items()},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _uploading() -> dict[str, Any]:
    """The one write: files in, the id of their batch out."""
    files = {"type": "array", "items": {"type": "string", "format": "binary"}}
    stated = {
        "region": {"type": "string", "description": translate("web.api.stated_region")},
        "year": {**_REPORT_YEAR, "description": translate("web.api.stated_year")},
    }
    form = {
        "type": "object",
        "properties": {"files": files, **stated},
        "required": ["files"],
        "dependentRequired": {"region": ["year"], "year": ["region"]},
    }
    return {
        "operationId": "receive",
        "summary": translate("web.api.receive"),
        "security": [{"token": []}],
        "requestBody": {"required": True, "content": {"multipart/form-data": {"schema": form}}},
        "responses": {
            "202": _answer(translate("web.api.answer"), "Batch"),
            **{
                str(status): _answer(translate(f"web.api.error_{status}"), "Error")
                for status in (400, 401, 403, 413, 429)
            },
        },
    }


def _operation(operation: Operation) -> dict[str, Any]:
    parts = [part[1:-1] for part in operation.path.split("/") if part.startswith("{")]
    return {
        "operationId": operation.name,
        "summary": translate(f"web.api.{operation.name}"),
        "parameters": [
            *(_path_part(name) for name in parts),
            *(_parameter(parameter) for parameter in operation.parameters),
        ],
        "responses": {
            "200": _answer(translate("web.api.answer"), operation.shape),
            "304": {"description": translate("web.api.unchanged")},
            **{
                str(status): _answer(translate(f"web.api.error_{status}"), "Error")
                for status in operation.errors
            },
        },
    }


def _path_part(name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}


def _parameter(parameter: Parameter) -> dict[str, Any]:
    schema = dict(parameter.schema)
    if parameter.is_repeatable:
        schema = {"type": "array", "items": schema}
    return {
        "name": parameter.name,
        "in": "query",
        "required": parameter.is_required,
        "description": translate(f"web.help.parameter_{parameter.name}", max_limit=MAX_LIMIT),
        "schema": schema,
        **({"style": "form", "explode": True} if parameter.is_repeatable else {}),
    }


def _answer(description: str, shape: str) -> dict[str, Any]:
    schema = {"$ref": f"#/components/schemas/{shape}"}
    return {
        "description": description,
        "content": {"application/json": {"schema": schema}},
    }
