"""The embedded engine: a Whoosh index whose segments are arrays, written and read in bulk.

    arrays       named arrays in one file, mapped into memory; sorting in linear time
    segment      what a segment keeps: paragraphs, documents, positions of pairs, words
    build        documents -> segment
    merge        segments -> one segment
    codec        our segments as Whoosh sees them, so that its own searcher works on them
    folder       files, checksums and commits, with Whoosh's table of contents
    writer       one change of the index, until the commit
    snapshot     the segments of a commit as one, and what was decoded of them
    occurrences  where strings stand, and how far apart
    matches      sets of paragraphs with scores, and how they are combined
    evaluate     query tree + snapshot -> matches
    ranking      matches -> the page asked for, and facet counts
    engine       the seam

Whoosh's own writer, matchers and collectors are not used: they cost a Python call for each
posting, and its searchers are not safe to share between threads.
"""

from index.engines.whoosh.engine import WhooshEngine, create_whoosh, open_whoosh

__all__ = ["WhooshEngine", "create_whoosh", "open_whoosh"]
