"""What travels: compressed pages, static files that a browser asks for once."""

import gc
import gzip
import re
import shutil
from pathlib import Path

import brotli
import pytest

from webui.statics import version_of

STATIC = Path(__file__).resolve().parents[2] / "webui" / "static"
UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress}


def stylesheets(client) -> list[str]:
    return re.findall(r'href="([^"]+\.css[^"]*)"', client.get("/").text)


@pytest.mark.parametrize("encoding", UNPACK)
def test_a_page_is_compressed_as_the_browser_can_read_it(client, encoding):
    plain = client.get("/?q=枫桥经验")

    packed = client.get("/?q=枫桥经验", headers={"Accept-Encoding": encoding})

    assert plain.content_encoding is None
    assert packed.content_encoding == encoding
    assert "Accept-Encoding" in packed.headers["Vary"]
    seconds = re.compile(rb"[\d.]+ \xe7\xa7\x92")  # the time taken differs from run to run
    assert seconds.sub(b"", UNPACK[encoding](packed.data)) == seconds.sub(b"", plain.data)


def test_zstd_is_chosen_where_a_browser_reads_all(client):
    answer = client.get("/", headers={"Accept-Encoding": "gzip, deflate, br, zstd"})

    assert answer.content_encoding == "zstd"


def test_a_stylesheet_is_kept_for_ever_under_an_address_that_its_content_gives(client):
    for address in stylesheets(client):
        with client.get(address) as answer:
            assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
            assert "Cookie" not in answer.headers["Vary"]


def test_a_stylesheet_is_compressed_and_its_file_closed(client):
    address = stylesheets(client)[0]

    with client.get(address, headers={"Accept-Encoding": "br"}) as answer:
        assert brotli.decompress(answer.data) == (STATIC / "base.css").read_bytes()
    gc.collect()  # would complain of a file that is still open


def test_a_changed_file_has_another_address(tmp_path):
    first = shutil.copy(STATIC / "base.css", tmp_path / "first.css")
    second = tmp_path / "second.css"
    second.write_bytes(Path(first).read_bytes() + b"\n")

    assert version_of(Path(first)) == version_of(STATIC / "base.css")
    assert version_of(second) != version_of(Path(first))


@pytest.mark.parametrize("address", ["/static/base.css", "/static/base.css?v=0123456789"])
def test_a_file_under_an_address_of_another_content_is_asked_for_again(client, address):
    with client.get(address) as answer:
        assert answer.headers["Cache-Control"] == "no-cache"
        tag = answer.headers["ETag"]

    with client.get(address, headers={"If-None-Match": tag}) as again:
        assert again.status_code == 304


def test_pages_name_no_static_file_that_is_not_there(client):
    assert len(stylesheets(client)) >= 2
    assert version_of(STATIC / "nothing.css") == ""
    assert "v=" in stylesheets(client)[0]
