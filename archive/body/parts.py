"""The part of the report that each paragraph belongs to: review, targets, tasks and so on.

Headings decide first. Within what a heading opens, the wording of paragraphs decides: the
turn to what is wanting in a review, targets before the tasks, the government's own building
and the closing at the end. Where nothing speaks, the order of the genre does, or nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from archive.body import part_rules as rules
from archive.body import shapes
from archive.metadata.folding import compact
from archive.model import Kind, Paragraph, Part

_ADDRESS = "各位代表"
_HEAD = 160
_LONGEST_PREFACE = 10
_LONGEST_CLOSING = 8
_CLOSING_CHARACTERS = 600
_TURN = 120
_PLAN = frozenset({Part.TARGETS, Part.TASKS})


def is_appendix(text: str) -> bool:
    """Whether a heading opens the notes or an annex, which are no part of the report's text."""
    return rules.find_part(rules.APPENDIX_RULES, compact(text)) is not None


def mark_parts(paragraphs: Sequence[Paragraph], front: int) -> tuple[Paragraph, ...]:
    """The same paragraphs, each with its part.

    Args:
        paragraphs: all of a document, in order, with their sections.
        front: how many of them are title, session and officer lines.
    """
    marks = [_mark(paragraph, number >= front) for number, paragraph in enumerate(paragraphs)]
    end = _find_appendices(marks)
    opening = _find_opening(marks, front, end)
    # In a fragment the closing call can stand above the opening words.
    closing = max(opening, _find_closing(marks, end))
    parts: list[Part | None] = [Part.OPENING] * opening
    sections = list(_cut_sections(marks, opening, closing))
    for section, part in zip(sections, _choose_parts(sections, opening), strict=True):
        parts += _fill(section, part, sections)
    parts += [Part.CLOSING] * (end - closing)
    parts += _fill_appendices(marks[end:])
    return tuple(
        replace(paragraph, part=part) for paragraph, part in zip(paragraphs, parts, strict=True)
    )


@dataclass(frozen=True, slots=True)
class _Mark:
    """What the rules see of a paragraph.

    Attributes:
        head: its first characters, compacted.
        title: the heading that it is or that it begins with, compacted; else None.
        names_targets: whether any of its words say a target; the other rules see the head only.
        titles: the headings above it and its own, innermost first, without the main one.
    """

    head: str
    length: int
    title: str | None
    titles: tuple[str, ...]
    is_main: bool
    is_address: bool
    names_targets: bool

    @property
    def is_bare_address(self) -> bool:
        """Whether it is 各位代表 and nothing more."""
        return self.head.rstrip(":!,") == _ADDRESS

    @property
    def is_bridge(self) -> bool:
        """Whether it leads from the targets to the tasks."""
        return self.length <= rules.BRIDGE_LIMIT and bool(rules.BRIDGE.search(self.head))


@dataclass(frozen=True, slots=True)
class _Section:
    """A main heading with all that stands under it; the first may be without a heading."""

    marks: Sequence[_Mark]

    @property
    def heading(self) -> str | None:
        """The main heading, compacted."""
        return self.marks[0].title if self.marks and self.marks[0].is_main else None

    @property
    def said(self) -> frozenset[Part]:
        """Every part that the heading names."""
        return rules.find_parts(rules.HEADING_RULES, self.heading) if self.heading else frozenset()


def _mark(paragraph: Paragraph, is_body: bool) -> _Mark:
    text = paragraph.text
    title: str | None = None
    above = paragraph.section
    if paragraph.kind is Kind.HEADING:
        title = text if is_body else None
    elif above and text.startswith(above[-1]):
        title, above = above[-1], above[:-1]
    level = shapes.heading_level(text)
    is_main = title is not None and not above and level in (None, 0, 1)
    inner = above[1:] if title is None or above else ()
    own = () if title is None or is_main else (title,)
    head = compact(text[:_HEAD])
    return _Mark(
        head,
        len(text),
        compact(title) if title else None,
        tuple(compact(name) for name in reversed((*inner, *own))),
        is_main,
        head.startswith(_ADDRESS),
        bool(rules.TARGETS_WORDING.search(compact(text))),
    )


def _find_appendices(marks: Sequence[_Mark]) -> int:
    """Where notes and annexes begin: at a heading behind the report, or at bare notes."""
    for place in range(len(marks) - 1, -1, -1):
        if not rules.NOTE_MARK.search(marks[place].head):
            break
    else:
        place = -1
    notes = place + 1
    headings = [
        number
        for number, mark in enumerate(marks)
        if mark.title and rules.find_part(rules.APPENDIX_RULES, mark.title)
    ]
    # An annex of a notice may be the report itself; its address or review follows then.
    behind = [number for number in headings if not _has_report_after(marks[number + 1 :])]
    return min([notes, *behind[:1]])


def _has_report_after(marks: Sequence[_Mark]) -> bool:
    return any(
        mark.is_address
        or (mark.is_main and mark.title and Part.REVIEW in _said_by(mark.title))
        or rules.GREETING.search(mark.head)
        for mark in marks
    )


