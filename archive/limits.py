"""How much is read at most: the one table of limits, each several times what reports have.

A report has 10,000 to 60,000 characters. What is above these limits is a mistake or an
attack; it is refused with its own error before it costs memory or time.
"""

from __future__ import annotations

MEGABYTE = 1 << 20

FILE_BYTES = 64 * MEGABYTE
"""Any file that is read as a report: a PDF or a Word file with many pictures."""

MARKUP_BYTES = 16 * MEGABYTE
"""A web page or a plain text: what is parsed as a whole in memory."""

TAGS = 500_000
"""The tags of a page: a report that Word has saved as one has 20,000; the largest list, 100,000."""

ARCHIVE_BYTES = 512 * MEGABYTE
"""A ZIP archive as it lies on the disk."""

LINE_CHARACTERS = 500_000
"""A line of text: a report that lost all its line ends has a tenth of this."""

LINES = 50_000
"""The lines of a file: a volume of a hundred reports, each with a line of 40 characters."""

PDF_PAGES = 2_000
"""A PDF: a volume of all reports of a province in a year has fewer."""

PDF_CHARACTERS = 5_000_000
"""The text of a PDF: that of a volume of a hundred reports."""

PDF_SECONDS = 120
"""What reading a PDF may take; a report takes one second, a volume of 2,000 pages twenty."""

PDF_MEMORY_BYTES = 1_024 * MEGABYTE
"""What reading a PDF may take of memory; a report takes 150 MB."""

DOCX_XML_BYTES = 32 * MEGABYTE
"""The XML of a Word file, unpacked; that of a report has less than 2."""

DOCX_BYTES = 256 * MEGABYTE
"""A Word file with its pictures, unpacked."""

ARCHIVE_MEMBERS = 10_000
"""The files of a ZIP archive: all reports of three years."""

ARCHIVE_UNPACKED_BYTES = 1_024 * MEGABYTE
"""The files of a ZIP archive together, unpacked."""

COMPRESSION_RATIO = 200
"""Unpacked to packed size of a member above SMALL_MEMBER_BYTES. Text reaches 20, bombs 1,000."""

SMALL_MEMBER_BYTES = MEGABYTE
"""Below this a ratio says nothing."""

MAIL_PARTS = 2_000
"""The parts of a saved page (.mht): the page, its pictures, styles and frames."""

CONVERSION_SECONDS = 60
"""What LibreOffice may take for one file; it needs 1 to 3 seconds, on a first start 10."""

LETTERS_COMPARED = 400_000
"""Of a text when versions are looked for; a report has 25,000, and each letter costs 150 bytes."""

READING_SECONDS = 180
"""What reading any uploaded file may take, of time and of the processor: a PDF that uses up its own
limit, or a slow conversion, ends before."""

READING_MEMORY_BYTES = 3_072 * MEGABYTE
"""What the process that reads uploaded files may take of addresses. A report takes 300 MB of them;
LibreOffice, which it starts, takes 2,000."""

READING_TRIES = 3
"""After so many processes that died over a file, it is set aside."""

INTERRUPTED_TRIES = 10
"""After so many workers that died over a file, it is set aside; they may end for any reason."""
