"""Page numbers below a list of hits."""

from __future__ import annotations

from dataclasses import dataclass, replace

from index.search import Question

PAGES_BESIDE_THE_CURRENT = 2


@dataclass(frozen=True, slots=True)
class PageNumber:
    """A page that can be gone to.

    Attributes:
        number: 1 for the first.
        follows_gap: whether pages between it and the one before are left out.
    """

    number: int
    question: Question
    is_current: bool
    follows_gap: bool


@dataclass(frozen=True, slots=True)
class Paging:
    """Where to go from a page: a page before and after it, None at the ends, and numbers."""

    previous: Question | None
    next: Question | None
    numbers: tuple[PageNumber, ...]


def paginate(question: Question, rows: int) -> Paging:
    """The paging of so many rows; without numbers when all are on one page."""
    size = question.limit
    last = max(rows - 1, 0) // size
    current = question.offset // size
    shown = _shown_pages(min(current, last), last) if last or current else []
    return Paging(
        _at(question, min(current - 1, last)) if current else None,
        _at(question, current + 1) if current < last else None,
        tuple(
            PageNumber(
                number + 1,
                _at(question, number),
                number == current,
                place > 0 and number > shown[place - 1] + 1,
            )
            for place, number in enumerate(shown)
        ),
    )


def _shown_pages(current: int, last: int) -> list[int]:
    """The first, the last and those around the current page, 0-based, ascending."""
    first_near = max(current - PAGES_BESIDE_THE_CURRENT, 0)
    last_near = min(current + PAGES_BESIDE_THE_CURRENT, last)
    return sorted({0, last, *range(first_near, last_near + 1)})


def _at(question: Question, number: int) -> Question:
    return replace(question, offset=number * question.limit)
