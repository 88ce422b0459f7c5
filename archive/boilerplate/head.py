"""The lines above the report: banners, ways, titles of the portal, labels, buttons."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence

from archive.body import shapes
from archive.boilerplate.page import PageRow, is_prose, is_report_line, row_rule
from archive.boilerplate.rules import (
    BOX_HEAD,
    BOX_OUTLINE,
    BOX_ROW,
    COUNT_LABEL,
    CRUMB_SIGN,
    DAY_LINE,
    ELLIPSIS_END,
    FULL_TEXT,
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
from archive.boilerplate.words import COLON, SOURCE, STAMP

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
_OFFICE_OR_COLUMN = re.compile(
    "^.{0,14}(?:[室局委厅办院部处科站]|中心|政府|频道|动态|要闻|新闻|公开|栏目|专题|公司|资讯|信息)$"
)
_SHORTEST_OUTLINE = 4
_HEADING_LEVELS = (1, 2)
_GOVERNMENT = re.compile(r"^[\u4e00-\u9fff]{2,12}[省市县区旗州盟镇乡]人民政府$")
# What a report does not begin with: its second part, or an item of a list.
_LATER_PART = re.compile(r"^(?:[二三四五六七八九十]、|[(（][二三四五六七八九十][)）]|[—―─–-]{2})")
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
_BULLETS = "•·●"
_LISTED = frozenset(("index-label", "listed-value", "newspaper-page"))
_SUBTITLE = re.compile(r"^[—―─–-]+")
_ADDRESSEES = re.compile("^各[^。]{3,80}[:：]$")
_OWN_NOTE = re.compile(r"^(?:[—―─–-]+|[(（][^)）]{1,12}[)）]$)")
_BYLINE = re.compile(rf"{STAMP}|{SOURCE}{COLON}")
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
    start = max(_full_text_place(rows), _box_end(rows))
    for place, row in enumerate(rows[start:_LONGEST_HEAD], start):
        if shapes.is_address(row.line.text):
            return place
        if shapes.heading_level(row.line.text.strip()) == 1 and not row_rule(row):
            if first_sentence is None and _is_outline(rows, place):
                continue
            return place if first_sentence is None else first_sentence
        if is_prose(row) and not row_rule(row):
            first_sentence = place if first_sentence is None else first_sentence
            sentences += 1
            if sentences > _PROSE_BEFORE_ADDRESS:
                return first_sentence
    return min(len(rows), _LONGEST_HEAD) if first_sentence is None else first_sentence


def _is_outline(rows: Sequence[PageRow], place: int) -> bool:
    """Whether a heading stands in a list of headings with the report's title below."""
    below = rows[place:_LONGEST_HEAD]
    end = next((p for p, row in enumerate(below) if not _is_heading(row)), len(below))
    return any(_begins_report(row) for row in below[end : end + 1])


def _begins_report(row: PageRow) -> bool:
    return shapes.is_title(row.line.text) or shapes.is_session(row.line.text)


def _is_heading(row: PageRow) -> bool:
    return shapes.heading_level(row.line.text.strip()) in _HEADING_LEVELS and not is_prose(row)


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
    _take_introduction(rows, rules)
    _take_outline(rows, rules)
    _take_scene(rows, rules)
    _take_digests(rows, rules, is_addressed)
    _take_banner(rows, rules)
    _take_strays(rows, rules)
    if is_addressed:
        _take_all_but_title(rows, rules)
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


def doubled_caption_rules(rows: Sequence[PageRow]) -> Rules:
    """Index of a picture's sentence that was saved as its text and as its caption -> its rule."""
    pairs = itertools.pairwise(rows)
    return {
        row.index: "photo-caption"
        for row, below in pairs
        if row.folded == below.folded and is_prose(row)
    }


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
    if _ADDRESSEES.match(row.folded) or _is_glued_title(row):
        return True
    return shapes.is_title(text) and not _is_decorated(row)


def _is_glued_title(row: PageRow) -> bool:
    """Whether the title of a document has the day or source behind it on its line."""
    title = _BYLINE.split(row.folded)[0]
    is_glued = title != row.folded and shapes.is_document_title(title)
    return is_glued and not shapes.is_title(title)


def _is_decorated(row: PageRow) -> bool:
    """Whether a title stands in a label, a way, a table or an aggregator's tag."""
    rule = row_rule(row)
    return rule not in (None, "timestamp", "picture-file", "document-site") or bool(
        TAGGED_TITLE.match(row.folded)
    )


