"""The help page and the same for programs: how to ask, every example a link."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, render_template, url_for

from index.fields import FACETS
from index.query.names import FIELD_NAMES, value_names
from webui.examples import EXAMPLES
from webui.language import translate
from webui.params import MAX_LIMIT

pages = Blueprint("help", __name__)

PARAMETERS = (
    *("q", "limit", "offset", "after", *(field.name for field in FACETS)),
    *("from", "to", "place", "unit", "sort"),
)


@pages.get("/help")
def show() -> str:
    """The help page."""
    return render_template(
        "help.html",
        examples=EXAMPLES,
        parameters=PARAMETERS,
        max_limit=MAX_LIMIT,
        field_names=FIELD_NAMES,
        value_names=value_names,
    )


@pages.get("/api/v1/help")
def tell() -> Response:
    """The query language and the parameters, for programs and those who write them."""
    return jsonify(
        {
            "query_language": [_group(name) for name in EXAMPLES],
            "fields": [_field(name) for name in FIELD_NAMES],
            "parameters": {
                name: translate(f"web.help.parameter_{name}", max_limit=MAX_LIMIT)
                for name in PARAMETERS
            },
            "errors": translate("web.help.program_error"),
        }
    )


def _group(name: str) -> dict[str, Any]:
    return {
        "name": name,
        "title": translate(f"web.help.{name}"),
        "ways": [
            {
                "name": example.name,
                "explanation": translate(f"web.help.example.{example.name}"),
                "queries": [
                    {"query": query, "url": url_for("api.find", q=query)}
                    for query in example.queries
                ],
            }
            for example in EXAMPLES[name]
        ],
    }


def _field(name: str) -> dict[str, Any]:
    return {
        "name": name,
        "label": translate(f"field.{name}"),
        "written": FIELD_NAMES[name],
        "values": dict(value_names(name)),
    }
