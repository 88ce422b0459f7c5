"""Adding ZIP archives and files that are too large on the command line."""

import zipfile

from archive.limits import FILE_BYTES
from scripts.adding import read_bytes


def _write_zip(path, members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def test_each_file_of_an_archive_has_its_own_outcome(zhengwen, corpus, tmp_path):
    report = (corpus / "qingyu-2021.txt").read_bytes()
    _write_zip(
        tmp_path / "x.zip",
        {
            "报告/青榆.txt": report,
            "副本.txt": report,
            "空.txt": b"",
            "图.jpg": b"\xff\xd8\xff\xe0" + bytes(100),
            "manifest.csv": "年份,地方\n",
        },
    )

    result = zhengwen("add", tmp_path / "x.zip")

    assert result.exit_code == 1
    assert result.stdout == "1 added, 1 already there, 2 failed.\n"
    named = sorted(line.split(": ")[0].rsplit("/")[-1] for line in result.stderr.splitlines())
    assert named == ["x.zip › 图.jpg", "x.zip › 空.txt"]
    assert "青榆" in zhengwen("search", "青榆", "--limit", "1").stdout


def test_an_archive_in_a_folder_is_opened_too(zhengwen, corpus, tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    _write_zip(folder / "x.zip", {"a.txt": (corpus / "qingyu-2021.txt").read_bytes()})

    assert zhengwen("add", folder).stdout == "1 added, 0 already there, 0 failed.\n"


def test_a_bad_archive_is_named_with_its_reason_and_stops_nothing(zhengwen, corpus, tmp_path):
    _write_zip(tmp_path / "a.zip", {"notes/": b""})

    result = zhengwen("add", tmp_path / "a.zip", corpus / "qingyu-2021.txt")

    assert result.stdout == "1 added, 0 already there, 1 failed.\n"
    assert "a.zip: the file is empty" in result.stderr


def test_a_file_above_the_limit_is_refused_and_not_kept(zhengwen, tmp_path):
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(FILE_BYTES + 1)

    result = zhengwen("add", large)

    assert "larger than 64 MB" in result.stderr
    assert list((tmp_path / "home" / "originals").rglob("*")) == []


def test_an_archive_above_the_limit_of_a_file_is_read_whole(tmp_path):
    path = tmp_path / "large.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a.bin", bytes(FILE_BYTES))

    assert len(read_bytes(path)) == path.stat().st_size
