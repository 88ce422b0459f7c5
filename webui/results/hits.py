"""A hit with the addresses and the words that the search page shows of it, all made at once.

Templates call functions slowly, and a page has twenty hits with ten links each.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from index.search import Hit, RelatedHit
from index.snippets import Excerpt, excerpts
from webui.addresses import path_before, quoted, site_address
from webui.links import web_address
from webui.report.cites import KINDS, citation_of

LONG_PARAGRAPH = 400
"""Characters above which a hit is shown in excerpts that open."""
EXCERPT_CONTEXT = 120


@dataclass(frozen=True, slots=True)
class ShownHit:
    """A hit as shown.

    Attributes:
        address: of the paragraph in its report, with the query marked; permalink without.
        original: the address of the file as received.
        versions: the address of the report's other versions.
        source: the publisher's address, if a reader can safely follow it.
        citations: the addresses of its citation in GB/T 7714, BibTeX and RIS.
        excerpts: the pieces of a long paragraph that hold its marks; none of a short one.
        missing: the words of the query that it lacks; none of a hit.
    """

    hit: Hit
    address: str
    permalink: str
    original: str
    versions: str
    source: str | None
    citation: str
    citations: tuple[str, ...]
    excerpts: tuple[Excerpt, ...]
    missing: tuple[str, ...] = ()


def shown(hits: Iterable[Hit], query: str, today: date) -> list[ShownHit]:
    """The hits of a query as shown.

    Args:
        today: the day of the citations.
    """
    paths = _Paths(
        path_before("documents.show", "document_id"),
        path_before("documents.send_original", "sha256"),
        path_before("cites.show", "paragraph_id"),
        site_address(),
    )
    asked = f"?q={quoted(query)}"
    return [_shown(hit, asked, paths, today) for hit in hits]


def shown_related(related: Sequence[RelatedHit], query: str, today: date) -> list[ShownHit]:
    """What a page goes on with below its hits, as shown."""
    rows = shown([one.hit for one in related], query, today)
    return [replace(row, missing=one.missing) for row, one in zip(rows, related, strict=True)]


@dataclass(frozen=True, slots=True)
class _Paths:
    """What the addresses of pages begin with; site is what comes before a path."""

    reports: str
    originals: str
    citations: str
    site: str


def _shown(hit: Hit, asked: str, paths: _Paths, today: date) -> ShownHit:
    report = f"{paths.reports}{quoted(hit.document_id)}"
    permalink = f"{report}#{hit.paragraph_id}"
    citation = f"{paths.citations}{quoted(hit.paragraph_id)}?format="
    is_long = len(hit.text) > LONG_PARAGRAPH
    return ShownHit(
        hit,
        f"{report}{asked}#{hit.paragraph_id}",
        permalink,
        f"{paths.originals}{hit.original.sha256}",
        f"{report}{asked}#versions",
        web_address(hit.metadata.source.url),
        citation_of(hit, f"{paths.site}{permalink}", today),
        tuple(citation + form for form in KINDS),
        excerpts(hit.text, hit.spans, EXCERPT_CONTEXT) if is_long else (),
    )
