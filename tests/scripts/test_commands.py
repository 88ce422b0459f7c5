import json
import os
import re

import click
import pytest

from archive.ingest import ingest_page
from archive.intake import open_archive, take_in
from archive.settings import load_settings
from index.builds import LiveIndex
from scripts.cli import COMMANDS, main, make_cli


def test_a_folder_is_added_once(zhengwen, corpus):
    first = zhengwen("add", corpus)
    assert (first.exit_code, first.stdout) == (0, "14 added, 0 already there, 0 failed.\n")

    second = zhengwen("add", corpus)
    assert (second.exit_code, second.stdout) == (0, "0 added, 14 already there, 0 failed.\n")


def test_bad_files_are_named_with_their_reason_and_stop_nothing(zhengwen, corpus, tmp_path):
    folder = tmp_path / "mixed"
    folder.mkdir()
    (folder / "a-empty.txt").write_bytes(b"")
    (folder / "b-binary.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "c-picture.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(2000))
    (folder / "d-note.txt").write_text("会议改到下午三点。", "utf-8")
    (folder / "e-broken.docx").write_bytes(b"PK\x03\x04 and then nothing")
    (folder / "f-broken.pdf").write_bytes(b"%PDF-1.7\nnothing")
    (folder / "g-good.txt").write_bytes((corpus / "qingyu-2021.txt").read_bytes())
    (folder / "table.csv").write_text("年份,地方\n", "utf-8")

    result = zhengwen("add", folder, tmp_path / "not-there.txt")

    assert result.exit_code == 1
    assert result.stdout == "1 added, 0 already there, 7 failed.\n"
    named = re.findall(r"([a-z]-?[a-z]+[-a-z]*\.(?:txt|jpg|docx|pdf))", result.stderr)
    assert sorted(set(named)) == [
        "a-empty.txt",
        "b-binary.txt",
        "c-picture.jpg",
        "d-note.txt",
        "e-broken.docx",
        "f-broken.pdf",
        "not-there.txt",
    ]
    assert len(result.stderr.splitlines()) == 7
    assert zhengwen("search", "青榆", "--limit", "1").exit_code == 0


def test_a_name_that_is_no_text_and_a_pipe_are_named_and_stop_nothing(zhengwen, corpus, tmp_path):
    folder = tmp_path / "odd"
    folder.mkdir()
    gbk_name = os.fsdecode("报告.txt".encode("gb18030"))
    (folder / gbk_name).write_bytes((corpus / "qingyu-2021.txt").read_bytes())
    os.mkfifo(folder / "pipe.txt")

    result = zhengwen("add", folder, folder / "pipe.txt")

    assert result.stdout == "1 added, 0 already there, 1 failed.\n"
    assert "pipe.txt" in result.stderr
    assert "报告.txt" in zhengwen("list", "--json").stdout


def test_a_reader_that_breaks_on_a_file_fails_that_file_only(
    zhengwen, corpus, tmp_path, monkeypatch, caplog
):
    def break_down(data: bytes, name: str, *known: object) -> object:
        if name.endswith("bad.txt"):
            raise RuntimeError("a bug of ours")
        return ingest_page(data, name, *known)

    monkeypatch.setattr("archive.preparation.ingest_page", break_down)
    (tmp_path / "bad.txt").write_text("什么都行", "utf-8")

    result = zhengwen("add", tmp_path / "bad.txt", corpus / "fragment.txt")

    assert result.stdout == "1 added, 0 already there, 1 failed.\n"
    assert "bad.txt" in result.stderr
    assert "a bug of ours" in caplog.text


def test_what_lies_beside_a_file_goes_before_what_is_read_in_it(zhengwen, corpus, tmp_path):
    (tmp_path / "报告.txt").write_bytes((corpus / "fragment.txt").read_bytes())
    (tmp_path / "manifest.csv").write_text("file,report_year\n报告.txt,2023\n", "utf-8")

    zhengwen("add", tmp_path)

    [summary] = json.loads(zhengwen("list", "--json").stdout)
    assert summary["report_year"] == 2023
    shown = json.loads(zhengwen("show", summary["document_id"], "--json").stdout)
    assert shown["evidence"]["report_year"] == {"rule": "sidecar", "text": "manifest.csv"}


