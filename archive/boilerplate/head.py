"""The lines above the report: banners, ways, titles of the portal, labels, buttons."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence

from archive.body import shapes
from archive.boilerplate.page import PageRow, is_prose, is_report_line, row_rule
from archive.boilerplate.rules import (
    COUNT_LABEL,
    CRUMB_SIGN,
    DAY_LINE,
    ELLIPSIS_END,
    INDEX_LABEL,
    INDEX_ROW,
    LABELLED_ROW,
    LIVE_TAG,
    NAME_LABEL,
    OFFICE_END,
    OPEN_LABEL,
    PIECE,
    RELATED,
    RUN_TOKEN,
    SPEECH,
    TAGGED_TITLE,
)

_LONGEST_HEAD = 120
_PROSE_BEFORE_ADDRESS = 4
_LONGEST_VALUE = 16
_LONGEST_STRAY = 12
_SHORTEST_TITLE = 6
_SHORTEST_BLURB = 15
_LABEL_RULES = frozenset(
    ("source-label", "date-label", "timestamp", "bare-date", "dated-office", "dated-widgets")
)
_TRADED = frozenset(("document-site", "document-label"))
# Portals pad months and days with zeros, those who type a report do not.
_BANNER_ROWS = 3
_GOVERNMENT = re.compile(r"^[\u4e00-\u9fff]{2,12}[省市县区旗州盟镇乡]人民政府$")
# What a report does not begin with: its second part, or an item of a list.
_LATER_PART = re.compile(r"^(?:[二三四五六七八九十]、|[(（][二三四五六七八九十][)）]|[—―─–-]{2})")
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
_BULLETS = "•·●"
_LISTED = frozenset(("index-label", "listed-value"))
_SUBTITLE = re.compile(r"^[—―─–-]+")
_ADDRESSEES = re.compile("^各[^。]{3,80}[:：]$")
_NOTICE = re.compile(r"印发.{1,60}通知$|特此通知|印发给你们")
_REPORT_DATE = re.compile(r"^(?:19|20)\d\d年[1-9]\d?月[1-9]\d?日$")

Rules = dict[int, str]


def head_length(rows: Sequence[PageRow]) -> int:
    """How many rows stand above the report's first sentence.

    That is the address to the deputies, if only a few sentences (a reposter's, a caption's)
    come before it, and otherwise the first sentence that no rule takes.
    """
    first_sentence: int | None = None
    sentences = 0
    for place, row in enumerate(rows[:_LONGEST_HEAD]):
        if shapes.is_address(row.line.text):
            return place
        if shapes.heading_level(row.line.text.strip()) == 1 and not row_rule(row):
            return place if first_sentence is None else first_sentence
        if is_prose(row) and not row_rule(row):
            first_sentence = place if first_sentence is None else first_sentence
            sentences += 1
            if sentences > _PROSE_BEFORE_ADDRESS:
                return first_sentence
    return min(len(rows), _LONGEST_HEAD) if first_sentence is None else first_sentence


def head_rules(rows: Sequence[PageRow], is_addressed: bool) -> Rules:
    """Index of a line of the head -> the rule that takes it.

    Args:
        is_addressed: whether the address to the deputies is the line below the head.
    """
    rules: Rules = {}
    _take_by_pattern(rows, rules)
    _take_index_rows(rows, rules)
    _take_values(rows, rules)
    _take_enclosed_values(rows, rules)
    _take_listed_values(rows, rules)
    _take_runs(rows, rules)
    _take_crumbs(rows, rules)
    _take_column_titles(rows, rules)
    _take_titles_of_other_years(rows, rules)
    _take_repeated_titles(rows, rules)
    _take_reposters_titles(rows, rules)
    _take_digests(rows, rules, is_addressed)
    _take_banner(rows, rules)
    _take_strays(rows, rules)
    return rules


def fragment_rules(head: Sequence[PageRow], first: PageRow | None) -> Rules:
    """Index of a title that the portal has put above a later part of a report -> its rule.

    Args:
        head: the rows above the report's first sentence or heading.
        first: that sentence or heading.
    """
    rows = [*head, *([first] if first else [])]
    titles = [place for place, row in enumerate(rows) if shapes.is_title(row.line.text)]
    below = rows[titles[-1] + 1 : titles[-1] + 2] if titles else []
    is_later = any(_LATER_PART.match(row.folded) for row in (*below, *rows[-1:]))
    is_whole = any(
        shapes.is_session(row.line.text) or shapes.is_officer(row.line.text) for row in rows
    )
    if not is_later or is_whole:
        return {}
    return {rows[place].index: "fragment-title" for place in titles}


def glued_title_rules(head: Sequence[PageRow], first: PageRow | None) -> Rules:
    """Index of a title that the first sentence begins with, too, saved on one line -> its rule."""
    if first is None or "各位代表" not in first.folded:
        return {}
    titles = [row for row in head[-1:] if shapes.is_title(row.line.text)]
    return {t.index: "repeated-title" for t in titles if first.folded.startswith(t.folded)}


def live_rules(rows: Sequence[PageRow]) -> Rules:
    """Index of a reporter's line above the speech, in a session told live -> its rule."""
    told = [place for place, row in enumerate(rows[:_LONGEST_HEAD]) if LIVE_TAG.match(row.folded)]
    speech = next((place for place in told if SPEECH.search(rows[place].folded)), 0)
    return {rows[place].index: "live-caption" for place in told if place < speech}