def _take_by_pattern(rows: Sequence[PageRow], rules: Rules) -> None:
    for place, row in enumerate(rows):
        if _is_protected(row) or _is_dash_of_session(rows, place):
            continue
        if TAGGED_TITLE.match(row.folded):
            rules[row.index] = "tagged-title"
            continue
        rule = "related" if RELATED.match(row.folded) else row_rule(row)
        is_own_date = bool(_REPORT_DATE.match(row.folded)) and (
            _is_beside_officer(rows, place) or _is_signature(rows, place)
        )
        is_officer = shapes.is_officer(row.line.text) and not PIECE.search(row.folded)
        is_opening = rule == "photo-caption" and "各位代表" in row.folded
        if rule and not (is_own_date or is_officer or is_opening):
            rules[row.index] = rule


def _is_dash_of_session(rows: Sequence[PageRow], place: int) -> bool:
    """Whether a line is the dash before the session, which was wrapped behind it."""
    below = rows[place + 1 : place + 2]
    is_dash = bool(_SUBTITLE.fullmatch(rows[place].folded))
    return is_dash and any(shapes.is_session(row.line.text) for row in below)


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
    if INDEX_ROW.match(row.spaced):
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
    """Takes the items of a list below an index number, whose labels were not saved, and of the
    other articles on a newspaper's page."""
    for before, row in itertools.pairwise(rows):
        is_heading = rules.get(before.index) == "newspaper-page"
        is_listed = row.folded[0] in _BULLETS and (before.folded[0] in _BULLETS or is_heading)
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
    for place, (row, below, label) in enumerate(zip(rows, rows[1:], rows[2:], strict=False)):
        is_below = place == 0 or rows[place - 1].index in rules
        is_between = is_below and rules.get(label.index) in (*_LABEL_RULES, "index-label")
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
    pieces = [place for place in own if PIECE.search(rows[place].folded)]
    for row in rows[: pieces[-1] if pieces else 0]:
        if shapes.is_title(row.line.text):
            rules.setdefault(row.index, "reposter-title")
    end = len(rows) if blurb >= 0 else max([0, *pieces, *traded[1:]])
    _take_titles_above_another(rows, end, rules)
    if not pieces:
        _give_title_back(rows, rules)
    if any(_is_sample_site(row, rules) for row in rows):
        last = max(place for place, row in enumerate(rows) if row.index in rules)
        for row in rows[:last]:
            if shapes.is_title(row.line.text):
                rules.setdefault(row.index, "reposter-title")


def _give_title_back(rows: Sequence[PageRow], rules: Rules) -> None:
    """Leaves the last title where the text below would begin without any line of its own."""
    free = [row for row in rows if row.index not in rules]
    taken = [row for row in rows if rules.get(row.index) == "reposter-title"]
    titles = [row for row in taken if shapes.is_title(row.line.text)]
    is_one = len({row.folded for row in titles}) == 1
    if is_one and not any(is_report_line(row) for row in free):
        del rules[titles[-1].index]


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


def _take_introduction(rows: Sequence[PageRow], rules: Rules) -> None:
    """Takes what a site says of a document, down to the line 原文如下 or the table 基本介绍."""
    for row in rows[: _full_text_place(rows)]:
        rules.setdefault(row.index, "introduction")
    box = _box_end(rows)
    for row in rows[:box]:
        if not shapes.is_title(row.line.text) or BOX_ROW.match(row.folded):
            rules.setdefault(row.index, "encyclopedia-box")


def _full_text_place(rows: Sequence[PageRow]) -> int:
    """Where the document begins below 原文如下; 0 where the page has no such line."""
    places = [p for p, row in enumerate(rows[:_LONGEST_HEAD]) if FULL_TEXT.match(row.folded)]
    return places[-1] + 1 if places else 0


def _box_end(rows: Sequence[PageRow]) -> int:
    """Where an encyclopedia's table ends that stands above the report; 0 if there is none."""
    first = rows[:_LONGEST_HEAD]
    end = next((p + 1 for p, row in enumerate(first) if BOX_HEAD.match(row.folded)), 0)
    while 0 < end < len(rows) and BOX_ROW.match(rows[end].folded):
        end += 1
    if end and any(BOX_OUTLINE.match(row.folded) for row in rows[end : end + 1]):
        end += 1
    return end