def test_search_goes_on_while_another_process_writes(zhengwen, corpus, tmp_path):
    zhengwen("add", corpus / "fragment.txt")
    settings = load_settings(tmp_path / "home", environment={})
    with LiveIndex(settings.search).builds.writing(0):
        with open_archive(settings) as archive:
            take_in((corpus / "qingyu-2021.txt").read_bytes(), "other.txt", archive)
        meanwhile = json.loads(zhengwen("search", "“政府”", "--json").stdout)["total"]

    assert 0 < meanwhile < json.loads(zhengwen("search", "“政府”", "--json").stdout)["total"]


def test_search_prints_marked_paragraphs_with_place_year_and_title(zhengwen, corpus):
    zhengwen("add", corpus / "lanxi-2024.html")

    result = zhengwen("search", "“枫桥经验”")

    assert "澜溪县  2024  2024年澜溪县人民政府工作报告" in result.stdout
    assert "【枫桥经验】" in result.stdout


def test_search_goes_on_below_a_line_with_what_lacks_some_words(zhengwen, with_samples):
    hits, below = zhengwen("search", "枫桥经验 矛盾调解", language="zh").stdout.split("到此为止")

    assert "共 2 段" in hits
    assert "不含" not in hits
    assert "不含：调解" in below
    assert len(zhengwen("search", "“枫桥经验”", language="zh").stdout.split("到此为止")) == 1


def test_search_as_json_has_spans_into_the_text(zhengwen, with_samples):
    answer = json.loads(zhengwen("search", "“枫桥经验”", "--limit", "3", "--json").stdout)

    assert len(answer["hits"]) == 3 < answer["total"]
    for hit in answer["hits"]:
        assert {hit["text"][start:end] for start, end in hit["spans"]} == {"枫桥经验"}
    assert sum(answer["facets"]["year"].values()) <= answer["total"]


def test_paging_by_offset_gives_the_hits_after_those_of_the_first_page(zhengwen, with_samples):
    def ids(offset: int, limit: int) -> list[str]:
        result = zhengwen("search", "发展", "--offset", offset, "--limit", limit, "--json")
        return [hit["paragraph_id"] for hit in json.loads(result.stdout)["hits"]]

    assert ids(0, 5) + ids(5, 5) == ids(0, 10)


def test_search_narrows_by_year_and_sorts(zhengwen, with_samples):
    result = zhengwen(
        "search", "发展", "--year", "2021", "--year", "2023", "--sort", "oldest", "--json"
    )

    years = [hit["report_year"] for hit in json.loads(result.stdout)["hits"]]
    assert set(years) <= {2021, 2023}
    assert years == sorted(years)


@pytest.mark.parametrize("arguments", [["search", "枫桥"], ["list"], ["show", "a"], ["reindex"]])
def test_reading_where_no_archive_is_says_so_and_makes_none(zhengwen, tmp_path, arguments):
    result = zhengwen(*arguments)

    assert result.exit_code == 1
    assert "zhengwen add" in result.stderr
    assert not (tmp_path / "home").exists()


def test_a_faulty_query_is_one_sentence_with_its_position(zhengwen, corpus):
    zhengwen("add", corpus / "fragment.txt")

    result = zhengwen("search", "平安 (枫桥", language="zh")

    assert (result.exit_code, result.stdout) == (1, "")
    assert "第 4 个字符" in result.stderr
    assert "是不是要查：平安 (枫桥)" in result.stderr


def test_inspect_explains_every_value_and_changes_nothing(zhengwen, corpus, tmp_path):
    answer = json.loads(zhengwen("inspect", corpus / "lanxi-2022.html", "--json").stdout)

    assert answer["report_year"] == 2022
    assert answer["region"]["name"] == "澜溪县"
    assert answer["encoding"] == "gb18030"
    assert answer["evidence"]["report_year"]["rule"]
    assert list(answer["paragraphs"][0]) == ["ordinal", "section", "kind", "text"]
    assert answer["removed"][0].keys() == {"line", "text", "rule"}
    assert list(answer) == [
        "title",
        "report_year",
        "region",
        "publish_date",
        "session_date",
        "source",
        "is_report",
        "encoding",
        "evidence",
        "paragraphs",
        "removed",
        "warnings",
    ]
    assert answer["source"].keys() == {"site", "url"}
    assert "lanxi-2022.html" in zhengwen("inspect", corpus / "lanxi-2022.html").stdout
    assert not (tmp_path / "home").exists()