def _said_by(title: str) -> frozenset[Part]:
    return rules.find_parts(rules.HEADING_RULES, title)


def _fill_appendices(marks: Sequence[_Mark]) -> Iterator[Part]:
    part = Part.GLOSSARY
    for mark in marks:
        if mark.title:
            part = rules.find_part(rules.APPENDIX_RULES, mark.title) or part
        yield part


def _find_closing(marks: Sequence[_Mark], end: int) -> int:
    """Where the last words begin: the last address, if what follows it is brief and stirring."""
    first = max(0, end - _LONGEST_CLOSING)
    for place in range(end - 1, first - 1, -1):
        if marks[place].title:
            break
        if marks[place].is_address:
            brief = sum(mark.length for mark in marks[place:end]) <= _CLOSING_CHARACTERS
            return place if brief and _is_stirring(marks[place:end]) else end
    last = marks[end - 1 : end]
    is_last_word = any(not mark.title and mark.head.startswith("让我们") for mark in last)
    return end - 1 if is_last_word else end


def _is_stirring(marks: Sequence[_Mark]) -> bool:
    return any(rules.CLOSING_WORDING.search(mark.head) for mark in marks)


def _find_opening(marks: Sequence[_Mark], front: int, end: int) -> int:
    """How many paragraphs come before the report's matter: front lines, address, greeting."""
    first = next((number for number, mark in enumerate(marks[:end]) if mark.is_main), None)
    limit = end if first is None else first
    greeted = front
    for number in range(front, min(limit, front + _LONGEST_PREFACE)):
        if marks[number].is_bare_address or rules.GREETING.search(marks[number].head):
            greeted = number + 1
    is_preface = first is not None and greeted > 0 and first - greeted <= _LONGEST_PREFACE
    return first if is_preface and first is not None else greeted


def _cut_sections(marks: Sequence[_Mark], start: int, end: int) -> Iterator[_Section]:
    begin = start
    for number in range(start, end):
        if marks[number].is_main and number > begin:
            yield _Section(marks[begin:number])
            begin = number
    if end > begin:
        yield _Section(marks[begin:end])


def _choose_parts(sections: Sequence[_Section], opening: int) -> list[Part | None]:
    """The part that each section begins with, by its heading, its neighbours or its wording."""
    parts: list[Part | None] = []
    for number, section in enumerate(sections):
        before = parts[-1] if parts else None
        parts.append(_by_heading(section, before, sections[number + 1 :]))
    inferred: Part | None = None
    for number in range(len(parts) - 1, -1, -1):
        after = next(iter(parts[number + 1 :]), None)
        if parts[number] is None and after is not None:
            is_whole = opening > 0 and after in _PLAN
            inferred = inferred or (Part.REVIEW if is_whole else rules.BEFORE.get(after))
            parts[number] = inferred
        else:
            inferred = None
    return parts


def _by_heading(section: _Section, before: Part | None, later: Sequence[_Section]) -> Part | None:
    heading, said = section.heading, section.said
    if heading is None:
        return None
    if Part.GOVERNMENT in said:
        # Before the plans it is what the government has done, so still the review.
        is_past = any(other.said & _PLAN for other in later) and before not in _PLAN
        return before if is_past else Part.GOVERNMENT
    for part in (Part.REVIEW, Part.PROBLEMS, Part.TARGETS, Part.TASKS):
        if part in said:
            return part
    if rules.YEAR_HEADING.search(heading):
        return Part.REVIEW if before is None else Part.TASKS
    return Part.TASKS if before in (Part.TARGETS, Part.PROBLEMS) else before


def _fill(section: _Section, part: Part | None, sections: Sequence[_Section]) -> list[Part | None]:
    marks = section.marks
    if section.heading is None:
        return _fill_by_wording(marks, part)
    if part is Part.REVIEW:
        return _fill_review(section)
    is_only_plan = part is Part.TARGETS and not _has_own_tasks(section, sections)
    if part is Part.TASKS or is_only_plan:
        return _fill_tasks(marks, part, is_plan=Part.TARGETS in section.said)
    return [_by_subheading(mark, part) for mark in marks]


def _has_own_tasks(section: _Section, sections: Sequence[_Section]) -> bool:
    """Whether another section has the tasks, so that this one is all about targets."""
    if Part.TASKS in section.said and not _names_both_as_one(section):
        return False
    found = False
    for other in sections:
        if other is section:
            found = True
        elif (Part.TASKS in other.said and Part.REVIEW not in other.said) or (
            found and other.heading and not other.said
        ):
            return True
    return False


def _names_both_as_one(section: _Section) -> bool:
    return "目标任务" in (section.heading or "")


def _by_subheading(mark: _Mark, part: Part | None) -> Part | None:
    """The part that the innermost speaking subheading says, if it may be within this part."""
    allowed = rules.SUBPARTS.get(part, frozenset()) if part else frozenset()
    for title in mark.titles:
        found = rules.find_part(rules.SUBHEADING_RULES, title)
        if found in allowed:
            return found
    return part


