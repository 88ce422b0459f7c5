"""PDF files: lines, page numbers, running headers, missing text layers."""

import io
import re
from pathlib import Path

import pypdfium2
import pytest

from archive.formats import pdf
from archive.formats.garbled import garbled_by
from archive.formats.pdf import read_pdf
from archive.refusals import (
    GarbledTextError,
    NoTextLayerError,
    TooCostlyError,
    TooManyPagesError,
    UnreadableFileError,
)

REPORT = (
    "各位代表：现在，我代表霁州市人民政府，向大会报告工作，请予审议，并请列席人员提出意见。"
    "过去一年，全市经济稳步发展，粮食产量再创新高，乡村道路建设全面完成，群众生活明显改善。"
    "今年我们要坚持稳中求进，推动产业升级，加强生态保护，办好民生实事，建设更加美好的家园。"
)


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


def _scanned(pages, pictures):
    """A PDF of `pages` pages, the first `pictures` of them a picture with a page number."""
    document = pypdfium2.PdfDocument(
        _pdf(
            [["- 1 -"]] * pictures + [[f"{WORDS}{'.' * page}"] for page in range(pages - pictures)]
        )
    )
    for index in range(pictures):
        picture = pypdfium2.PdfImage.new(document)
        picture.set_bitmap(pypdfium2.PdfBitmap.new_native(8, 8, 4))
        page = document[index]
        page.insert_obj(picture)
        page.gen_content()
    buffer = io.BytesIO()
    document.save(buffer)
    document.close()
    return buffer.getvalue()


WORDS = "The people of the county have built twenty kilometres of road this year."


def test_a_scan_with_page_numbers_only_has_no_text_layer():
    with pytest.raises(NoTextLayerError) as caught:
        read_pdf(_scanned(4, pictures=3), "scan.pdf")
    assert caught.value.facts["pages"] == 3


def test_a_few_pictures_among_pages_of_text_are_reported_by_number():
    reading = read_pdf(_scanned(5, pictures=2), "a.pdf")
    assert [WORDS in line.text for line in reading.lines].count(True) == 3
    assert "1, 2" in reading.warnings[0]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (" ".join(f"(cid:{number})" for number in range(60)), "glyph-numbers"),
        ("".join(chr(0xE000 + number) for number in range(90)), "private-use"),
        (REPORT.encode("gbk").decode("latin-1"), "other-scripts"),
        ("".join(chr(33 + number * 7 % 15) for number in range(90)), "marks"),
        ("\x01\x02\x03" * 40, "no-character"),
        ("".join(chr(0x4E00 + number * 97) for number in range(200)), "rare-characters"),
    ],
)
def test_each_symptom_of_broken_fonts_is_recognised(text, rule):
    assert garbled_by(text) == rule


@pytest.mark.parametrize(
    "text",
    [
        REPORT,
        "\n".join(f"一、2024年工作回顾{'.' * 30}{page}" for page in range(1, 20)),
        "\n".join(f"\uf0b7 {REPORT[start : start + 30]}" for start in range(0, 90, 30)),
        "| 粮食产量 | 12.5 | +2.1% |\n" * 20,
        WORDS * 3,
        "(cid:12)",
    ],
    ids=["report", "contents", "bullets", "table", "english", "short"],
)
def test_what_can_be_read_is_not_called_garbled(text):
    assert garbled_by(text) is None


def test_a_pdf_of_broken_fonts_is_refused_with_a_sample():
    rows = ["".join("#$&*@"[(row + 7 * place) % 5] for place in range(60)) for row in range(9)]
    with pytest.raises(GarbledTextError) as caught:
        read_pdf(_pdf([rows, [WORDS]]), "a.pdf")
    assert (caught.value.facts["pages"], caught.value.facts["sample"]) == (1, rows[0][:20])


def test_one_garbled_page_of_many_is_reported_by_number():
    rows = ["".join("#$&*@"[(row + 7 * place) % 5] for place in range(60)) for row in range(2)]
    pages = [[f"{WORDS} {number}"] * 9 for number in range(4)]
    reading = read_pdf(_pdf([*pages[:2], rows, *pages[2:]]), "a.pdf")
    assert [warning.rstrip("。.").endswith("3") for warning in reading.warnings] == [True]


def test_a_pdf_that_says_it_has_ten_thousand_pages_is_refused():
    data = _pdf([["one"]]).replace(b"/Count 1 ", b"/Count 10000 ")
    with pytest.raises(TooManyPagesError) as caught:
        read_pdf(data, "a.pdf")
    assert caught.value.facts["pages"] == 10_000


def test_a_page_tree_that_bites_its_tail_is_refused():
    data = _pdf([["one"]])
    tree = data[: data.index(b" 0 obj\n<< /Type /Pages")].split(b"\n")[-1]
    loop = re.sub(rb"/Kids \[\d+ 0 R\] /Count 1 ", b"/Kids [%s 0 R] /Count 9 " % tree, data)
    with pytest.raises(UnreadableFileError):
        read_pdf(loop, "a.pdf")


def test_a_reading_that_takes_too_long_is_stopped(monkeypatch):
    monkeypatch.setattr(pdf, "PDF_SECONDS", 0.01)
    with pytest.raises(TooCostlyError):
        read_pdf(_pdf([["one"]]), "a.pdf")


def test_more_text_than_a_book_is_refused(monkeypatch):
    monkeypatch.setattr(pdf, "PDF_CHARACTERS", 100)
    with pytest.raises(TooCostlyError):
        read_pdf(_pdf([[WORDS]] * 3), "a.pdf")
