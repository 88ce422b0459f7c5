"""Documents as JSON Lines: out of one archive, into another."""

import base64
import hashlib
import json

import pytest


@pytest.fixture
def second(zhengwen, tmp_path):
    def run(*arguments: object):
        return zhengwen("--home", tmp_path / "second", *arguments)

    return run


@pytest.fixture
def filled(zhengwen, with_samples):
    """Reports with versions, corrections and decisions; the documents' ids."""
    ids = [one["document_id"] for one in json.loads(zhengwen("list", "--json").stdout)]
    zhengwen("edit", ids[0], "report_year=2019", "--by", "王编辑")
    zhengwen("edit", ids[1], f"version_of={ids[2]}", "--by", "王编辑")
    paragraph = zhengwen("show", ids[3], "--ids").stdout.splitlines()[2].split()[0]
    zhengwen("strip", ids[3], paragraph, "--by", "李编辑")
    return ids


def everything(run, ids):
    """What is listed, found and shown; the number of a revision is an archive's own business."""
    listed = json.loads(run("list", "--json").stdout)
    found = [
        json.loads(run("search", query, "--json", "--limit", "500").stdout)
        for query in ("“枫桥经验”", "发展", "年:2019..2024", "地区:澜溪")
    ]
    shown = [
        run(command, one, *options).stdout
        for one in ids
        for command, options in (
            ("show", ("--json",)),
            ("show", ("--removed",)),
            ("edit", ()),
            ("strip", ("--json",)),
        )
    ]
    return [{**one, "revision": None} for one in listed], found, shown


def test_a_round_trip_gives_the_same_lists_searches_ids_and_decisions(
    zhengwen, second, filled, tmp_path
):
    assert zhengwen("export", tmp_path / "all.jsonl", "--with-originals").exit_code == 0

    result = second("import", tmp_path / "all.jsonl")

    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "14 added, 0 already there, 0 lines left out.\n"
    assert everything(second, filled) == everything(zhengwen, filled)
    assert second("doctor").stdout == "Nothing is wrong: 14 reports.\n"
    names = {path.name for path in (tmp_path / "second" / "originals").glob("*/*")}
    assert names == {path.name for path in (tmp_path / "home" / "originals").glob("*/*")}


def test_what_is_read_again_after_an_import_is_as_before(zhengwen, second, filled, tmp_path):
    zhengwen("export", tmp_path / "all.jsonl", "--with-originals")
    second("import", tmp_path / "all.jsonl")

    assert second("reingest").stdout == "0 changed, 14 unchanged, 0 failed.\n"


def test_documents_that_are_there_are_named_and_stay_as_they_are(
    zhengwen, second, filled, corpus, tmp_path
):
    zhengwen("export", tmp_path / "all.jsonl", "--with-originals")
    second("add", corpus / "fragment.txt", corpus / "qingyu-2021.txt")
    there = [one["document_id"] for one in json.loads(second("list", "--json").stdout)]
    second("edit", there[0], "congress=第九届")
    before = second("show", there[0], "--json").stdout

    result = second("import", tmp_path / "all.jsonl")

    assert result.exit_code == 0
    assert result.stdout == "12 added, 2 already there, 0 lines left out.\n"
    assert all(f"{one}: there already" in result.stderr for one in there)
    assert second("show", there[0], "--json").stdout == before
    assert len(json.loads(second("list", "--json").stdout)) == 14
    assert second("doctor").exit_code == 0


def test_the_file_is_json_lines_that_anybody_can_read(zhengwen, filled, corpus):
    result = zhengwen("export", "-", "--with-originals")

    head, *documents, end = map(json.loads, result.stdout.splitlines())
    assert head["format"] == "zhengwen-export"
    assert end == {"end": True, "documents": 14}
    originals = {hashlib.sha256(p.read_bytes()).hexdigest(): p.name for p in corpus.iterdir()}
    for line in documents:
        [document] = line["documents"]
        assert originals[document["sha256"]] == document["file_name"]
        data = base64.b64decode(line["original"])
        assert hashlib.sha256(data).hexdigest() == document["sha256"]
        assert [p["ordinal"] for p in line["paragraphs"]] == list(range(len(line["paragraphs"])))
    assert [e["value"] for line in documents for e in line.get("edits", ())].count("2019") == 1
    assert "original" not in json.loads(zhengwen("export", "-").stdout.splitlines()[1])


