"""By which names the site may be addressed: a foreign name that leads here is an attack."""

from __future__ import annotations

import re
from ipaddress import ip_address

from flask import Flask, request

from archive.errors import UntrustedHostError
from archive.settings import Settings

LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
EVERYWHERE = frozenset({"0.0.0.0", "::", ""})
"""What one listens on to be reached by every address of the machine."""

_HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::\d{1,5})?")


def install(app: Flask, settings: Settings) -> None:
    """Refuses every request that is addressed to a name of somebody else."""
    named = frozenset(re.findall(r"[^\s,]+", settings.text("hosts").lower()))
    bound = settings.text("host").lower()
    names = named or LOOPBACK | {f"[{bound}]" if ":" in bound else bound}
    takes_addresses = not named and bound in EVERYWHERE

    @app.before_request
    def check() -> None:
        name = host_name(request.headers.get("Host", ""))
        # No name server can make an address out of a foreign name, so addresses do no harm.
        if name in names or (takes_addresses and _is_address(name)):
            return
        raise UntrustedHostError(host=request.headers.get("Host", "")[:100])


def host_name(header: str) -> str:
    """The name of a Host header without its port, in small letters; empty if it is none."""
    found = _HOST.fullmatch(header)
    return found[1].lower() if found else ""


def _is_address(name: str) -> bool:
    try:
        ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True