def _take_banner(rows: Sequence[PageRow], rules: Rules) -> None:
    """Takes the name of the government that stands over its page like a flag."""
    for row, below in itertools.pairwise(rows[:_BANNER_ROWS]):
        # A title typed over two lines begins with the name, too: of a notice or, where the page
        # has no other furniture, of the report.
        is_title = below.folded.startswith(("关于", "印发")) or not rules
        if _GOVERNMENT.match(row.folded) and not is_title:
            rules.setdefault(row.index, "site-name")


def _is_protected(row: PageRow) -> bool:
    """Whether a line is the report's by its shape, so that no pattern may take it."""
    text = row.line.text
    if shapes.is_session(text) or shapes.is_address(text):
        return True
    if _ADDRESSEES.match(row.folded):
        return True
    return shapes.is_title(text) and not _is_decorated(row)


def _is_decorated(row: PageRow) -> bool:
    """Whether a title stands in a label, a way, a table or an aggregator's tag."""
    rule = row_rule(row)
    return rule not in (None, "timestamp", "picture-file", "document-site") or bool(
        TAGGED_TITLE.match(row.folded)
    )


def _take_by_pattern(rows: Sequence[PageRow], rules: Rules) -> None:
    for place, row in enumerate(rows):
        if _is_protected(row):
            continue
        if TAGGED_TITLE.match(row.folded):
            rules[row.index] = "tagged-title"
            continue
        rule = "related" if RELATED.match(row.folded) else row_rule(row)
        is_own_date = bool(_REPORT_DATE.match(row.folded)) and (
            _is_beside_officer(rows, place) or _is_signature(rows, place)
        )
        if rule and not is_own_date and not shapes.is_officer(row.line.text):
            rules[row.index] = rule


def _is_beside_officer(rows: Sequence[PageRow], place: int) -> bool:
    """Whether a date stands with the report's own lines, or last before the address."""
    beside = (*rows[max(0, place - 1) : place], *rows[place + 1 : place + 2])
    return place == len(rows) - 1 or any(
        shapes.is_officer(row.line.text) or shapes.is_session(row.line.text) for row in beside
    )


def _is_signature(rows: Sequence[PageRow], place: int) -> bool:
    """Whether a date stands below the office that signs the notice which issues a report."""
    above = rows[max(0, place - 2) : place]
    is_signed = any(OFFICE_END.search(row.folded) for row in above)
    is_issued = any(is_prose(row) and _NOTICE.search(row.folded) for row in above)
    return (is_signed or is_issued) and any(_NOTICE.search(row.folded) for row in rows[:place])


def _is_signing(rows: Sequence[PageRow], place: int) -> bool:
    """Whether a line is the office that signs a notice, with the day below it."""
    return bool(OFFICE_END.search(rows[place].folded)) and any(
        DAY_LINE.match(row.folded) and _is_signature(rows, place + distance)
        for distance, row in enumerate(rows[place + 1 : place + 3], 1)
    )


def _take_index_rows(rows: Sequence[PageRow], rules: Rules) -> None:
    """Takes rows of an index table that have a blank for a colon, beside other such rows."""
    for sequence in (rows, list(reversed(rows))):
        for before, row in itertools.pairwise(sequence):
            is_beside = rules.get(before.index) == "index-label"
            if is_beside and _is_index_row(row):
                rules[row.index] = "index-label"


def _is_index_row(row: PageRow) -> bool:
    """Whether a row beside those of an index table is one of it, whatever its label."""
    if INDEX_ROW.match(row.line.text):
        return True
    return bool(LABELLED_ROW.match(row.folded)) and not (is_prose(row) or _is_protected(row))


def _take_values(rows: Sequence[PageRow], rules: Rules) -> None:
    """Takes the value that stands on the line below its label."""
    for label, value in itertools.pairwise(rows):
        if rules.get(label.index) is None or value.index in rules:
            continue
        if not OPEN_LABEL.search(label.folded) or is_report_line(value) or is_prose(value):
            continue
        is_number = value.folded.isdigit()
        if len(value.folded) <= _LONGEST_VALUE and (
            is_number or not COUNT_LABEL.search(label.folded)
        ):
            rules[value.index] = "label-value"


