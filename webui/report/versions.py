"""The versions of a report's work, as pages show them."""

from __future__ import annotations

from dataclasses import dataclass

from archive.inspection import describe_version
from archive.store import Store, Summary
from webui.language import reader_language


@dataclass(frozen=True, slots=True)
class ShownVersion:
    """A version with what is known of it; relation is how it is related, in words."""

    summary: Summary
    relation: str


def show_versions(document_id: str, store: Store) -> list[ShownVersion]:
    """The versions of a document's work, itself among them, the first one first."""
    versions = store.list_versions(document_id)
    ids = [version.document_id for version in versions]
    summaries = {summary.document_id: summary for summary in store.list_documents(ids)}
    names = {one: summary.original.file_name for one, summary in summaries.items()}
    return [
        ShownVersion(
            summaries[version.document_id],
            describe_version(version, names.get(version.other_id or "", ""), reader_language()),
        )
        for version in versions
        if version.document_id in summaries
    ]
