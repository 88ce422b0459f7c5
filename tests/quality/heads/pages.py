"""Page beginnings written for this project, with what a careful reader says of each.

A file holds the pages of one family. A page begins with `=== its name`, then come its labels
(`-` where nothing is to be known), a line of dashes, and its lines: those of the report with two
blanks before them, those of the portal with `- `. `@open 县` stands for the salutation and the
opening sentence, `@body 2020 2021` for a report's text that reviews one year and plans the next,
`@filler 4` for so many sentences.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

HERE = Path(__file__).parent
BATCHES = (
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
)
"""The pages of the second batch were written when the rules had been mended by the first."""

_SENTENCES = (
    "经济运行稳中有进，地区生产总值增长百分之六点二。",
    "云杉产业园建成投用，十二个重点项目如期开工。",
    "新改建农村公路八十六公里，城乡供水实现一体化。",
    "新增城镇就业四千二百人，居民收入稳步提高。",
    "完成造林三万亩，空气优良天数保持在三百天以上。",
    "深化放管服改革，企业开办时间压缩到一个工作日。",
)


@dataclass(frozen=True, slots=True)
class HeadPage:
    """A page with its labels.

    Attributes:
        place: the name of the place, with parents or without, or None.
        level: of the place, or None.
        full_name: the name with parents where the page tells them, else empty.
        kind: `report`, or what kind of look-alike a reader takes it for.
        boilerplate: the lines that are the portal's.
        own: the lines that are the report's; of a labelled page only the first.
    """

    name: str
    batch: str
    lines: tuple[str, ...]
    report_year: int | None
    place: str | None
    level: str | None
    full_name: str
    publish_date: date | None
    is_report: bool
    kind: str
    boilerplate: tuple[str, ...]
    own: tuple[str, ...]

    @property
    def data(self) -> bytes:
        """The page as a text file."""
        return ("\n".join(self.lines) + "\n").encode("utf-8")


def iter_head_pages(batch: str) -> Iterator[HeadPage]:
    """Every page of a batch."""
    for path in sorted((HERE / batch).glob("*.txt")):
        for block in path.read_text("utf-8").split("=== ")[1:]:
            yield _read_page(block, batch)


def _read_page(block: str, batch: str) -> HeadPage:
    head, _, text = block.partition("\n---\n")
    name, *rows = head.split("\n")
    labels = {key: value for key, _, value in (row.partition(" ") for row in rows)}
    place, level, full_name = (*labels["place"].split(), "", "")[:3]
    rows = [line for row in text.split("\n") if row.strip() for line in _expand(row)]
    return HeadPage(
        name=name.strip(),
        batch=batch,
        lines=tuple(row[2:] for row in rows),
        report_year=None if labels["year"] == "-" else int(labels["year"]),
        place=None if place == "-" else place,
        level=level or None,
        full_name=full_name,
        publish_date=None if labels["date"] == "-" else date.fromisoformat(labels["date"]),
        is_report=labels["kind"] == "report",
        kind=labels["kind"],
        boilerplate=_marked(rows, "- "),
        own=_marked(rows, "  "),
    )


def _marked(rows: Sequence[str], mark: str) -> tuple[str, ...]:
    return tuple(row[2:].strip() for row in rows if row.startswith(mark))


def _expand(row: str) -> list[str]:
    """The lines that a row of a page stands for."""
    if not row.startswith("@"):
        assert row.startswith(("- ", "  ")), row
        return [row]
    kind, *words = row.split()
    return [f"  {line}" for line in _EXPANSIONS[kind](*words)]


def _opening(kind: str) -> list[str]:
    return [
        "各位代表：",
        f"现在，我代表{kind}人民政府，向大会报告工作，请予审议，并请列席人员提出意见。",
    ]


def _body(reviewed: str, planned: str) -> list[str]:
    review, plan = f"一、{reviewed}年工作回顾", f"二、{planned}年重点工作"
    return [review, *_SENTENCES[:4], plan, *_SENTENCES[4:]]


def _filler(count: str) -> list[str]:
    return list(_SENTENCES[: int(count)])


_EXPANSIONS = {"@open": _opening, "@body": _body, "@filler": _filler}
