"""Correcting what is known of a report: the form, and what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from archive.errors import SignInNeededError
from archive.model import Category, Document, Evidence
from archive.refusals import StatedValueError
from archive.statements.corrections import EVIDENCE_OF, FIELDS, correct, order_of, stated_values
from archive.statements.edits import RULE, Edit
from archive.versions import AUTOMATIC, VERSION_OF
from webui.holdings import holdings
from webui.language import translate
from webui.protection.identity import identify

pages = Blueprint("editing", __name__)

IMPLIED = frozenset({"is_report"})
"""Fields that another field of the form says as well: the category."""

DATES = frozenset({"publish_date", "session_date"})


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of the form.

    Attributes:
        value: as it stands in the form, which after a fault is what the editor typed.
        evidence: where the value that the archive holds is known from.
        fault: what is wrong with the value; empty if nothing is.
        options: the values to choose from with their labels; empty where one types.
    """

    name: str
    value: str
    evidence: Evidence | None
    fault: str = ""
    options: tuple[tuple[str, str], ...] = ()

    @property
    def is_date(self) -> bool:
        """Whether browsers may offer a calendar."""
        return self.name in DATES


@dataclass(frozen=True, slots=True)
class Sent:
    """A form as it was sent.

    Attributes:
        stated: the fields whose values differ from those of the archive.
        faults: field name -> what is wrong with its value.
    """

    values: Mapping[str, str]
    stated: Mapping[str, str]
    faults: Mapping[str, str]


@pages.get("/documents/<document_id>/edit")
def show(document_id: str) -> str:
    """The form with what is known, and the history of corrections."""
    document, revision = holdings().archive.store.get_with_revision(document_id)
    return _page(document, revision, None)


@pages.post("/documents/<document_id>/edit")
def save(document_id: str) -> Response | tuple[str, int]:
    """Keeps the corrections and leads to the report; a form with faults comes back."""
    held = holdings()
    with held.writing:
        document, revision = held.archive.store.get_with_revision(document_id)
        sent = _read(document)
        if request.form.get("revision") != str(revision):
            return _page(document, revision, _compared(sent, document), is_stale=True), 409
        if sent.faults:
            return _page(document, revision, sent), 400
        if sent.stated:
            held.archive.store.edit(document_id, sent.stated, _editor())
            held.catch_up()
    return redirect(url_for("documents.show", document_id=document_id), 303)


def _read(document: Document) -> Sent:
    known = stated_values(document.metadata)
    values = {name: request.form.get(name, known[name]).strip() for name in _names()}
    stated = {name: value for name, value in values.items() if value != known[name]}
    faults = _faults(document, stated)
    if request.form.get(VERSION_OF) == AUTOMATIC:
        stated[VERSION_OF] = AUTOMATIC
    return Sent(values, stated, faults)


def _editor() -> str:
    identity = identify()
    if identity is None:
        raise SignInNeededError()
    return identity.name


def _compared(sent: Sent, document: Document) -> Sent:
    """The form with what holds now, and beside it what was typed while somebody else saved."""
    typed = {
        name: translate("web.edit.typed", value=value)
        for name, value in sent.stated.items()
        if name != VERSION_OF
    }
    return replace(sent, values=stated_values(document.metadata), faults=typed)


def _faults(document: Document, stated: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with each value, all at once; the year first, as a place depends on it."""
    metadata, faults = document.metadata, {}
    for name in sorted(stated, key=order_of):
        try:
            metadata = correct(metadata, {name: stated[name]}, RULE, "")
        except StatedValueError:
            expected = FIELDS[name][0]
            faults[name] = translate("web.edit.fault", value=stated[name], expected=expected)
    return faults


def _page(document: Document, revision: int, sent: Sent | None, is_stale: bool = False) -> str:
    values = sent.values if sent else stated_values(document.metadata)
    faults = sent.faults if sent else {}
    edits = holdings().archive.store.list_edits(document.document_id)
    return render_template(
        "edit.html",
        document=document,
        revision=revision,
        fields=[_field(document, name, values[name], faults.get(name, "")) for name in _names()],
        is_stale=is_stale,
        edits=edits,
        version_of=_read_version_of(edits),
    )


def _field(document: Document, name: str, value: str, fault: str) -> FormField:
    options: tuple[tuple[str, str], ...] = ()
    if name == "category":
        options = tuple((c.value, translate(f"category.{c.value}")) for c in Category)
    evidence = document.metadata.evidence.get(EVIDENCE_OF.get(name, (name,))[0])
    return FormField(name, value, evidence, fault, options)


def _read_version_of(edits: Sequence[Edit]) -> str | None:
    """What a person says the report is a version of; None if that is left to the program."""
    said = [edit.value for edit in edits if edit.field == VERSION_OF][-1:]
    return said[0] if said and said[0] != AUTOMATIC else None


def _names() -> list[str]:
    return [name for name in FIELDS if name not in IMPLIED]
