"""The help page: how to ask, every example a link."""

from __future__ import annotations

from flask import Blueprint, render_template

from webui.examples import EXAMPLES
from webui.params import MAX_LIMIT

pages = Blueprint("help", __name__)


@pages.get("/help")
def show() -> str:
    """The help page."""
    return render_template("help.html", examples=EXAMPLES, max_limit=MAX_LIMIT)