def test_show_tells_what_inspect_tells_and_more(zhengwen, corpus):
    inspected = json.loads(zhengwen("inspect", corpus / "lanxi-2022.html", "--json").stdout)
    zhengwen("add", corpus / "lanxi-2022.html")
    [summary] = json.loads(zhengwen("list", "--json").stdout)

    shown = json.loads(zhengwen("show", summary["document_id"], "--json").stdout)

    assert shown["details"] == {
        "speaker": {"name": "贺云堃", "office": "县长"},
        "congress": "第十八届人民代表大会第一次会议",
        "category": "report",
        "succession": [],
        "review_years": [2017, 2021],
        "fetched_url": None,
    }
    first = shown["paragraphs"][0]
    assert list(first) == [
        "paragraph_id",
        "ordinal",
        "section",
        "kind",
        "text",
        "part",
        "as_received",
    ]
    assert {name: shown[name] for name in inspected if name != "paragraphs"} == {
        name: inspected[name] for name in inspected if name != "paragraphs"
    }


def test_inspect_of_a_file_that_is_not_there_is_our_error(zhengwen):
    result = zhengwen("inspect", "nowhere.txt")

    assert result.exit_code == 1
    assert "nowhere.txt" in result.stderr


def test_list_and_show_lead_from_the_archive_to_a_paragraph(zhengwen, corpus):
    zhengwen("add", corpus / "qingyu-2021.txt")

    [summary] = json.loads(zhengwen("list", "--json").stdout)
    assert (summary["report_year"], summary["region"]["name"]) == (2021, "青榆区")
    assert summary["document_id"] in zhengwen("list").stdout

    whole = zhengwen("show", summary["document_id"]).stdout
    assert "各位代表" in whole
    hits = json.loads(zhengwen("search", "粮食", "--json").stdout)["hits"]
    shown = json.loads(zhengwen("show", summary["document_id"], "--json").stdout)
    assert shown["document_id"] == summary["document_id"]
    assert hits[0]["paragraph_id"] in [one["paragraph_id"] for one in shown["paragraphs"]]
    paragraph = zhengwen("show", hits[0]["paragraph_id"]).stdout
    assert paragraph.rstrip("\n") == hits[0]["text"]


@pytest.mark.parametrize("identifier", ["ffffffffffff", "ffffffffffff-00000000"])
def test_show_of_what_is_not_there_says_so(zhengwen, corpus, identifier):
    zhengwen("add", corpus / "fragment.txt")

    result = zhengwen("show", identifier)

    assert result.exit_code == 1
    assert "ffffffffffff" in result.stderr


def test_reindex_rebuilds_what_search_finds(zhengwen, with_samples):
    before = zhengwen("search", "“枫桥经验”", "--json").stdout

    result = zhengwen("reindex")

    assert (result.exit_code, result.stdout) == (0, "The index is rebuilt: 14 reports.\n")
    assert zhengwen("search", "“枫桥经验”", "--json").stdout == before


def test_settings_say_where_each_value_comes_from(zhengwen, monkeypatch):
    monkeypatch.setenv("ZHENGWEN_PORT", "9100")

    assert json.loads(zhengwen("settings", "--json").stdout)["port"] == 9100
    assert re.search(r"port +9100 +the environment", zhengwen("settings").stdout)


def test_a_setting_that_makes_no_sense_is_named(zhengwen, monkeypatch):
    monkeypatch.setenv("ZHENGWEN_PORT", "eighty")

    result = zhengwen("settings")

    assert result.exit_code == 1
    assert "port" in result.stderr
    assert "eighty" in result.stderr


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_explained_with_an_example(zhengwen, name, language):
    shown = zhengwen(name, "--help", language=language)

    command = make_cli(language).get_command(None, name)
    assert shown.exit_code == 0
    assert f"zhengwen {'--home' if name == 'serve' else name}" in shown.stdout
    assert all(option.help for option in command.params if isinstance(option, click.Option))