def _take_enclosed_values(rows: Sequence[PageRow], rules: Rules) -> None:
    """Takes what stands between two labels of an index table, a line each; titles, too."""
    for label, value, below in zip(rows, rows[1:], rows[2:], strict=False):
        is_label = label.index in rules and INDEX_LABEL.search(label.folded)
        is_title_again = NAME_LABEL.search(label.folded) and shapes.is_title(below.line.text)
        is_enclosed = INDEX_LABEL.search(below.folded) or is_title_again
        if is_label and is_enclosed and not is_prose(value):
            rules.setdefault(value.index, "label-value")


def _take_listed_values(rows: Sequence[PageRow], rules: Rules) -> None:
    """Takes the items of a list that an index number begins: its labels were not saved."""
    for before, row in itertools.pairwise(rows):
        is_listed = before.folded[0] in _BULLETS and row.folded[0] in _BULLETS
        is_own = shapes.is_session(row.line.text) or shapes.is_officer(row.line.text)
        if is_listed and rules.get(before.index) in _LISTED and not is_own and not is_prose(row):
            rules.setdefault(row.index, "listed-value")


def _take_runs(rows: Sequence[PageRow], rules: Rules) -> None:
    """Takes single signs (大, 中, a bracket) that stand beside lines already taken."""
    for sequence in (rows, list(reversed(rows))):
        for before, row in itertools.pairwise(sequence):
            if before.index in rules and row.index not in rules and RUN_TOKEN.match(row.folded):
                rules[row.index] = "widget"


def _take_crumbs(rows: Sequence[PageRow], rules: Rules) -> None:
    """Takes a way through the site that was saved one step a line."""
    for place, row in enumerate(rows):
        if not CRUMB_SIGN.match(row.folded):
            continue
        for neighbour in rows[max(0, place - 1) : place + 2]:
            if not _is_protected(neighbour) and len(neighbour.folded) <= _LONGEST_VALUE:
                rules.setdefault(neighbour.index, "breadcrumb")
        for last in rows[place + 1 : place + 2]:
            below = rows[place + 2 :]
            # The column can be called as the report is; the page's own title stands below it.
            if shapes.is_bare_title(last.line.text) and any(map(_is_telling_title, below)):
                rules.setdefault(last.index, "breadcrumb")


def _take_column_titles(rows: Sequence[PageRow], rules: Rules) -> None:
    """Takes the name of a column, between furniture and the title that it is for."""
    for above, row, below, label in zip(rows, rows[1:], rows[2:], rows[3:], strict=False):
        is_between = above.index in rules and rules.get(label.index) in _LABEL_RULES
        is_column = shapes.is_bare_title(row.line.text) and _is_telling_title(below)
        if is_between and is_column and not shapes.is_bare_title(below.line.text):
            rules.setdefault(row.index, "column-name")


def _take_titles_of_other_years(rows: Sequence[PageRow], rules: Rules) -> None:
    """Takes links to the reports of the years before and after, beside furniture."""
    titles = [row for row in rows if row.index not in rules and _is_telling_title(row)]
    years = {row.index: set(_YEAR.findall(row.folded)) for row in titles}
    own = next((found for row in titles if (found := years[row.index])), set())
    for before, row in itertools.pairwise(rows):
        other = years.get(row.index, set()) - own
        if other and before.index in rules and not shapes.is_session(row.line.text):
            rules[row.index] = "neighbours"


def _is_telling_title(row: PageRow) -> bool:
    return shapes.is_title(row.line.text) and not _is_decorated(row)


def _take_repeated_titles(rows: Sequence[PageRow], rules: Rules) -> None:
    """Takes all but the last of equal title lines; 政府工作报告 alone may stand twice, where
    something is between: above the page, and above the report."""
    for row, below in itertools.pairwise(rows):
        if row.line.text.strip() == below.line.text.strip() and shapes.is_title(row.line.text):
            rules.setdefault(row.index, "repeated-title")
    texts = Counter(row.line.text.strip() for row in rows)
    for row in rows:
        text = row.line.text.strip()
        texts[text] -= 1
        if texts[text] and shapes.is_title(text) and not shapes.is_bare_title(text):
            rules.setdefault(row.index, "repeated-title")


