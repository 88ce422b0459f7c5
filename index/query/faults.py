"""What can be wrong with a query, how it could be mended, and what is read leniently."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from archive.texts import DEFAULT_LANGUAGE, text

MAX_LENGTH = 2_000
MAX_DEPTH = 20
MAX_TOKENS = 200
MAX_VALUES = 50
"""Values of one field."""
MAX_WILDCARDS = 20
MAX_DISTANCE = 1_000


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of a query: [start, end) becomes the replacement."""

    start: int
    end: int
    replacement: str = ""

    def apply(self, query: str) -> str:
        """The query after the change."""
        return query[: self.start] + self.replacement + query[self.end :]


class Fault(Exception):
    """A query that cannot be understood; readers get it as a QuerySyntaxError.

    Attributes:
        reason: of the sentence "query_error.<reason>", which the facts fill.
        position: 0-based, in the query as typed.
        edit: what would mend it, or None where nothing simple does.
    """

    def __init__(
        self, reason: str, position: int, edit: Edit | None = None, **facts: object
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.position = position
        self.edit = edit
        self.facts = facts


@dataclass(frozen=True, slots=True)
class Note:
    """Something that was read otherwise than it was typed; the reader is told.

    Attributes:
        reason: of the sentence "query_note.<reason>", which the facts fill.
        position: 0-based, in the query as typed.
    """

    reason: str
    position: int
    facts: Mapping[str, object] = field(default_factory=dict)

    def message(self, language: str = DEFAULT_LANGUAGE) -> str:
        """The sentence for the reader."""
        return text(f"query_note.{self.reason}", language, **self.facts)
