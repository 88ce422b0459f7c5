"""zhengwen clean: the text of files, without the archive."""

import json

import pytest


def paragraphs(zhengwen, path):
    answer = json.loads(zhengwen("inspect", path, "--json").stdout)
    return [paragraph["text"] for paragraph in answer["paragraphs"]]


def test_paragraphs_are_printed_one_a_line_and_nothing_else(zhengwen, corpus, tmp_path):
    path = corpus / "lanxi-2021.html"

    result = zhengwen("clean", path)

    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == paragraphs(zhengwen, path)
    assert "浏览量" not in result.stdout
    assert not (tmp_path / "home").exists()


def test_the_output_is_utf_8_whatever_the_file_was(zhengwen, corpus):
    result = zhengwen("clean", corpus / "wangshu-2022.txt")

    assert result.stdout_bytes.decode("utf-8").startswith("政府工作报告\n")


def test_removed_lines_go_to_standard_error_with_their_rule(zhengwen, corpus):
    path = corpus / "wangshu-2021.txt"

    result = zhengwen("clean", path, "--show-removed")

    removed = json.loads(zhengwen("inspect", path, "--json").stdout)["removed"]
    assert removed
    assert result.stderr.splitlines() == [
        f"wangshu-2021.txt:{line['line']}: [{line['rule']}] {line['text'].strip()}"
        for line in removed
    ]
    assert result.stdout.splitlines() == paragraphs(zhengwen, path)


def test_a_folder_is_written_and_a_failing_file_stops_nothing(zhengwen, corpus, tmp_path):
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"")
    folder = tmp_path / "new" / "texts"

    result = zhengwen("clean", bad, corpus / "lanxi-2023.docx", "--output", folder)

    assert result.exit_code == 1
    assert "bad.txt" in result.stderr
    assert result.stdout == f"1 written to {folder}, 1 failed.\n"
    assert [path.name for path in folder.iterdir()] == ["lanxi-2023.txt"]
    written = (folder / "lanxi-2023.txt").read_text("utf-8")
    assert written.splitlines() == paragraphs(zhengwen, corpus / "lanxi-2023.docx")


def test_files_of_one_name_get_numbers(zhengwen, corpus, tmp_path):
    for place, source in (("a", "qingyu-2021.txt"), ("b", "qingyu-2024.txt")):
        (tmp_path / place).mkdir()
        (tmp_path / place / "report.txt").write_bytes((corpus / source).read_bytes())
    folder = tmp_path / "texts"

    result = zhengwen("clean", tmp_path / "a", tmp_path / "b", "--output", folder)

    assert result.exit_code == 0
    assert "2020年12月29日" in (folder / "report.txt").read_text("utf-8")
    assert "2024年1月9日" in (folder / "report-2.txt").read_text("utf-8")


def test_an_original_is_never_overwritten(zhengwen, corpus, tmp_path):
    original = tmp_path / "report.txt"
    original.write_bytes((corpus / "qingyu-2021.txt").read_bytes())

    result = zhengwen("clean", original, "--output", tmp_path)

    assert result.exit_code == 1
    assert "--output" in result.stderr
    assert original.read_bytes() == (corpus / "qingyu-2021.txt").read_bytes()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_folder_that_cannot_be_made_is_named(zhengwen, corpus, tmp_path, language):
    (tmp_path / "file").write_text("in the way", "utf-8")

    result = zhengwen(
        "clean", corpus / "fragment.txt", "--output", tmp_path / "file" / "texts", language=language
    )

    assert result.exit_code == 1
    assert "--output" in result.stderr
    assert "texts" in result.stderr
