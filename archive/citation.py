"""A paragraph of a report -> how it is cited: GB/T 7714, BibTeX, RIS."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from archive.model import Level, Metadata

NATIONAL_GOVERNMENT = "国务院"
GOVERNMENT = "人民政府"

_BIBTEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "&%$#_"},
    }
)
# Inside \url and in the field url nothing can be escaped, and a brace would end the field.
_IN_ADDRESSES = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20"})


@dataclass(frozen=True, slots=True)
class Cited:
    """What is cited, and when it was looked at.

    Attributes:
        title: of the report, or the name of its file.
        permalink: the address of the paragraph in this archive.
        section: the headings above it, outermost first.
    """

    paragraph_id: str
    title: str
    metadata: Metadata
    permalink: str
    accessed: date
    section: tuple[str, ...] = ()

    @property
    def author(self) -> str:
        """The government that gave the report; of other texts, who published them."""
        region = self.metadata.region
        if not self.metadata.is_report or region is None:
            return self.metadata.source.site or ""
        is_national = region.level is Level.NATIONAL
        return NATIONAL_GOVERNMENT if is_national else region.full_name + GOVERNMENT

    @property
    def url(self) -> str:
        """The publisher's address, or that of the paragraph here."""
        return self.metadata.source.url or self.permalink

    @property
    def year(self) -> str:
        """That of publication or, where it is not known, of the session or the report."""
        day = self.metadata.publish_date or self.metadata.session_date
        return str(day.year if day else self.metadata.report_year or "")


def cite_gbt(cited: Cited) -> str:
    """The citation as GB/T 7714 writes electronic documents.

    Source: GB/T 7714-2015, 4.6: 主要责任者. 题名[EB/OL]. (更新日期)[引用日期]. 获取和访问路径.
    """
    published = cited.metadata.publish_date
    author = f"{_line(cited.author)}. " if cited.author else ""
    day = f"({published.isoformat()})" if published else ""
    return (
        f"{author}{_line(cited.title)}[EB/OL]. {day}[{cited.accessed.isoformat()}]. "
        f"{_line(cited.url)}."
    )


def cite_bibtex(cited: Cited) -> str:
    """The citation as an entry for BibTeX."""
    note = " ".join((*(f"{heading} ›" for heading in cited.section), cited.permalink))
    fields = {
        # A second pair of braces keeps a body's name in one piece.
        "author": f"{{{_bibtex(cited.author)}}}" if cited.author else "",
        "title": f"{{{_bibtex(cited.title)}}}",
        "year": cited.year,
        "howpublished": _bibtex(cited.metadata.source.site or ""),
        "url": _line(cited.url).translate(_IN_ADDRESSES),
        "urldate": cited.accessed.isoformat(),
        "note": _bibtex(note),
        "language": "chinese",
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@misc{{zhengwen-{cited.paragraph_id},\n{lines}}}\n"


def cite_ris(cited: Cited) -> str:
    """The citation as a record of Research Information Systems, of an electronic document."""
    return "".join(f"{tag}  - {value}\r\n" for tag, value in _ris(cited) if value or tag == "ER")


def _ris(cited: Cited) -> Iterator[tuple[str, str]]:
    published = cited.metadata.publish_date
    yield "TY", "ELEC"
    yield "AU", _line(cited.author)
    yield "TI", _line(cited.title)
    yield "PY", cited.year
    yield "DA", f"{published:%Y/%m/%d}/" if published else ""
    yield "PB", _line(cited.metadata.source.site or "")
    yield "UR", _line(cited.url)
    yield "Y2", f"{cited.accessed:%Y/%m/%d}/"
    yield "N1", _line(" ".join((*(f"{heading} ›" for heading in cited.section), cited.permalink)))
    yield "LA", "zh"
    yield "ER", ""


FORMS: Mapping[str, Callable[[Cited], str]] = {
    "gbt": cite_gbt,
    "bibtex": cite_bibtex,
    "ris": cite_ris,
}
"""Name -> how a paragraph is cited in it."""


def _line(text: str) -> str:
    """The text on one line, so that it cannot begin another field."""
    return re.sub(r"[\s\x00-\x1f\x7f\x85\u2028\u2029]+", " ", text).strip()


def _bibtex(text: str) -> str:
    return _line(text).translate(_BIBTEX)
