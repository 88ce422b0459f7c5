"""PDF files: lines, page numbers, running headers, missing text layers."""

import io
from pathlib import Path

import pypdfium2
import pytest

from archive.errors import NoTextLayerError, UnreadableFileError
from archive.formats.pdf import read_pdf


def _pdf(pages):
    """A PDF with a line of Helvetica for each string, written by hand (ISO 32000-1, annex H)."""
    objects = ["<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for rows in pages:
        moves = [f"1 0 0 1 72 {720 - 20 * place} Tm ({row}) Tj" for place, row in enumerate(rows)]
        content = "BT /F1 12 Tf " + " ".join(moves) + " ET"
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
        objects.append(
            "<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 612 792] "
            f"/Resources << /Font << /F1 1 0 R >> >> /Contents {len(objects)} 0 R >>"
        )
        kids.append(f"{len(objects)} 0 R")
    tree = len(objects) + 1
    objects.append(f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>")
    objects.append(f"<< /Type /Catalog /Pages {tree} 0 R >>")
    body, offsets = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{text.replace('{tree}', str(tree))}\nendobj\n".encode()
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    trailer = (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
        f"trailer\n<< /Size {len(objects) + 1} /Root {tree + 1} 0 R >>\n"
        f"startxref\n{len(body)}\n%%EOF\n"
    )
    return body + trailer.encode()


def test_lines_of_all_pages_come_in_order():
    reading = read_pdf(_pdf([["first line", "second line"], ["third line"]]), "a.pdf")
    assert [line.text.strip() for line in reading.lines] == [
        "first line",
        "second line",
        "third line",
    ]
    assert reading.encoding == "pdf"


def test_an_indented_line_keeps_its_indentation():
    page = _pdf([["left margin of the page", "another full line"]]).replace(
        b"1 0 0 1 72 700", b"1 0 0 1 96 700"
    )
    texts = [line.text for line in read_pdf(page, "a.pdf").lines]
    assert [text.startswith("\u3000\u3000") for text in texts] == [False, True]


def test_page_numbers_are_removed_at_the_edges_of_pages_only():
    reading = read_pdf(_pdf([["text one", "12", "text two", "- 1 -"]]), "a.pdf")
    assert [line.text.strip() for line in reading.lines] == ["text one", "12", "text two"]
    assert [(line.rule, line.text.strip()) for line in reading.removed] == [
        ("page-number", "- 1 -")
    ]


def test_a_header_on_every_page_is_removed():
    pages = [["County Report 2024", f"body {word}"] for word in ("one", "two", "three", "four")]
    reading = read_pdf(_pdf(pages), "a.pdf")
    assert [line.text.strip() for line in reading.lines] == [
        "body one",
        "body two",
        "body three",
        "body four",
    ]
    assert {line.rule for line in reading.removed} == {"running-header"}


def test_a_pdf_of_pictures_has_no_text_layer():
    document = pypdfium2.PdfDocument.new()
    for _ in range(3):
        document.new_page(200, 200)
    buffer = io.BytesIO()
    document.save(buffer)
    document.close()
    with pytest.raises(NoTextLayerError) as caught:
        read_pdf(buffer.getvalue(), "scan.pdf")
    assert caught.value.facts["pages"] == 3


def test_a_corrupt_pdf_is_unreadable_with_a_short_reason():
    with pytest.raises(UnreadableFileError) as caught:
        read_pdf(b"%PDF-1.7\nnothing of the kind", "a.pdf")
    assert len(str(caught.value.facts["reason"])) < 40


def test_the_sample_pdf_begins_with_the_title_and_has_no_page_number(corpus: Path):
    reading = read_pdf((corpus / "wangshu-2023.pdf").read_bytes(), "wangshu-2023.pdf")
    assert reading.lines[0].text.strip() == "政府工作报告"
    assert "— 1 —" in {line.text.strip() for line in reading.removed}
    assert not any(line.text.strip().startswith("— ") for line in reading.lines)
