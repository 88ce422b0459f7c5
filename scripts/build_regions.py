"""The gazetteer archive/data/regions.csv, made from two tables of administrative divisions."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import click

from archive.places.regions import short_name

DIVISIONS = "divisions-1980-2022.csv"
CHANGES = "code-changes-1984-2022.csv"
MERGERS = Path(__file__).with_name("mergers.csv")
RENAMES = Path(__file__).with_name("renames.csv")
DIVIDED = Path(__file__).with_name("divided.csv")
REUSED = "90"
"""In place of a city's digits: cities under the province, whose codes went to others later."""

TARGET = Path(__file__).resolve().parents[1] / "archive" / "data" / "regions.csv"
SOURCE_LINE = (
    "# Names and codes (GB/T 2260) of divisions of county level and above, 1980-2022. "
    "Source: lizy14/division-changes (GitHub, MIT), state of 2022; see scripts/build_regions.py."
)
COLUMNS = ("code", "name", "first_year", "last_year", "successor")


class Row(NamedTuple):
    """A division for the years that its code and name were in force, both included."""

    code: str
    name: str
    first_year: int
    last_year: int


Mergers = Mapping[tuple[str, int], str]
Successors = Mapping[tuple[str, int], list[str]]


@click.command()
@click.argument("tables", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--target", type=click.Path(path_type=Path), default=TARGET, show_default=True)
def main(tables: Path, target: Path) -> None:
    """Write the gazetteer from the folder TABLES."""
    rows = list(read_divisions(tables / DIVISIONS))
    changes = read_changes(tables / CHANGES)
    said = {k: v for path in (MERGERS, RENAMES, DIVIDED) for k, v in read_mergers(path).items()}
    with target.open("w", encoding="utf-8", newline="") as stream:
        stream.write(SOURCE_LINE + "\n")
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(
            (*row, successor) for row, successor in with_successors(rows, changes, said)
        )
    click.echo(f"{target}: {len(rows)} divisions")


def read_divisions(path: Path) -> Iterator[Row]:
    """The rows of the table of divisions, in its order."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            yield Row(row["code"], row["name"], int(row["first_year"]), int(row["last_year"]))


def read_changes(path: Path) -> Successors:
    """(old code, its last year) -> new codes, in the order of the table of changes."""
    successors: dict[tuple[str, int], list[str]] = defaultdict(list)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        for years, old, new, _name in csv.reader(stream):
            successors[old, int(years.split("-")[0])].append(new)
    return successors


def read_mergers(path: Path) -> Mergers:
    """(old code, its last year) -> the code it has since or is part of, which no table says;
    several with blanks between them where it was divided."""
    lines = path.read_text("utf-8").splitlines()[1:]
    return {(row["code"], int(row["last_year"])): row["successor"] for row in csv.DictReader(lines)}


def with_successors(
    rows: Iterable[Row], changes: Successors, mergers: Mergers
) -> Iterator[tuple[Row, str]]:
    """Each row with the code that the division has after its last year, empty if it has none."""
    rows = list(rows)
    starting: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        starting[row.first_year].append(row)
    for row in rows:
        codes = {row.code, *changes.get((row.code, row.last_year), [])}
        if row.code[2:4] == REUSED:
            codes.remove(row.code)
        merged = mergers.get((row.code, row.last_year))
        yield row, merged or _choose(row, starting.get(row.last_year + 1, []), codes)


def _choose(row: Row, following: Iterable[Row], codes: set[str]) -> str:
    """The division that goes on with this one, of its own level if there is such a one.

    That is the stated part that keeps the name, else the one that does nearby, else a stated
    part. The table of changes begins with 1984 and lacks some later ones.
    """
    rest = list(following)
    peers = [other for other in rest if _is_prefecture(other) == _is_prefecture(row)]
    found = _choose_among(peers, row, codes)
    # A county may become a city of the higher level; a city of that level never a county.
    return found if found or _is_prefecture(row) else _choose_among(rest, row, codes)


def _choose_among(rest: Sequence[Row], row: Row, codes: set[str]) -> str:
    named = [other for other in rest if short_name(other.name) == short_name(row.name)]
    choices = (
        [other for other in named if other.code in codes],
        [other for other in named if other.code[:4] == row.code[:4]],
        [other for other in named if other.code[:2] == row.code[:2] and other.name == row.name],
        [other for other in rest if other.code in codes],
    )
    return next((found[0].code for found in choices if found), "")


def _is_prefecture(row: Row) -> bool:
    return row.code.endswith("00")


if __name__ == "__main__":
    main()
