"""How hits are shown: as a list, or as lines of context of a width and in an order."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from werkzeug.datastructures import MultiDict

from archive.errors import ParameterError

MIN_WIDTH, MAX_WIDTH, DEFAULT_WIDTH = 10, 60, 30


class Context(StrEnum):
    """What lines of context are sorted by: where they stand, or the words on one side."""

    POSITION = "position"
    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class View:
    """How hits are shown.

    Attributes:
        width: characters on each side, from MIN_WIDTH to MAX_WIDTH.
    """

    is_kwic: bool = False
    width: int = DEFAULT_WIDTH
    context: Context = Context.POSITION


def read_view(args: MultiDict[str, str]) -> View:
    """The view of the parameters view, width and context. Raises: ParameterError."""
    view, context = args.get("view") or "list", args.get("context") or Context.POSITION.value
    if view not in ("list", "kwic"):
        raise ParameterError(name="view", value=view, expected="list / kwic")
    if context not in set(Context):
        raise ParameterError(name="context", value=context, expected=" / ".join(Context))
    return View(view == "kwic", _read_width(args.get("width") or ""), Context(context))


def view_parameters(args: MultiDict[str, str]) -> dict[str, str]:
    """Those parameters of a request that say how hits are shown, to be kept in its links."""
    names = ("view", "width", "context") if args.get("view") == "kwic" else ()
    return {name: args[name] for name in names if args.get(name)}


def _read_width(given: str) -> int:
    if not given:
        return DEFAULT_WIDTH
    is_number = given.isascii() and given.isdigit() and len(given) <= 3
    if is_number and MIN_WIDTH <= int(given) <= MAX_WIDTH:
        return int(given)
    raise ParameterError(name="width", value=given, expected=f"{MIN_WIDTH}–{MAX_WIDTH}")