def _take_reposters_titles(rows: Sequence[PageRow], rules: Rules) -> None:
    """Takes the titles that a reposting site has put above the report's own."""
    own = [place for place, row in enumerate(rows) if rules.get(row.index) == "reposter"]
    blurb = max((place for place in own if _is_blurb(rows[place])), default=-1)
    for place, row in enumerate(rows):
        if shapes.is_session(row.line.text) or shapes.is_officer(row.line.text):
            continue
        is_numbered = 0 <= blurb < place < own[-1] and shapes.is_title(row.line.text)
        if place < blurb or is_numbered:
            rules.setdefault(row.index, "reposter-title")
    traded = [place for place, row in enumerate(rows) if rules.get(row.index) in _TRADED]
    pieces = [place for place in own if PIECE.match(rows[place].folded)]
    end = len(rows) if blurb >= 0 else max([0, *pieces, *traded[1:]])
    _take_titles_above_another(rows, end, rules)
    if any(_is_sample_site(row, rules) for row in rows):
        last = max(place for place, row in enumerate(rows) if row.index in rules)
        for row in rows[:last]:
            if shapes.is_title(row.line.text):
                rules.setdefault(row.index, "reposter-title")


def _is_blurb(row: PageRow) -> bool:
    """Whether a line presents the text below it in a sentence, or with a colon at its end."""
    return is_prose(row) or (len(row.folded) >= _SHORTEST_BLURB and row.folded[-1] in ":：")


def _take_titles_above_another(rows: Sequence[PageRow], end: int, rules: Rules) -> None:
    """Takes titles in the first rows where a differing title stands below them."""
    titles = [
        (place, row)
        for place, row in enumerate(rows)
        if row.index not in rules and shapes.is_title(row.line.text)
    ]
    for order, (place, row) in enumerate(titles, 1):
        if place < end and any(below.folded != row.folded for _, below in titles[order:]):
            rules[row.index] = "reposter-title"


def _is_sample_site(row: PageRow, rules: Rules) -> bool:
    """Whether a line taken belongs to a site of sample texts, which titles them itself."""
    return row.index in rules and "范文" in row.folded


def _take_digests(rows: Sequence[PageRow], rules: Rules, is_addressed: bool) -> None:
    """Takes excerpts of the report that stand above its own beginning."""
    titles = {row.folded for row in rows if shapes.is_title(row.line.text)}
    is_notice = any(_NOTICE.search(row.folded) for row in rows)
    for place, row in enumerate(rows):
        if row.index in rules or _is_protected(row):
            continue
        is_excerpt = bool(ELLIPSIS_END.search(row.folded)) or any(
            row.folded.startswith(title) and len(row.folded) > len(title) + 8 for title in titles
        )
        speaks = is_addressed and "各位代表" in row.folded and "我代表" in row.folded
        is_above_furniture = (
            is_prose(row)
            and not is_notice
            and any(below.index in rules for below in rows[place + 1 :])
        )
        has_session = any(shapes.is_session(other.line.text) for other in rows)
        loses_session = "会议上" in row.folded and not has_session
        if (is_excerpt or speaks or is_above_furniture) and not loses_session:
            rules[row.index] = "digest"


def _take_strays(rows: Sequence[PageRow], rules: Rules) -> None:
    """Takes short lines above the title, and those shut in between lines already taken."""
    if not rules:
        return
    title = _title_place(rows, rules)
    for place, row in enumerate(rows):
        if row.index in rules or is_report_line(row) or row.folded.endswith(("。", "；", "，")):
            continue
        if shapes.is_document_title(row.line.text) or _is_signing(rows, place):
            continue
        if _ADDRESSEES.match(row.folded):
            continue
        is_shut_in = (
            0 < place < len(rows) - 1
            and rows[place - 1].index in rules
            and rows[place + 1].index in rules
            and len(row.folded) <= _LONGEST_STRAY
        )
        is_above_title = place < title and (
            any(above.index in rules for above in rows[:title])
            or (place == 0 and _is_framed(rows, title, rules))
        )
        if not is_prose(row) and (is_above_title or (is_shut_in and place != title)):
            rules[row.index] = "stray"


def _is_framed(rows: Sequence[PageRow], title: int, rules: Rules) -> bool:
    """Whether a page's title is a report's, with furniture right below it."""
    if title >= len(rows):
        return False
    text = rows[title].line.text
    if not (shapes.is_title(text) or shapes.is_document_title(text)):
        return False
    # Below a headline the report's title can stand as the second line.
    return not _SUBTITLE.match(rows[title].folded) and any(
        row.index in rules for row in rows[title + 1 : title + 2]
    )


def _title_place(rows: Sequence[PageRow], rules: Rules) -> int:
    """The place of the line that is the page's title; below the head if no line is."""
    free = [place for place, row in enumerate(rows) if row.index not in rules]
    shaped = [place for place in free if is_report_line(rows[place])]
    if shaped:
        return shaped[0]
    labels = [p for p, row in enumerate(rows) if rules.get(row.index) in _LABEL_RULES]
    long = [place for place in free if len(rows[place].folded) >= _SHORTEST_TITLE]
    above = [place for place in long if labels and place < labels[-1]]
    return max(above or long, default=len(rows))
