"""Putting lines back that were left out of a report, and taking paragraphs out of it."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from archive.access.accounts import Role
from archive.errors import ParameterError, SignInNeededError
from archive.rereading import know_lines
from archive.statements.deciding import restore_lines, strip_paragraphs
from webui.holdings import holdings
from webui.language import translate
from webui.protection.identity import identify

pages = Blueprint("lines", __name__)

MOST_DIGITS = 9


@pages.post("/documents/<document_id>/lines")
def decide(document_id: str) -> Response:
    """Does what the button says, restore (a line) or strip (a paragraph); back to the report.

    Raises: NotFoundError; SignInNeededError; ParameterError if the line is not there.
    """
    editor = _editor()
    line, paragraph_id = _line(), request.form.get("strip", "")
    if line is None and not paragraph_id:
        raise ParameterError(name="restore", value="", expected=translate("web.lines.expected"))
    held = holdings()
    with held.writing:
        know_lines(held.archive, document_id)
        if line is not None:
            restore_lines(held.archive.store, document_id, [line], editor)
        else:
            strip_paragraphs(held.archive.store, document_id, [paragraph_id], editor)
        held.catch_up()
    return redirect(url_for("documents.show", document_id=document_id, removed=1, edit=1), 303)


def may_decide() -> bool:
    """Whether the buttons are for whoever reads the page."""
    identity = identify()
    return identity is not None and identity.role.may(Role.EDITOR)


def _editor() -> str:
    identity = identify()
    if identity is None:
        raise SignInNeededError()
    return identity.name


def _line() -> int | None:
    given = request.form.get("restore")
    if given is None:
        return None
    if given.isascii() and given.isdigit() and len(given) <= MOST_DIGITS:
        return int(given)
    raise ParameterError(name="restore", value=given, expected=translate("web.lines.expected"))