def spoiled(lines):
    """Name -> a line that is no document, made of a good one."""
    good = json.loads(lines[3])

    def other(table, **values):
        return json.dumps({**good, table: [{**good[table][0], **values}, *good[table][1:]]})

    return {
        "no JSON": lines[3][:-20],
        "no object": "[1, 2]",
        "no document": "{}",
        "another id": other("documents", document_id="0" * 12),
        "no number": other("documents", report_year="2022"),
        "no time": other("documents", added_at="yesterday"),
        "no such kind": other("paragraphs", kind="poem"),
        "a stranger's paragraph": other("paragraphs", document_id="0" * 12),
        "twice": other("paragraphs", paragraph_id=good["paragraphs"][1]["paragraph_id"]),
        "no such category": other("documents", category="poem"),
        "another original": json.dumps({**good, "original": base64.b64encode(b"x").decode()}),
        "no Base64": json.dumps({**good, "original": "?"}),
        "nothing where something must be": other("paragraphs", text=None),
    }


def test_a_bad_line_is_named_by_its_number_and_stops_nothing(zhengwen, second, filled, tmp_path):
    zhengwen("export", tmp_path / "all.jsonl", "--with-originals")
    lines = (tmp_path / "all.jsonl").read_text("utf-8").splitlines()
    for number, (name, line) in enumerate(spoiled(lines).items()):
        changed = [*lines[:3], line, *lines[4:]]
        (tmp_path / "bad.jsonl").write_text("\n".join(changed) + "\n", "utf-8")
        home = tmp_path / f"bad{number}"

        result = zhengwen("--home", home, "import", tmp_path / "bad.jsonl")

        assert result.exit_code == 1, name
        assert result.stdout == "13 added, 0 already there, 1 lines left out.\n", name
        assert result.stderr.startswith("Line 4 is no document ("), name
        assert len(result.stderr.splitlines()) == 1, name
    assert zhengwen("--home", home, "doctor").exit_code == 0
    assert zhengwen("--home", home, "import", tmp_path / "all.jsonl").stdout.startswith("1 added")


def test_a_file_that_was_cut_off_is_taken_in_as_far_as_it_goes_and_named(
    zhengwen, second, filled, tmp_path
):
    lines = zhengwen("export", "-").stdout.splitlines(keepends=True)
    (tmp_path / "cut.jsonl").write_text("".join(lines[:6]), "utf-8")

    result = second("import", tmp_path / "cut.jsonl")

    assert result.exit_code == 1
    assert "cut off" in result.stderr
    assert "5 documents came without their originals" in result.stderr
    assert result.stdout == "5 added, 0 already there, 0 lines left out.\n"


def test_a_file_of_something_else_is_refused_line_by_line(zhengwen, corpus, tmp_path):
    zhengwen("add", corpus / "fragment.txt")
    (tmp_path / "other.jsonl").write_text('{"format": "other", "format_version": 1}\n', "utf-8")

    result = zhengwen("import", tmp_path / "other.jsonl")

    assert result.exit_code == 1
    assert "Line 1" in result.stderr
    assert len(json.loads(zhengwen("list", "--json").stdout)) == 1


def test_a_file_that_is_there_is_replaced_only_by_force(zhengwen, filled, tmp_path):
    (tmp_path / "all.jsonl").write_bytes(b"mine")
    assert zhengwen("export", tmp_path / "all.jsonl").exit_code == 1
    assert (tmp_path / "all.jsonl").read_bytes() == b"mine"
    assert zhengwen("export", tmp_path / "all.jsonl", "--force").exit_code == 0
    assert len((tmp_path / "all.jsonl").read_text("utf-8").splitlines()) == 16
    assert not list(tmp_path.glob(".unfinished-*"))
