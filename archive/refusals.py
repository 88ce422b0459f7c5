"""Why a file cannot become a document: the branch of IngestError of the tree in archive.errors."""

from __future__ import annotations

from archive.errors import ZhengwenError


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


class ArchiveGivenError(UnsupportedFormatError):
    """A ZIP archive where one file is wanted. Facts: name, kind."""

    code = "archive_given"


class UndecodableTextError(IngestError):
    """No character encoding explains the bytes. Facts: name, offset."""

    code = "undecodable_text"


class NoTextLayerError(IngestError):
    """A PDF of pictures. Facts: name, pages."""

    code = "no_text_layer"


class GarbledTextError(IngestError):
    """A PDF whose fonts do not say which characters they show. Facts: name, pages, sample."""

    code = "garbled_text"


class MixedEncodingsError(IngestError):
    """A text in two encodings. Facts: name, encoding (of its larger part), line."""

    code = "mixed_encodings"


class FileTooLargeError(IngestError):
    """More bytes than are read at once. Facts: name, limit_mb."""

    code = "file_too_large"


class TooManyPagesError(IngestError):
    """A PDF of more pages than a report has. Facts: name, pages, limit."""

    code = "too_many_pages"


class TooCostlyError(IngestError):
    """A PDF whose reading was stopped. Facts: name, seconds, memory_mb."""

    code = "too_costly"


class ReadingStoppedError(IngestError):
    """A file whose reading was stopped. Facts: name, seconds, memory_mb."""

    code = "reading_stopped"


class ReaderDiedError(IngestError):
    """A file over which the reading process died. Facts: name, tries."""

    code = "reader_died"


class LineTooLongError(IngestError):
    """A line longer than any text. Facts: name, limit (characters)."""

    code = "line_too_long"


class TooManyLinesError(IngestError):
    """More lines than a volume of reports has. Facts: name, lines, limit."""

    code = "too_many_lines"


class TooManyTagsError(IngestError):
    """A page of more tags than a volume of reports has. Facts: name, limit."""

    code = "too_many_tags"


class UnpacksTooLargeError(IngestError):
    """Compressed data that unpack to more than is plausible. Facts: name, limit_mb."""

    code = "unpacks_too_large"


class TooManyMembersError(IngestError):
    """An archive of too many files. Facts: name, limit."""

    code = "too_many_members"


class NestedArchiveError(IngestError):
    """An archive inside an archive. Facts: name."""

    code = "nested_archive"


class EncryptedFileError(IngestError):
    """It asks for a password. Facts: name."""

    code = "encrypted_file"


class ConverterMissingError(IngestError):
    """It needs LibreOffice, which is not installed. Facts: name, kind."""

    code = "converter_missing"


class ConversionError(IngestError):
    """LibreOffice makes nothing of it in time. Facts: name, kind, seconds."""

    code = "conversion"


class NoReportTextError(IngestError):
    """Readable, but there is no report text in it. Facts: name, han (characters found)."""

    code = "no_report_text"


class StatedValueError(IngestError):
    """A value that a person states makes no sense. Facts: name, field, value, expected."""

    code = "stated_value"
