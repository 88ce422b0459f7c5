"""All hits of a question, batch by batch, in bounded memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from index.search import Hit, Question, SearchPage

BATCH = 1_000


def walk(question: Question, ask: Callable[[Question], SearchPage]) -> Iterator[tuple[Hit, ...]]:
    """Every hit of a question in its order, from the first on.

    What is asked for is each time what stands behind the last hit, so that nothing is given
    twice; see index.engine.Position for what it means that something is indexed meanwhile.
    """
    after = None
    while True:
        page = ask(replace(question, offset=0, limit=BATCH, after=after))
        yield page.hits
        after = page.last
        if after is None:
            return
