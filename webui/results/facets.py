"""The panels to narrow by: years as bars, places as a tree, other fields as lists."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from archive.places.regions import load_gazetteer
from index.fields import CATEGORY, FACETS, LEVEL, REGION, UNKNOWN, YEAR
from index.search import FacetCount, Question, SearchPage

VALUES_AT_FIRST = 12
VALUES_AT_MOST = 200
"""Listed in one panel; the rest is reached by narrowing by something else first."""
PLACES_SHOWN_AT_ONCE = 40
"""A tree of so many places is shown whole; of a greater one what lies below what is chosen."""
ONLY_WITH_CHOICE = (LEVEL, CATEGORY)
"""One value tells nothing; the others do: a reader sees which year or place it is."""


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet as shown: some values at first, the rest on demand.

    Attributes:
        highest: the greatest count, which bars are measured by; at least 1.
    """

    name: str
    first: tuple[FacetCount, ...]
    rest: tuple[FacetCount, ...]
    highest: int = 1

    @property
    def chosen(self) -> tuple[FacetCount, ...]:
        """The values that the reader has chosen."""
        return tuple(count for count in self.first + self.rest if count.is_chosen)

    @property
    def unknown(self) -> tuple[FacetCount, ...]:
        """The count of what has no known value, if there is any."""
        return tuple(count for count in self.first + self.rest if count.value == UNKNOWN)


@dataclass(slots=True)
class PlaceNode:
    """A place with what is found in it and in all places below it.

    Attributes:
        path: its names from the highest, joined, which is also the value of the parameter place.
        below: the places in it that are shown, most found first.
        hidden: how many of those directly below it are not shown.
    """

    name: str
    path: str
    count: int = 0
    is_chosen: bool = False
    below: list[PlaceNode] = field(default_factory=list)
    hidden: int = 0


def facets_of(page: SearchPage) -> list[Facet]:
    """The facets that help to narrow; levels and kinds only where there is a choice of them."""
    return [
        _facet(field.name, counts)
        for field in FACETS
        if (counts := page.facets[field.name])
        and (field not in ONLY_WITH_CHOICE or _is_choice(counts))
    ]


def place_tree(counts: tuple[FacetCount, ...], question: Question) -> list[PlaceNode]:
    """The places of a facet below each other, with subtotals; unknown ones are left out."""
    nodes: dict[str, PlaceNode] = {"": PlaceNode("", "")}
    for one in counts:
        if one.value != UNKNOWN:
            _add(nodes, _components(one.value), one.count)
    root = nodes[""]
    for node in nodes.values():
        node.is_chosen = node.path in question.places
        node.below.sort(key=lambda below: (-below.count, below.path))
        del node.below[VALUES_AT_MOST:]
    if len(nodes) > PLACES_SHOWN_AT_ONCE:
        for node in root.below:
            _prune(node, question)
    return root.below


def _facet(name: str, counts: tuple[FacetCount, ...]) -> Facet:
    listed = counts
    if name not in (YEAR.name, REGION.name):
        listed = tuple(
            count
            for place, count in enumerate(counts)
            if place < VALUES_AT_MOST or count.is_chosen or count.value == UNKNOWN
        )
    highest = max((count.count for count in counts if count.value != UNKNOWN), default=1)
    return Facet(name, listed[:VALUES_AT_FIRST], listed[VALUES_AT_FIRST:], max(highest, 1))


def _is_choice(counts: tuple[FacetCount, ...]) -> bool:
    known = [count for count in counts if count.value != UNKNOWN]
    return len(known) > 1 or any(count.is_chosen for count in counts)


def _add(nodes: dict[str, PlaceNode], names: tuple[str, ...], count: int) -> None:
    """Counts something at a place and at all those that it lies in."""
    above, path = nodes[""], ""
    for name in names:
        path += name
        if path not in nodes:
            nodes[path] = PlaceNode(name, path)
            above.below.append(nodes[path])
        above = nodes[path]
        above.count += count


def _prune(node: PlaceNode, question: Question) -> None:
    """Hides what lies below a place that is neither chosen nor has something chosen in it."""
    if not any(place.startswith(node.path) for place in question.places):
        node.hidden, node.below = len(node.below), []
    for below in node.below:
        _prune(below, question)


@lru_cache(maxsize=10_000)
def _components(full_name: str) -> tuple[str, ...]:
    return load_gazetteer().components(full_name)
