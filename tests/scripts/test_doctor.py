import json


def test_a_healthy_archive_is_one_sentence(zhengwen, corpus):
    zhengwen("add", corpus / "fragment.txt")

    result = zhengwen("doctor")

    assert (result.exit_code, result.stdout) == (0, "Nothing is wrong: 1 reports.\n")


def test_each_thing_found_has_its_remedy_in_both_languages(zhengwen, corpus, tmp_path):
    zhengwen("add", corpus / "fragment.txt")
    [original] = (tmp_path / "home" / "originals").glob("*/*")
    original.write_bytes(b"something else")
    (tmp_path / "home" / "search" / "current").write_text("000?\n")

    english, chinese = zhengwen("doctor"), zhengwen("doctor", language="zh")

    assert english.exit_code == chinese.exit_code == 1
    assert f"original {original.name}" in english.stdout
    assert "Add the same file again" in english.stdout
    assert "zhengwen reindex" in english.stdout
    assert "2 wrong, 0 mended, 0 to know." in english.stdout
    assert "请重新收录同一文件" in chinese.stdout


def test_what_is_mended_is_told_and_the_rest_stays_wrong(zhengwen, corpus, tmp_path):
    zhengwen("add", corpus / "fragment.txt", corpus / "qingyu-2021.txt")
    [original, _] = sorted((tmp_path / "home" / "originals").glob("*/*"))
    original.write_bytes(b"something else")
    (tmp_path / "home" / "search" / "current").write_text("000?\n")

    result = zhengwen("doctor", "--repair", "--json")

    states = {one["code"]: one["state"] for one in json.loads(result.stdout)}
    assert result.exit_code == 1
    assert states == {"original_damaged": "wrong", "index_damaged": "mended"}
    assert original.with_name(f"{original.name}.damaged").read_bytes() == b"something else"
    zhengwen("add", corpus / "fragment.txt", corpus / "qingyu-2021.txt")
    assert zhengwen("doctor").exit_code == 0
    assert json.loads(zhengwen("search", "“政府”", "--json").stdout)["total"] > 0


def test_a_home_without_anything_is_named(zhengwen):
    result = zhengwen("doctor")

    assert result.exit_code == 1
    assert "no archive" in result.stderr
