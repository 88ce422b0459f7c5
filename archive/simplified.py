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
