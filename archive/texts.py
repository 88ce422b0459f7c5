"""Sentences for people, by key and language, from the catalogues in archive/data/texts."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Literal

LANGUAGES = ("zh", "en")
DEFAULT_LANGUAGE = "zh"


def text(key: str, language: str = DEFAULT_LANGUAGE, /, **facts: object) -> str:
    """The sentence of a key, with its facts filled in.

    Args:
        key: section and name, as in "error.empty_file".
        language: one of LANGUAGES.
    Raises: KeyError if the catalogue has no such key, or a fact that it needs is missing.
    """
    return load_catalogue(language)[key].format_map(facts)


def format_time(moment: datetime, to: Literal["minutes", "seconds"] = "minutes") -> str:
    """A moment in UTC, the same in every language: 2024-01-31 08:30 UTC, or 08:30:15 UTC.

    Args:
        to: seconds only where the moment is looked for in other logs.
    """
    return f"{moment.replace(tzinfo=None).isoformat(' ', to)} UTC"


@cache
def load_catalogue(language: str) -> Mapping[str, str]:
    """Every sentence of a language, by dotted key."""
    source = files("archive").joinpath("data", "texts", f"{language}.toml")
    return dict(_flatten(tomllib.loads(source.read_text("utf-8")), ""))


def _flatten(table: Mapping[str, object], prefix: str) -> list[tuple[str, str]]:
    entries: list[tuple[str, str]] = []
    for name, value in table.items():
        if isinstance(value, dict):
            entries += _flatten(value, f"{prefix}{name}.")
        else:
            entries.append((prefix + name, str(value)))
    return entries
