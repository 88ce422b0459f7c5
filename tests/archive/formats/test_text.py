"""Plain text keeps every line under its number."""

from archive.formats.text import read_text


def test_every_line_is_kept_with_its_number_blank_ones_too():
    reading = read_text("　　政府工作报告\n\n各位代表：\n".encode(), "a.txt")
    assert [(line.number, line.text) for line in reading.lines] == [
        (1, "　　政府工作报告"),
        (2, ""),
        (3, "各位代表："),
    ]


def test_the_encoding_is_named():
    assert read_text("各位代表，请予审议。".encode("gbk"), "a.txt").encoding == "gb18030"
