"""The embedded engine: a Whoosh index, read in bulk.

    schema    the fields of a paragraph in Whoosh's terms
    snapshot  the index as it stands at one commit: postings, columns and statistics as arrays
    evaluate  query tree + snapshot -> matching paragraphs with their scores
    engine    the seam: batches, searches, refreshing

Whoosh's own query classes, matchers and collectors are not used: they cost a Python call for
each posting, and its searchers are not safe to share between threads.
"""

from index.engines.whoosh.engine import WhooshEngine, create_whoosh, open_whoosh

__all__ = ["WhooshEngine", "create_whoosh", "open_whoosh"]