def _fill_review(section: _Section) -> list[Part | None]:
    """A review up to where it turns to what is wanting; a heading may name plans as well."""
    state: Part = Part.REVIEW
    parts: list[Part | None] = []
    for mark in section.marks:
        if state is Part.PROBLEMS and (mark.title or mark.is_address):
            state = Part.REVIEW
        if section.said & _PLAN and rules.TARGETS_WORDING.search(mark.head):
            state = Part.TARGETS
        elif state is Part.TARGETS and mark.is_bridge:
            state = Part.TASKS
        elif state is Part.REVIEW and not mark.title and rules.PROBLEMS_WORDING.search(mark.head):
            state = Part.PROBLEMS
        parts.append(_by_subheading(mark, state))
    return parts


def _fill_tasks(marks: Sequence[_Mark], part: Part | None, is_plan: bool) -> list[Part | None]:
    """Targets first, where they are given, then the tasks, then perhaps the government's own."""
    preamble = _preamble_length(marks, is_plan)
    parts: list[Part | None] = [part]
    parts += [Part.TARGETS] * (preamble - 1)
    parts += [_by_subheading(mark, Part.TASKS) for mark in marks[preamble:]]
    for number in _own_building(marks, preamble):
        parts[number] = Part.GOVERNMENT
    for number in _other_matters(marks, preamble):
        parts[number] = Part.TASKS
    return parts


def _preamble_length(marks: Sequence[_Mark], is_plan: bool) -> int:
    """How many paragraphs, the heading with them, stand before the tasks."""
    limit = next(
        (number for number, mark in enumerate(marks) if number and (mark.title or mark.is_bridge)),
        None,
    )
    spoken = [number for number, mark in enumerate(marks[:limit]) if number and mark.names_targets]
    if limit is not None:
        return limit if spoken or is_plan else 1
    return len(marks) if is_plan else (spoken[-1] + 1 if spoken else 1)


def _tail(marks: Sequence[_Mark], start: int) -> Iterator[range]:
    """What follows the last subheading, cut at each address; the first piece has none."""
    titled = [number for number, mark in enumerate(marks) if mark.title]
    begin = max(start, titled[-1] + 1 if titled else start)
    for number in range(begin, len(marks)):
        if marks[number].is_address and number > begin:
            yield range(begin, number)
            begin = number
    if begin < len(marks):
        yield range(begin, len(marks))


def _own_building(marks: Sequence[_Mark], start: int) -> Iterator[int]:
    """The paragraphs near the end that turn to the government itself without a heading."""
    for piece in _tail(marks, start):
        yield from range(_turn(marks, piece), piece.stop)


def _turn(marks: Sequence[_Mark], piece: range) -> int:
    """Where a piece of the tail turns to the government itself; its stop if it does not."""
    first = marks[piece.start]
    if first.is_address:
        near = next((number for number in piece[:3] if _is_on_government(marks[number])), None)
        if near is not None:
            return piece.start if first.is_bare_address else near
    return next((number for number in piece if _is_turn(marks[number])), piece.stop)


def _is_on_government(mark: _Mark) -> bool:
    return bool(rules.GOVERNMENT_WORDING.search(mark.head[:_TURN]))


def _is_turn(mark: _Mark) -> bool:
    return bool(rules.GOVERNMENT_TURN.search(mark.head[:_TURN]))


def _other_matters(marks: Sequence[_Mark], start: int) -> Iterator[int]:
    """What an address sets apart from a last subheading about the government."""
    for piece in _tail(marks, start):
        if marks[piece.start].is_address:
            yield from range(piece.start, _turn(marks, piece))


def _fill_by_wording(marks: Sequence[_Mark], part: Part | None) -> list[Part | None]:
    """Text without a main heading: what its wording says, carried on; before that, the order."""
    turns = dict.fromkeys(_own_building(marks, 0), Part.GOVERNMENT)
    state: Part | None = None
    parts: list[Part | None] = []
    for number, mark in enumerate(marks):
        state = turns.get(number) or _next_state(mark, state)
        parts.append(_by_subheading(mark, state))
    first = next((place for place, known in enumerate(parts) if known), len(parts))
    known = parts[first] if first < len(parts) else None
    earlier = rules.BEFORE.get(known) if known else part
    return [earlier] * first + parts[first:]


def _next_state(mark: _Mark, state: Part | None) -> Part | None:
    if rules.TARGETS_WORDING.search(mark.head):
        return Part.TARGETS
    if state is Part.TARGETS and (mark.is_bridge or mark.title):
        return Part.TASKS
    if state is None and rules.REVIEW_WORDING.search(mark.head):
        return Part.REVIEW
    is_past = state in (None, Part.REVIEW)
    if is_past and rules.PROBLEMS_WORDING.search(mark.head):
        return Part.PROBLEMS
    return state
