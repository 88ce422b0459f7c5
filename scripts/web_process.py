"""One of several web servers on sockets that the process that began it has opened.

It gets facts as JSON (see serving_processes), writes a line of JSON when it answers, and ends
when told, or when the one that began it is gone.
"""

from __future__ import annotations

import json
import socket
import sys
from pathlib import Path
from typing import Any

from archive.errors import ZhengwenError
from archive.logs import set_up_logging
from archive.settings import Settings, load_settings
from scripts.kept import stop_with_parent
from scripts.serving import end_on_signals, serve_on


def main(facts: dict[str, Any]) -> None:
    """Serves until told to end; exit code 1 if the archive cannot be used."""
    end_on_signals()
    stop_with_parent()
    settings = load_settings(Path(facts["home"]), facts["given"])
    set_up_logging(settings.text("log_format"))
    try:
        listeners = [socket.socket(fileno=number) for number in facts["listeners"]]
        _serve(settings, Path(facts["shared"]), listeners)
    except ZhengwenError as error:
        print(error.message(settings.text("language")), file=sys.stderr)
        sys.exit(1)


def _serve(settings: Settings, shared: Path, listeners: list[socket.socket]) -> None:
    from webui import close_app, create_app
    from webui.holdings import holdings_of

    app = create_app(settings, shared)
    try:
        has_accounts = bool(holdings_of(app).archive.access.accounts.list())
        said = json.dumps({"has_accounts": has_accounts})
        serve_on(app, listeners, lambda: print(said, flush=True))
    finally:
        close_app(app)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
