"""Long text + spans -> what of it is shown: excerpts around the marks, or lines of context."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.highlight import Span

_STOPS = "。！？；!?;"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A piece of a text with the marks in it.

    Attributes:
        start: where it begins in the text.
        spans: character ranges of this piece's own text.
        is_cut_before: whether text is left out before it.
        is_cut_after: whether text is left out behind it.
    """

    start: int
    text: str
    spans: tuple[Span, ...]
    is_cut_before: bool
    is_cut_after: bool


@dataclass(frozen=True, slots=True)
class KwicLine:
    """A match between its contexts, each of a fixed number of characters or less."""

    left: str
    match: str
    right: str


def excerpts(text: str, spans: Sequence[Span], width: int) -> tuple[Excerpt, ...]:
    """Pieces of the text that hold every span, in order, none touching another.

    Args:
        spans: ascending, none overlapping; without any, the beginning of the text is given.
        width: characters of context around a span, > 0: half before and half behind it, a
            little less where a sentence begins or ends there.
    """
    half = max(width // 2, 1)
    windows: list[Span] = []
    for start, end in spans or [(0, 0)]:
        first, last = _first(text, start, half), _last(text, end, half if spans else width)
        if windows and first <= windows[-1][1]:
            windows[-1] = windows[-1][0], max(last, windows[-1][1])
        else:
            windows.append((first, last))
    return tuple(_excerpt(text, spans, window) for window in windows)


def kwic(text: str, spans: Sequence[Span], width: int) -> tuple[KwicLine, ...]:
    """A line for each span: up to width characters before it, it, and up to width behind it."""
    return tuple(
        KwicLine(text[max(start - width, 0) : start], text[start:end], text[end : end + width])
        for start, end in spans
    )


def _first(text: str, start: int, half: int) -> int:
    """Where an excerpt begins: behind the sentence end that is nearest to the limit."""
    limit = max(start - half, 0)
    if limit == 0:
        return 0
    stops = [place + 1 for place in range(limit, start) if text[place] in _STOPS]
    return stops[0] if stops else limit


def _last(text: str, end: int, half: int) -> int:
    """Where an excerpt ends: behind the last sentence end within the limit."""
    limit = min(end + half, len(text))
    if limit == len(text):
        return limit
    stops = [place + 1 for place in range(end, limit) if text[place] in _STOPS]
    return stops[-1] if stops else limit


def _excerpt(text: str, spans: Sequence[Span], window: Span) -> Excerpt:
    first, last = window
    inside = tuple((s - first, e - first) for s, e in spans if first <= s and e <= last)
    return Excerpt(first, text[first:last], inside, first > 0, last < len(text))