def test_usage_errors_have_exit_code_2(zhengwen):
    assert zhengwen("search").exit_code == 2
    assert zhengwen("search", "枫桥", "--limit", "-1").exit_code == 2
    assert zhengwen("no-such-command").exit_code == 2


def test_help_is_in_the_language_that_is_asked_for(capsys):
    with pytest.raises(SystemExit):
        main(["--language", "en", "search", "--help"])
    assert "Paragraphs to print at most." in capsys.readouterr().out

    with pytest.raises(SystemExit):
        main(["--language", "zh", "--help"])
    assert "收录文件" in capsys.readouterr().out


def test_a_filter_that_makes_no_sense_is_an_error_as_in_the_interface(zhengwen, corpus):
    zhengwen("add", corpus / "fragment.txt")

    result = zhengwen("search", "政府", "--year", "two thousand")

    assert result.exit_code == 1
    assert "two thousand" in result.stderr
    unknown = json.loads(zhengwen("search", "政府", "--year", "unknown", "--json").stdout)
    assert unknown["total"] == json.loads(zhengwen("search", "政府", "--json").stdout)["total"] > 0


@pytest.fixture
def versions(zhengwen, corpus, tmp_path):
    """A folder of a report and the same text with other bytes, added; the result, and the ids."""
    folder = tmp_path / "versions"
    folder.mkdir()
    data = (corpus / "qingyu-2021.txt").read_bytes()
    (folder / "a.txt").write_bytes(data)
    (folder / "b.txt").write_bytes(data + b"\n\n")
    result = zhengwen("add", folder)
    listed = {row["file_name"]: row for row in json.loads(zhengwen("list", "--json").stdout)}
    return result, listed["a.txt"], listed["b.txt"]


def test_adding_a_version_says_of_what_it_is_one(versions):
    result, first, _ = versions

    assert result.stdout.splitlines() == [
        "2 added, 0 already there, 0 failed.",
        f"b.txt: the same text as 青榆区 2021 政府工作报告 ({first['document_id']}).",
    ]


def test_list_show_and_search_name_the_versions(zhengwen, versions):
    _, first, second = versions
    assert (second["work_id"], second["versions"]) == (first["document_id"], 2)

    shown = json.loads(zhengwen("show", second["document_id"], "--json").stdout)
    assert shown["work_id"] == first["document_id"]
    assert shown["versions"] == [
        {"document_id": first["document_id"], "relation": None, "like": None, "share": None},
        {
            "document_id": second["document_id"],
            "relation": "same",
            "like": first["document_id"],
            "share": 1.0,
        },
    ]
    text = zhengwen("show", second["document_id"])
    assert "versions" not in text.stdout
    assert f"{second['document_id']}  b.txt  the same text as a.txt" in text.stderr
    assert "1 more versions" in zhengwen("search", "青榆区", "--limit", "1").stdout
    assert "versions" not in zhengwen("show", first["document_id"], "--json").stderr


def test_a_changed_sidecar_takes_effect_when_the_file_is_added_again(zhengwen, corpus, tmp_path):
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "a.txt").write_bytes((corpus / "fragment.txt").read_bytes())
    (folder / "b.txt").write_bytes((corpus / "qingyu-2021.txt").read_bytes())
    manifest = folder / "manifest.csv"
    manifest.write_text("file,report_year,speaker\na.txt,2022,\nb.txt,,\n", "utf-8")
    assert zhengwen("add", folder).stdout == "2 added, 0 already there, 0 failed.\n"

    manifest.write_text("file,report_year,speaker\na.txt,2023,贺云堃 县长\nb.txt,,\n", "utf-8")
    again = zhengwen("add", folder)

    assert again.stdout.splitlines()[0] == "0 added, 1 already there, 0 failed."
    assert again.stdout.splitlines()[1].startswith("1 updated")
    [hit] = json.loads(zhengwen("search", "“枫桥经验”", "--year", "2023", "--json").stdout)["hits"]
    shown = json.loads(zhengwen("show", hit["document_id"], "--json").stdout)
    assert shown["details"]["speaker"] == {"name": "贺云堃", "office": "县长"}
    assert zhengwen("add", folder).stdout == "0 added, 2 already there, 0 failed.\n"
