"""What was left out of a report, as its page shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

from archive.model import RemovedLine
from archive.sites import SiteLine
from webui.language import rule_meaning, translate
from webui.report.reading import Block


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Lines that one rule has left out, in the order of the file.

    Attributes:
        reason: what the rule says.
        lines: each with what is known of it beyond the rule; mostly nothing.
    """

    reason: str
    lines: tuple[tuple[RemovedLine, str], ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of the page: a block of the report, or lines that were left out at this place."""

    block: Block | None = None
    removed: tuple[RemovedLine, ...] = ()


def group_by_rule(
    removed: Sequence[RemovedLine], known: Mapping[str, SiteLine]
) -> tuple[LeftOut, ...]:
    """The lines left out, rule by rule, the rule with the most lines first.

    Args:
        known: line -> what its site is known by it for.
    """
    groups: dict[str, list[tuple[RemovedLine, str]]] = {}
    for line in removed:
        note = (
            translate("web.document.known", **asdict(known[line.text]))
            if (line.text in known)
            else ""
        )
        groups.setdefault(line.rule, []).append((line, note))
    return tuple(
        LeftOut(rule_meaning("removed", rule), tuple(lines))
        for rule, lines in sorted(groups.items(), key=lambda item: -len(item[1]))
    )


def in_place(blocks: Sequence[Block], removed: Sequence[RemovedLine]) -> list[Stretch]:
    """The blocks of a report with the lines that were left out between them, at their places."""
    return list(_stretches(blocks, sorted(removed, key=lambda line: line.line)))


def _stretches(blocks: Sequence[Block], removed: Sequence[RemovedLine]) -> Iterator[Stretch]:
    done = 0
    for block in blocks:
        line = block.paragraphs[0].paragraph.line
        above = [r for r in removed[done:] if line is not None and r.line < line]
        if above:
            yield Stretch(removed=tuple(above))
            done += len(above)
        yield Stretch(block)
    if removed[done:]:
        yield Stretch(removed=tuple(removed[done:]))
