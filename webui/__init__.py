"""Shows the archive to a reader, or to a program."""

from webui.app import close_app, create_app

__all__ = ["close_app", "create_app"]
