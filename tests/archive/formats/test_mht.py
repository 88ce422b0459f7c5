"""Saved web archives: the root page, its charset, where it was saved from."""

import base64
import quopri

import pytest

from archive.formats import read_file
from archive.refusals import EmptyFileError, IngestError, UnreadableFileError

SENTENCES = [
    "各位代表：现在，我代表县人民政府，向大会报告政府工作，请予审议。",
    "一年来，全县粮食产量稳步提高，茶园面积扩大，山区道路实现村村通达。",
]
ADDRESS = "https://www.jizhou.example/zwgk/202401/t20240109.html"


def _page(charset, sentences=SENTENCES):
    body = "".join(f"<p>{sentence}</p>" for sentence in sentences)
    return f"<html><head><title>政府工作报告</title></head><body>{body}</body></html>".encode(
        charset
    )


def _part(page, *headers, encoding="quoted-printable"):
    encode = base64.encodebytes if encoding == "base64" else quopri.encodestring
    head = "\r\n".join((*headers, f"Content-Transfer-Encoding: {encoding}"))
    return head.encode() + b"\r\n\r\n" + encode(page).replace(b"\n", b"\r\n")


def _mht(*parts, headers=("MIME-Version: 1.0",), parameters="", end=b"--B7--\r\n"):
    kind = f'Content-Type: multipart/related;\r\n\ttype="text/html";{parameters}'
    head = "\r\n".join((*headers, f'{kind}\r\n\tboundary="B7"'))
    body = b"".join(b"--B7\r\n" + part + b"\r\n" for part in parts)
    return head.encode() + b"\r\n\r\n" + body + end


CHROMIUM = (
    "From: <Saved by Blink>",
    f"Snapshot-Content-Location: {ADDRESS}",
    "Subject: =?utf-8?Q?=E6=94=BF=E5=BA=9C=E5=B7=A5=E4=BD=9C=E6=8A=A5=E5=91=8A?=",
    "Date: Tue, 9 Jan 2024 09:00:00 +0800",
    "MIME-Version: 1.0",
)


def _texts(reading):
    return [line.text for line in reading.lines if line.text in SENTENCES]


def test_a_page_saved_by_chromium_is_read_and_its_address_is_a_hint():
    data = _mht(
        _part(_page("utf-8"), "Content-Type: text/html", f"Content-Location: {ADDRESS}"),
        _part(b"\x89PNG" * 30, "Content-Type: image/png", encoding="base64"),
        headers=CHROMIUM,
    )
    reading = read_file(data, "page.txt")
    assert _texts(reading) == SENTENCES
    assert reading.hints["saved-from"] == ADDRESS
    assert reading.hints["title"] == "政府工作报告"
    assert reading.warnings == ()


@pytest.mark.parametrize("charset", ["gb2312", "utf-8"])
@pytest.mark.parametrize("encoding", ["quoted-printable", "base64"])
def test_the_charset_of_the_part_is_used(charset, encoding):
    reading = read_file(
        _mht(
            _part(_page(charset), f"Content-Type: text/html; charset={charset}", encoding=encoding)
        ),
        "page.mht",
    )
    assert reading.encoding == {"gb2312": "gb18030"}.get(charset, charset)
    assert _texts(reading) == SENTENCES


def test_a_page_in_big5_is_read_by_the_charset_of_its_part():
    sentence = "各位代表，大會報告工作，推動經濟發展和產業建設，請予審議。"
    page = f"<html><body><p>{sentence}</p><p>{sentence}</p></body></html>".encode("big5")
    reading = read_file(_mht(_part(page, 'Content-Type: text/html; charset="big5"')), "a")
    assert (reading.encoding, reading.lines[0].text) == ("big5", sentence)


def test_the_root_is_the_part_that_the_envelope_names():
    frame = _part(_page("utf-8", ["广告" * 40]), "Content-Type: text/html; charset=utf-8")
    root = _part(
        _page("utf-8"), "Content-Type: text/html; charset=utf-8", "Content-ID: <root@page>"
    )
    reading = read_file(_mht(frame, root, parameters='\r\n\tstart="<root@page>";'), "a.mht")
    assert _texts(reading) == SENTENCES


def test_a_page_saved_as_a_single_part_is_read():
    data = b"MIME-Version: 1.0\r\n" + _part(_page("gbk"), "Content-Type: text/html; charset=gbk")
    assert _texts(read_file(data, "a")) == SENTENCES


def test_an_address_on_the_disk_is_not_told():
    part = _part(_page("utf-8"), "Content-Type: text/html", "Content-Location: file:///C:/my/a.htm")
    assert "saved-from" not in read_file(_mht(part), "a.mht").hints


def test_a_cut_off_archive_is_read_with_a_warning():
    part = _part(_page("utf-8"), "Content-Type: text/html; charset=utf-8")
    reading = read_file(_mht(part, end=b""), "a.mht")
    assert _texts(reading) == SENTENCES
    assert "CloseBoundaryNotFoundDefect" in reading.warnings[0]


def test_an_archive_without_a_page_is_unreadable():
    part = _part(b"\x89PNG" * 30, "Content-Type: image/png", encoding="base64")
    with pytest.raises(UnreadableFileError):
        read_file(_mht(part), "a.mht")


def test_an_empty_page_is_empty():
    with pytest.raises(EmptyFileError):
        read_file(_mht(_part(b" ", "Content-Type: text/html")), "a.mht")


def test_headers_in_an_unknown_charset_cost_nothing():
    part = _part(_page("utf-8"), "Content-Type: text/html", "Content-Location: =?x-none?B?//8=?=")
    subject = ("MIME-Version: 1.0", "Subject: =?x-none?Q?=FF?=")
    assert _texts(read_file(_mht(part, headers=subject), "a.mht")) == SENTENCES


def test_parts_nested_a_thousand_deep_are_refused():
    deep = b"".join(
        b'Content-Type: multipart/related; boundary="%d"\r\n\r\n--%d\r\n' % (level, level)
        for level in range(1_000)
    )
    with pytest.raises(IngestError):
        read_file(b"MIME-Version: 1.0\r\n" + deep, "a.mht")
