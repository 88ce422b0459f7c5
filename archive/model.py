"""The things an archive is made of: frozen values, no input or output."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Level(StrEnum):
    """The administrative level of a government, highest first."""

    NATIONAL = "national"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"


class Kind(StrEnum):
    """What a line or a paragraph is in the layout of its file."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"
    TABLE = "table"


class Part(StrEnum):
    """The part of a report that a paragraph belongs to, in the order of the genre."""

    OPENING = "opening"
    REVIEW = "review"
    PROBLEMS = "problems"
    TARGETS = "targets"
    TASKS = "tasks"
    GOVERNMENT = "government"
    CLOSING = "closing"
    GLOSSARY = "glossary"
    ANNEX = "annex"


class Category(StrEnum):
    """What a text is: a government work report, or a look-alike of which kind."""

    REPORT = "report"
    RESOLUTION = "resolution"
    PLAN_OR_BUDGET = "plan_or_budget"
    RULES = "rules"
    OTHER_BODY_REPORT = "other_body_report"
    OTHER_REPORT = "other_report"
    TASK_DIVISION = "task_division"
    DRAFT = "draft"
    EXPLANATION = "explanation"
    NEWS = "news"
    COMMENT = "comment"
    SPEECH = "speech"
    TEMPLATE = "template"
    TRANSCRIPT = "transcript"
    ENCYCLOPEDIA = "encyclopedia"
    LIST_PAGE = "list_page"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a value came from, and the words it was read in.

    Attributes:
        rule: the name of the rule that read the value, or that found it absent.
        text: the words it was read in, as they stand in the file; empty if there are none.
    """

    rule: str
    text: str


@dataclass(frozen=True, slots=True)
class Region:
    """The place whose government gave the report.

    Attributes:
        name: the name without its parents, 台江区.
        full_name: the name with those parents that are known, 福建省福州市台江区.
        code: the six-digit code of GB/T 2260 in force in the report's year, or None.
        level: the level of the government.
    """

    name: str
    full_name: str
    code: str | None
    level: Level


@dataclass(frozen=True, slots=True)
class Source:
    """Who published the text.

    Attributes:
        site: the name as printed.
        url: the address at which the publisher keeps the page.
        fetched_url: the address that the page was saved from, which may be a proxy's or a copy's.
    """

    site: str | None = None
    url: str | None = None
    fetched_url: str | None = None


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who gave the report.

    Attributes:
        name: in simplified characters, without blanks.
        office: without the place, 代区长; those of a region and of the country with their body,
            自治区人民政府主席, 国务院总理.
    """

    name: str
    office: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a report. None means that the file does not say.

    Attributes:
        report_year: the year that the report plans for, which is often not the year of
            publication and not the year of the session.
        is_report: whether the category is REPORT; the two never disagree, and where only one
            of them is given, the other follows it.
        congress: which congress and session heard it, 第十八届人民代表大会第一次会议.
        review_years: the first and the last year that it looks back on.
        evidence: field name -> where its value (or its absence) comes from.
    """

    title: str | None = None
    report_year: int | None = None
    region: Region | None = None
    publish_date: date | None = None
    session_date: date | None = None
    source: Source = Source()
    is_report: bool = True
    category: Category = Category.REPORT
    speaker: Speaker | None = None
    congress: str | None = None
    review_years: tuple[int, int] | None = None
    evidence: Mapping[str, Evidence] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.category is not Category.REPORT:
            object.__setattr__(self, "is_report", False)
        elif not self.is_report:
            object.__setattr__(self, "category", Category.OTHER)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file as its format reader gives it.

    Attributes:
        number: 1 for the first line of the decoded text, or the ordinal of the block in
            formats that have no lines.
        text: the words, without line break; may be blank in plain text.
        kind: what the format says the line is; plain text says PARAGRAPH of everything.
    """

    number: int
    text: str
    kind: Kind = Kind.PARAGRAPH


@dataclass(frozen=True, slots=True)
class RemovedLine:
    """A line that is not the report's, and the rule that says so."""

    line: int
    text: str
    rule: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A file after decoding and parsing, before anything is judged by its words.

    Attributes:
        lines: in reading order.
        encoding: canonical name of the character encoding; "docx" or "pdf" where the format does.
        hints: values the format states outside the text, by lower-case name: the meta tags of a
            page ("articletitle", "pubdate", ...), "title", "canonical".
        removed: lines that the structure of the file marks as furniture, outside the article.
        warnings: sentences about damage that was met and repaired.
    """

    lines: tuple[Line, ...]
    encoding: str
    hints: Mapping[str, str] = field(default_factory=dict)
    removed: tuple[RemovedLine, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The unit that is indexed, found and cited.

    Attributes:
        paragraph_id: derived from the document and the words, so that a link to it
            survives rebuilding and re-ingestion; see paragraphs.identify.
        ordinal: 0 for the first paragraph of the document.
        section: the headings above it, outermost first.
        text: the text as shown; every offset in this project counts its characters.
        part: the part of the report, or None where nothing says it.
        as_received: the text before it was repaired, or None where it is shown as received.
        line: the number of the line (see Line) that it begins on, or None where that was not
            noted.
    """

    paragraph_id: str
    ordinal: int
    section: tuple[str, ...]
    kind: Kind
    text: str
    part: Part | None = None
    as_received: str | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Original:
    """The bytes as received, by their identity."""

    sha256: str
    file_name: str
    size: int


@dataclass(frozen=True, slots=True)
class Document:
    """One report as the archive holds it."""

    document_id: str
    original: Original
    encoding: str
    metadata: Metadata
    paragraphs: tuple[Paragraph, ...]
    removed: tuple[RemovedLine, ...] = ()
    warnings: tuple[str, ...] = ()
