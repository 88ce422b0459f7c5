"""Every failure that a person can do something about.

    ZhengwenError
    ├── IngestError                 422  a file that cannot become a document
    │   ├── EmptyFileError               nothing in it
    │   ├── UnreadableFileError          the system or the format's reader refuses it
    │   ├── UnsupportedFormatError       a kind of file that is not read
    │   ├── UndecodableTextError         no character encoding explains its bytes
    │   ├── NoTextLayerError             a PDF of pictures
    │   └── NoReportTextError            readable, but there is no report text in it
    ├── NotFoundError               404  no such document, paragraph, upload or path
    ├── TooLargeError               413  above a limit of the settings
    ├── QuerySyntaxError            400  a query, with the position of its fault
    ├── ParameterError              400  a request or option that makes no sense
    ├── ForbiddenError              403  a write from another site's page
    ├── UnsupportedQueryError       400  an engine that cannot answer this tree
    ├── SettingsError               500  a setting that cannot be used
    ├── PortInUseError              500  an address that cannot be listened on
    ├── StoreError                  503  the database cannot be used
    └── EngineError                 503  the index cannot answer now
        ├── IndexMissingError            there is none yet
        ├── IndexStaleError              built by other rules than those in force
        └── IndexBusyError               another process is writing

A class carries facts; the sentence for a reader is made of them by `message`, in the
reader's language, from the catalogue entry "error.<code>".
"""

from __future__ import annotations

from typing import ClassVar

from archive.texts import DEFAULT_LANGUAGE, text


class ZhengwenError(Exception):
    """A failure with a code, facts, an HTTP status and a sentence in every language."""

    code: ClassVar[str] = "internal"
    status: ClassVar[int] = 500

    def __init__(self, **facts: object) -> None:
        super().__init__()
        self.facts = facts

    def message(self, language: str = DEFAULT_LANGUAGE) -> str:
        """What happened, to what, and what to do, in one or two sentences."""
        return text(f"error.{self.code}", language, **self.facts)

    def __str__(self) -> str:
        return self.message("en")


class IngestError(ZhengwenError):
    """A file that cannot become a document. Facts: name."""

    code = "ingest"
    status = 422


class EmptyFileError(IngestError):
    """Nothing in the file. Facts: name."""

    code = "empty_file"


class UnreadableFileError(IngestError):
    """The system or the format's reader refuses the file. Facts: name, reason."""

    code = "unreadable_file"


class UnsupportedFormatError(IngestError):
    """A kind of file that is not read. Facts: name, kind."""

    code = "unsupported_format"


class UndecodableTextError(IngestError):
    """No character encoding explains the bytes. Facts: name, offset."""

    code = "undecodable_text"


class NoTextLayerError(IngestError):
    """A PDF of pictures. Facts: name, pages."""

    code = "no_text_layer"


class NoReportTextError(IngestError):
    """Readable, but there is no report text in it. Facts: name, han (characters found)."""

    code = "no_report_text"


class NotFoundError(ZhengwenError):
    """No such thing. Facts: what."""

    code = "not_found"
    status = 404


class TooLargeError(ZhengwenError):
    """Above a limit of the settings. Facts: limit_mb."""

    code = "too_large"
    status = 413


class QuerySyntaxError(ZhengwenError):
    """A query that cannot be understood.

    Facts: reason (the catalogue entry "query_error.<reason>"), position (0-based, in the
    query as typed), and what that entry needs.
    """

    code = "query"
    status = 400

    def message(self, language: str = DEFAULT_LANGUAGE) -> str:
        """The fault, and the place of it counted from 1 as readers do."""
        reason = text(f"query_error.{self.facts['reason']}", language, **self.facts)
        position = int(str(self.facts["position"])) + 1
        return text("error.query", language, reason=reason, position=position)


class ParameterError(ZhengwenError):
    """A request or an option that makes no sense. Facts: name, value, expected."""

    code = "parameter"
    status = 400


class ForbiddenError(ZhengwenError):
    """A write that did not come from a page of this site."""

    code = "forbidden"
    status = 403


class UnsupportedQueryError(ZhengwenError):
    """An engine that cannot answer this tree. Facts: engine, operator."""

    code = "unsupported_query"
    status = 400


class SettingsError(ZhengwenError):
    """A setting that cannot be used. Facts: name, value, where, expected."""

    code = "settings"


class PortInUseError(ZhengwenError):
    """An address that cannot be listened on. Facts: host, port, reason."""

    code = "port_in_use"


class StoreError(ZhengwenError):
    """The database cannot be used. Facts: path, reason."""

    code = "store"
    status = 503


class EngineError(ZhengwenError):
    """The index cannot answer now. Facts: reason."""

    code = "engine"
    status = 503


class IndexMissingError(EngineError):
    """There is no index yet."""

    code = "index_missing"


class IndexStaleError(EngineError):
    """Built by other rules than those in force. Facts: differing (names of the parts)."""

    code = "index_stale"


class IndexBusyError(EngineError):
    """Another process is writing to the index."""

    code = "index_busy"
