"""Every failure that a person can do something about.

    ZhengwenError
    ├── IngestError                 422  a file that cannot become a document
    │   ├── EmptyFileError               nothing in it
    │   ├── UnreadableFileError          the system or the format's reader refuses it
    │   ├── UnsupportedFormatError       a kind of file that is not read
    │   │   └── ArchiveGivenError        a ZIP archive where one file is wanted
    │   ├── UndecodableTextError         no character encoding explains its bytes
    │   ├── NoTextLayerError             a PDF of pictures
    │   ├── GarbledTextError             a PDF whose fonts do not say which characters they show
    │   ├── MixedEncodingsError          a text in two encodings, one after the other
    │   ├── FileTooLargeError            more bytes than are read at once
    │   ├── TooManyPagesError            a PDF of more pages than a report has
    │   ├── TooCostlyError               a PDF whose reading was stopped: time, memory or a crash
    │   ├── ReadingStoppedError          any file whose reading was stopped: time or memory
    │   ├── ReaderDiedError              a file over which the reading process died, several times
    │   ├── LineTooLongError             a line longer than any text
    │   ├── TooManyLinesError            more lines than a volume of reports has
    │   ├── TooManyTagsError             a page of more tags than a volume of reports has
    │   ├── UnpacksTooLargeError         compressed data that unpack to more than is plausible
    │   ├── TooManyMembersError          an archive of too many files
    │   ├── NestedArchiveError           an archive inside an archive
    │   ├── EncryptedFileError           it asks for a password
    │   ├── ConverterMissingError        it needs LibreOffice, which is not installed
    │   ├── ConversionError              LibreOffice makes nothing of it
    │   ├── StatedValueError             a value that a person states and that makes no sense
    │   └── NoReportTextError            readable, but there is no report text in it
    ├── NotFoundError               404  no such document, paragraph, upload or path
    ├── HomeMissingError            404  no archive where one is to be read
    ├── TooLargeError               413  above a limit of the settings
    ├── QuerySyntaxError            400  a query, with the position of its fault
    ├── QueryTooCostlyError         503  a query that takes longer than the settings allow
    ├── ParameterError              400  a request or option that makes no sense
    ├── ForbiddenError              403  a write from another site's page
    │   ├── FormExpiredError             a form without the mark of this session
    │   └── RoleTooLowError              what only another role may do
    ├── UntrustedHostError          400  addressed by a name that is not one of ours
    ├── SignInNeededError           401  a write, or private reading, by nobody known
    │   ├── SignInFailedError            no such account and password
    │   └── TokenInvalidError            no such token, or not any more
    ├── NameTakenError              409  an account or a token of this name is there
    ├── PasswordTooShortError       400  a password that can be guessed
    ├── FormTooLargeError           413  more parts or longer fields than a form has
    ├── TooManyRequestsError        429  more requests than the settings allow
    │   └── SignInThrottledError         too many failed attempts to sign in
    ├── SettingsError               500  a setting that cannot be used
    ├── PortInUseError              500  an address that cannot be listened on
    ├── BackupError                 500  a file that is no whole backup, or cannot be written
    │   ├── FileThereError               a file of this name is there already
    │   └── HomeNotEmptyError            a home that holds something, where one is to be restored
    ├── ExchangeLineError           422  a line of an export that is no document
    ├── StoreError                  503  the database cannot be used
    └── EngineError                 503  the index cannot answer now
        ├── IndexMissingError            there is none yet
        ├── IndexStaleError              built by other rules than those in force
        ├── IndexOutdatedError           it lacks documents that the archive holds
        └── IndexBusyError               another process is writing

A class carries facts; the sentence for a reader is made of them by `message`, in the
reader's language, from the catalogue entry "error.<code>". IngestError and what is below it are in
archive.refusals.
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


class NotFoundError(ZhengwenError):
    """No such thing. Facts: what."""

    code = "not_found"
    status = 404


class HomeMissingError(ZhengwenError):
    """No archive where one is to be read. Facts: home."""

    code = "home_missing"
    status = 404


class TooLargeError(ZhengwenError):
    """Above a limit of the settings. Facts: limit_mb."""

    code = "too_large"
    status = 413


class QuerySyntaxError(ZhengwenError):
    """A query that cannot be understood.

    Facts: reason (the catalogue entry "query_error.<reason>"), position (0-based, in the
    query as typed), suggestion (a corrected query, or None), and what that entry needs.
    """

    code = "query"
    status = 400

    def message(self, language: str = DEFAULT_LANGUAGE) -> str:
        """The fault, and the place of it counted from 1 as readers do."""
        facts = dict(self.facts)
        if "field" in facts:
            facts["field"] = text(f"field.{facts['field']}", language)
        reason = text(f"query_error.{facts['reason']}", language, **facts)
        position = int(str(self.facts["position"])) + 1
        return text("error.query", language, reason=reason, position=position)


class QueryTooCostlyError(ZhengwenError):
    """A query that takes longer than the settings allow. Facts: seconds."""

    code = "query_too_costly"
    status = 503


class ParameterError(ZhengwenError):
    """A request or an option that makes no sense. Facts: name, value, expected."""

    code = "parameter"
    status = 400


class ForbiddenError(ZhengwenError):
    """A write that did not come from a page of this site."""

    code = "forbidden"
    status = 403


class FormExpiredError(ForbiddenError):
    """A form that does not carry the mark of the session it is sent from."""

    code = "form_expired"


class RoleTooLowError(ForbiddenError):
    """What only another role may do. Facts: role (the one needed)."""

    code = "role_too_low"


class UntrustedHostError(ZhengwenError):
    """A request addressed to a name that is not one of ours. Facts: host."""

    code = "untrusted_host"
    status = 400


class SignInNeededError(ZhengwenError):
    """A write, or private reading, by nobody known."""

    code = "sign_in_needed"
    status = 401


class SignInFailedError(SignInNeededError):
    """No such account and password; which of the two is wrong is not said."""

    code = "sign_in_failed"


class TokenInvalidError(SignInNeededError):
    """No such token, or not any more."""

    code = "token_invalid"


class NameTakenError(ZhengwenError):
    """There is an account or a token of this name. Facts: name."""

    code = "name_taken"
    status = 409


class PasswordTooShortError(ZhengwenError):
    """A password that can be guessed, or that is no password. Facts: shortest, longest."""

    code = "password_too_short"
    status = 400


class FormTooLargeError(ZhengwenError):
    """More parts or longer fields than a form has. Facts: parts, kilobytes."""

    code = "form_too_large"
    status = 413


class TooManyRequestsError(ZhengwenError):
    """More requests than the settings allow. Facts: seconds."""

    code = "too_many_requests"
    status = 429


class SignInThrottledError(TooManyRequestsError):
    """Too many failed attempts to sign in. Facts: seconds."""

    code = "sign_in_throttled"


class SettingsError(ZhengwenError):
    """A setting that cannot be used.

    Facts: name, value; where (the catalogue entry "setting_where.<where>"); expected (the entry
    "setting_expected.<expected>"), and what that entry needs.
    """

    code = "settings"

    def message(self, language: str = DEFAULT_LANGUAGE) -> str:
        """The setting, the layer that its value came from, and what it should be."""
        where = text(f"setting_where.{self.facts['where']}", language)
        expected = text(f"setting_expected.{self.facts['expected']}", language, **self.facts)
        facts = {**self.facts, "where": where, "expected": expected}
        return text("error.settings", language, **facts)


class PortInUseError(ZhengwenError):
    """An address that cannot be listened on. Facts: host, port, reason."""

    code = "port_in_use"


class BackupError(ZhengwenError):
    """A file that is no whole backup, or that cannot be written. Facts: name, reason."""

    code = "backup"


class FileThereError(BackupError):
    """A file of this name is there already. Facts: name."""

    code = "file_there"


class HomeNotEmptyError(BackupError):
    """A home that holds something, where a backup is to be restored. Facts: home, found."""

    code = "home_not_empty"


class ExchangeLineError(ZhengwenError):
    """A line of an export that is no document. Facts: number (of the line), reason."""

    code = "exchange_line"
    status = 422


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


class IndexOutdatedError(EngineError):
    """It lacks documents that the archive holds, or has others. Facts: documents (how many)."""

    code = "index_outdated"


class IndexBusyError(EngineError):
    """Another process is writing to the index."""

    code = "index_busy"
