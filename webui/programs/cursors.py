"""A position in an order of hits <-> the text that a program gives back to go on from there."""

from __future__ import annotations

import json
import math
from base64 import urlsafe_b64decode, urlsafe_b64encode

from archive.errors import ParameterError
from index.engine import Order, Position, Unit

LONGEST = 1_000


def write_cursor(position: Position, order: Order, unit: Unit) -> str:
    """The text of a position; it holds its order and unit, so that it fits no other question."""
    told = [order.value, unit.value, position.key, position.document_id, position.ordinal]
    return urlsafe_b64encode(json.dumps(told, ensure_ascii=False).encode()).decode().rstrip("=")


def read_cursor(written: str, order: Order, unit: Unit) -> Position:
    """The position that a text tells. Raises: ParameterError if it is none of this order."""
    try:
        if len(written) > LONGEST:
            raise ValueError(written)
        padded = written + "=" * (-len(written) % 4)
        told_order, told_unit, key, document_id, ordinal = json.loads(urlsafe_b64decode(padded))
        if (told_order, told_unit) != (order, unit):
            raise ValueError(written)
        return _checked(Position(key, document_id, ordinal), order)
    except (ValueError, TypeError, RecursionError) as error:
        raise ParameterError(name="after", value=written[:80], expected="next") from error


def _checked(position: Position, order: Order) -> Position:
    key, ordinal = position.key, position.ordinal
    is_key = isinstance(key, str) if order is Order.PLACE else isinstance(key, float)
    if not is_key or (isinstance(key, float) and math.isnan(key)):
        raise ValueError(key)
    if not isinstance(position.document_id, str) or type(ordinal) is not int:
        raise TypeError(position)
    if not 0 <= ordinal < 1 << 24:
        raise ValueError(ordinal)
    position.document_id.encode()
    return position