def _take_outline(rows: Sequence[PageRow], rules: Rules) -> None:
    """Takes a list of the report's headings that stands above its title."""
    ends = [p for p, row in enumerate(rows) if _begins_report(row)]
    above = rows[: ends[-1]] if ends else []
    headings = [row for row in above if _is_heading(row)]
    if len(headings) >= _SHORTEST_OUTLINE:
        rules.update({row.index: "outline" for row in headings})


def _take_scene(rows: Sequence[PageRow], rules: Rules) -> None:
    """Takes the caption that says who gives the report, between furniture and the title."""
    for above, row, below in zip(rows, rows[1:], rows[2:], strict=False):
        is_between = above.index in rules and shapes.is_bare_title(below.line.text)
        if is_between and shapes.is_headline(row.line.text):
            rules.setdefault(row.index, "photo-caption")


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
        has_session = any(
            shapes.is_session(other.line.text) or "会议上" in other.folded
            for other in rows[place + 1 :]
        )
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
        if _is_wrapped_title(rows, place) or _is_glued_title(row):
            continue
        if _ADDRESSEES.match(row.folded):
            continue
        is_shut_in = _is_shut_in(rows, place, rules) and len(row.folded) <= _LONGEST_STRAY
        is_above_title = place < title and (
            any(above.index in rules for above in rows[:title])
            or (place == 0 and _is_framed(rows, title, rules))
        )
        if not is_prose(row) and (is_above_title or (is_shut_in and place != title)):
            rules[row.index] = "stray"


def _is_wrapped_title(rows: Sequence[PageRow], place: int) -> bool:
    """Whether a line begins the title of a document that was wrapped: 决议 and 决定 are long."""
    for length in (2, 3):
        parts = [row.folded for row in rows[place : place + length]]
        is_wrapped = parts[-1].startswith(("会议", "第")) and len(parts) == length
        if is_wrapped and shapes.is_document_title("".join(parts)):
            return True
    return False


def _take_all_but_title(rows: Sequence[PageRow], rules: Rules) -> None:
    """Takes what stands above the session, or the title 政府工作报告, of a report that addresses
    the deputies and is no line of its own."""
    ends = [p for p, row in enumerate(rows) if _ends_title(row) and row.index not in rules]
    if any(_NOTICE.search(row.folded) or _ADDRESSEES.match(row.folded) for row in rows):
        return
    for row in rows[: ends[0] if ends else 0]:
        if not _may_be_own(row):
            rules.setdefault(row.index, "stray")


def _may_be_own(row: PageRow) -> bool:
    """Whether a line can be one of those between the title of a report and its session."""
    text = row.line.text
    return (
        is_report_line(row)
        or is_prose(row)
        or shapes.is_document_title(text)
        or _is_glued_title(row)
        or bool(_OWN_NOTE.match(row.folded) or OFFICE_END.search(row.folded))
    )


def _ends_title(row: PageRow) -> bool:
    return shapes.is_session(row.line.text) or shapes.is_bare_title(row.line.text)


def _is_shut_in(rows: Sequence[PageRow], place: int, rules: Rules) -> bool:
    """Whether lines already taken stand right above and below a line, which may stand twice."""
    below = [row for row in rows[place + 1 : place + 3] if row.folded != rows[place].folded]
    return place > 0 and rows[place - 1].index in rules and any(r.index in rules for r in below[:1])


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
    shaped = next((place for place in free if is_report_line(rows[place])), None)
    if shaped is not None and not _SUBTITLE.match(rows[shaped].folded):
        return shaped
    labels = [p for p, row in enumerate(rows) if rules.get(row.index) in _LABEL_RULES]
    long = [p for p in free[: shaped and free.index(shaped)] if _may_be_headline(rows[p])]
    above = [place for place in long if labels and place < labels[-1]]
    if shaped is not None:
        return _first_of_block(above, rows) if above and above[-1] + 1 in labels else shaped
    return _first_of_block(above or long, rows)


def _may_be_headline(row: PageRow) -> bool:
    return len(row.folded) >= _SHORTEST_TITLE and not _OFFICE_OR_COLUMN.search(row.folded)


def _first_of_block(places: Sequence[int], rows: Sequence[PageRow]) -> int:
    """The first of the last places that follow each other: a headline has lines below it."""
    first = len(rows)
    for place in reversed(places):
        if first not in (len(rows), place + 1):
            break
        first = place
    return first
