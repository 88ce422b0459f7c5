"""The addresses of pages as url_for builds them, built once and kept.

A search page has 300 links. Building each of them by url_for took longer than the search.
"""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote_plus

from flask import Flask, current_app, request, url_for

STATIC = "static"

_KEPT = 1_000
_EXTENSION = "zhengwen_addresses"
_SAFE = "!$'()*,/:;?@"
"""What may stand in a query string as it is, as url_for has it."""

_PLACEHOLDER = "0"


class Addresses:
    """What url_for has said, by the root that the site is served under."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._kept = lru_cache(maxsize=_KEPT)(self._build)

    def url_for(self, endpoint: str, **values: object) -> str:
        """As flask.url_for; kept for pages without values and for static files."""
        if not values:
            return self._kept(request.script_root, endpoint)
        if endpoint == STATIC and values.keys() == {"filename"}:
            return self._kept(request.script_root, endpoint, "filename", str(values["filename"]))
        return self._app.url_for(endpoint, **values)  # type: ignore[arg-type]

    def before(self, endpoint: str, name: str) -> str:
        """The address of a page that ends with a value, up to that value."""
        known = self._kept(request.script_root, endpoint, name, _PLACEHOLDER)
        return known.removesuffix(_PLACEHOLDER)

    def _build(self, _root: str, endpoint: str, name: str = "", value: str = "") -> str:
        return self._app.url_for(endpoint, **({name: value} if name else {}))  # type: ignore[arg-type]


def install(app: Flask) -> None:
    """Gives the templates url_for."""
    addresses = Addresses(app)
    app.extensions[_EXTENSION] = addresses
    app.add_template_global(addresses.url_for, "url_for")


def path_of(endpoint: str) -> str:
    """The path of a page without parameters."""
    return _addresses().url_for(endpoint)


def path_before(endpoint: str, name: str) -> str:
    """The path of a page that ends with a value, up to that value."""
    return _addresses().before(endpoint, name)


def path_to(endpoint: str, name: str, value: str) -> str:
    """The path of a page that ends with a value."""
    return path_before(endpoint, name) + quoted(value)


def site_address() -> str:
    """What stands before the path in the whole address of a page."""
    path = path_of("search.show")
    return url_for("search.show", _external=True).removesuffix(path)


@lru_cache(maxsize=4096)
def quoted(value: str) -> str:
    """A value as it stands in an address."""
    return quote_plus(value, safe=_SAFE)


def _addresses() -> Addresses:
    addresses: Addresses = current_app.extensions[_EXTENSION]
    return addresses
