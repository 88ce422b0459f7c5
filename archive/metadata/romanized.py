"""Places as English editions of reports write them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

_ENGLISH = re.compile(r"report|government|governor|congress|committee|people's", re.I)
_NAME = re.compile(r"(?:Inner |Hong )?[A-Z][a-zü]+(?:'[a-zA-Z]+)?")


def names_in_english(line: str) -> Iterator[str]:
    """The Chinese names of the provinces and cities in an English line about a report."""
    if not _ENGLISH.search(line):
        return
    names = _load_names()
    for match in _NAME.finditer(line):
        name = match[0].replace("'s", "")
        if name in names:
            yield names[name]


@cache
def _load_names() -> Mapping[str, str]:
    """English -> Chinese; of a province and a city of one name the province, which comes first."""
    text = files("archive").joinpath("data", "romanized.csv").read_text("utf-8")
    rows = [line.split(",") for line in text.splitlines()[2:]]
    return {english: chinese for chinese, english in reversed(rows)}
