"""Traditional characters and the one simplified form that each has."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def load_simplified() -> Mapping[str, str]:
    """Traditional character -> simplified character.

    Source: OpenCC, t2s by single characters; made by scripts/build_simplified.py.
    """
    text = files("archive").joinpath("data", "simplified.txt").read_text("utf-8")
    _, traditional, simplified = text.splitlines()
    return dict(zip(traditional, simplified, strict=True))


def to_simplified(text: str) -> str:
    """The text with each traditional character in its simplified form; its length is kept."""
    return text.translate(load_simplified_points())


@cache
def load_simplified_points() -> Mapping[int, str]:
    """The same table by code point, as str.translate takes it."""
    return {ord(traditional): simple for traditional, simple in load_simplified().items()}
