"""Bytes to text: which encoding, by which rule, and what is refused."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.decode import decode
from archive.refusals import EmptyFileError, IngestError, MixedEncodingsError, UndecodableTextError

SENTENCE = "现在，我代表区人民政府，向大会报告工作，请各位代表审议。\n"
TRADITIONAL = "現在，我代表區人民政府，向大會報告工作，推動經濟發展和產業建設，請各位代表審議。\n"


def test_strict_utf_8_is_decoded_without_declaration():
    decoded = decode(SENTENCE.encode("utf-8"), name="a.txt")
    assert (decoded.text, decoded.encoding, decoded.rule) == (SENTENCE, "utf-8", "strict-utf-8")


def test_byte_order_mark_is_believed_and_dropped():
    decoded = decode(SENTENCE.encode("utf-8-sig"), name="a.txt")
    assert (decoded.text, decoded.encoding, decoded.rule) == (SENTENCE, "utf-8", "bom")


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf_16_with_byte_order_mark_is_decoded(codec):
    data = "\ufeff".encode(codec) + SENTENCE.encode(codec)
    decoded = decode(data, name="a.txt")
    assert (decoded.text, decoded.encoding, decoded.rule) == (SENTENCE, "utf-16", "bom")


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [SENTENCE, SENTENCE.strip() * 3], ids=["with NUL", "without"])
def test_utf_16_without_byte_order_mark_is_known_by_its_high_bytes(codec, text):
    decoded = decode(text.encode(codec), name="a.txt")
    assert (decoded.text, decoded.encoding) == (text, "utf-16")
    assert decoded.rule == "utf-16-pattern"


def test_gb18030_bytes_without_declaration_are_decoded():
    decoded = decode(SENTENCE.encode("gb18030"), name="a.txt")
    assert (decoded.text, decoded.encoding, decoded.rule) == (SENTENCE, "gb18030", "gb18030")


@pytest.mark.parametrize("label", ["gb2312", "GBK", " gb18030 "])
def test_declared_relatives_of_gb18030_are_read_as_gb18030(label):
    # 镕 is not in GB 2312, and pages that use it declare gb2312 all the same.
    decoded = decode("朱镕基，区长".encode("gbk"), name="a.htm", declared=label)
    assert (decoded.text, decoded.encoding) == ("朱镕基，区长", "gb18030")


def test_big5_is_told_from_gb18030_by_plausibility():
    decoded = decode(TRADITIONAL.encode("big5"), name="a.txt")
    assert (decoded.text, decoded.encoding, decoded.rule) == (TRADITIONAL, "big5", "big5")


def test_traditional_characters_in_gb18030_are_not_taken_for_big5():
    decoded = decode(TRADITIONAL.encode("gb18030"), name="a.txt")
    assert (decoded.text, decoded.encoding) == (TRADITIONAL, "gb18030")


@pytest.mark.parametrize("declared", ["gbk", "big5", "utf-16", "iso-8859-1", "nonsense"])
def test_a_declaration_that_the_bytes_contradict_is_not_believed(declared):
    decoded = decode(SENTENCE.encode("utf-8"), name="a.htm", declared=declared)
    assert (decoded.text, decoded.encoding) == (SENTENCE, "utf-8")


def test_declared_utf_8_gives_way_to_gb18030():
    decoded = decode(SENTENCE.encode("gb18030"), name="a.htm", declared="utf-8")
    assert (decoded.text, decoded.encoding) == (SENTENCE, "gb18030")


def test_every_line_end_becomes_a_newline():
    decoded = decode("一\r\n二\r三\u2028四\x0c五\x85六".encode(), name="a.txt")
    assert decoded.text == "一\n二\n三\n四\n五\n六"


def test_a_few_broken_bytes_are_replaced_and_reported_with_count_and_offset():
    data = bytearray((SENTENCE * 100).encode("utf-8"))
    data[300] = 0xFF
    decoded = decode(bytes(data), name="a.txt")
    assert decoded.encoding == "utf-8"
    assert decoded.rule == "strict-utf-8-damaged"
    assert 1 <= decoded.text.count("\ufffd") <= 3
    assert "300" in decoded.warnings[0]


def test_a_broken_byte_in_gb18030_does_not_cost_the_file():
    data = bytearray((SENTENCE * 100).encode("gb18030"))
    data[-2] = 0xFF
    decoded = decode(bytes(data), name="a.txt")
    assert decoded.encoding == "gb18030"
    assert decoded.text.startswith("现在，我代表区人民政府")
    assert len(decoded.warnings) == 1


def test_many_broken_bytes_are_refused_with_the_place_of_the_fault():
    data = SENTENCE.encode("utf-8") + b"\xff\xfe\xfd" * 40
    with pytest.raises(UndecodableTextError) as caught:
        decode(data, name="damaged.txt")
    assert caught.value.facts["name"] == "damaged.txt"
    assert caught.value.facts["offset"] == len(SENTENCE.encode("utf-8"))


def test_a_big5_file_that_is_cut_off_is_not_taken_for_gb18030():
    decoded = decode((TRADITIONAL * 20).encode("big5").rstrip()[:-3], name="a.txt")
    assert (decoded.encoding, len(decoded.warnings)) == ("big5", 1)
    assert decoded.text.startswith(TRADITIONAL)


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-16-le"])
def test_a_file_that_is_cut_off_is_read_with_a_warning(codec):
    text = SENTENCE.strip("。\n") * 30
    decoded = decode(text.encode(codec)[:-1], name="a.txt")
    assert decoded.text == text[:-1] + "\ufffd"
    assert len(decoded.warnings) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [("gb18030", "utf-8"), ("utf-8", "gb18030"), ("gb18030", "utf-16-le"), ("utf-8", "utf-16-le")],
)
def test_a_file_in_two_encodings_is_refused(first, second):
    data = (SENTENCE * 30).encode(first) + (SENTENCE * 30).encode(second)
    with pytest.raises((MixedEncodingsError, UndecodableTextError)):
        decode(data, name="two.txt")


def test_a_part_in_big5_inside_gb18030_is_refused_with_its_line():
    data = (SENTENCE * 30).encode("gb18030") + (TRADITIONAL * 30).encode("big5")
    with pytest.raises(MixedEncodingsError) as caught:
        decode(data, name="two.txt")
    assert caught.value.facts["encoding"] == "gb18030"
    # It begins in line 31, and the passages that are judged are up to eight lines long.
    assert 24 <= int(str(caught.value.facts["line"])) <= 38


def test_text_that_was_saved_in_the_wrong_encoding_is_reported():
    wrong = (SENTENCE * 30).encode("utf-8").decode("gb18030", "replace")
    [warning] = decode(wrong.encode("utf-8"), name="a.txt").warnings
    assert "utf-8" in warning


def test_binary_data_is_refused():
    with pytest.raises(UndecodableTextError):
        decode(bytes(range(256)) * 8, name="program.txt")


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\xef\xbb\xbf\n", "\u3000\u3000\n".encode()])
def test_nothing_but_white_space_is_an_empty_file(data):
    with pytest.raises(EmptyFileError):
        decode(data, name="empty.txt")


def test_gbk_reports_of_hailar_are_decoded(shared: Path):
    for path in sorted((shared / "reports" / "hailar-gbk").glob("*.txt")):
        decoded = decode(path.read_bytes(), name=path.name)
        assert (decoded.encoding, decoded.warnings) == ("gb18030", ())
        assert "海拉尔区" in decoded.text


@settings(deadline=None)
@given(st.binary(max_size=400), st.sampled_from([None, "utf-8", "gbk", "big5", "utf-16", "x"]))
def test_any_bytes_are_decoded_or_refused_with_an_ingest_error(data, declared):
    try:
        decoded = decode(data, name="any.bin", declared=declared)
    except IngestError:
        return
    assert decoded.text.strip()
    assert "\r" not in decoded.text


@settings(deadline=None)
@given(st.text(min_size=1, alphabet=st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"])))
def test_any_utf_8_text_comes_back_unchanged(text):
    data = text.encode("utf-8")
    try:
        decoded = decode(data, name="any.txt")
    except EmptyFileError:
        assert not text.strip("\ufeff\u200b \t\u3000\xa0") or not text.strip()
        return
    if not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        assert decoded.text == text
