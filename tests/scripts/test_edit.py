import json


def test_an_edit_moves_the_report_to_its_year_in_search(zhengwen, corpus):
    zhengwen("add", corpus / "fragment.txt")
    [summary] = json.loads(zhengwen("list", "--json").stdout)

    result = zhengwen("edit", summary["document_id"], "report_year=2023", "--by", "Wang")

    assert result.exit_code == 0
    assert "Wang  report_year → 2023" in result.stdout
    [hit] = json.loads(zhengwen("search", "“枫桥经验”", "--year", "2023", "--json").stdout)["hits"]
    assert hit["report_year"] == 2023
    again = json.loads(zhengwen("edit", summary["document_id"], "--json").stdout)
    assert [(edit["field"], edit["value"]) for edit in again["edits"]] == [("report_year", "2023")]


def test_an_edit_outlasts_a_rebuild_of_the_index(zhengwen, corpus):
    zhengwen("add", corpus / "fragment.txt")
    [summary] = json.loads(zhengwen("list", "--json").stdout)
    zhengwen("edit", summary["document_id"], "report_year=2023")

    zhengwen("reindex")

    facets = json.loads(zhengwen("search", "“枫桥经验”", "--json").stdout)["facets"]
    assert facets["year"] == {"2023": 1}


def test_a_field_that_does_not_exist_is_named_with_those_that_do(zhengwen, corpus):
    result = zhengwen("edit", "a1b2", "shoe_size=42")

    assert result.exit_code == 1
    assert "shoe_size" in result.stderr
    assert "report_year" in result.stderr
    assert "version_of" in result.stderr


def test_what_is_a_version_of_what_is_said_and_is_in_the_history(zhengwen, corpus):
    zhengwen("add", corpus / "newspaper.txt", corpus / "qingyu-2022.html")
    listed = {s["file_name"]: s for s in json.loads(zhengwen("list", "--json").stdout)}
    news, report = (listed[name]["document_id"] for name in ("newspaper.txt", "qingyu-2022.html"))
    found = json.loads(zhengwen("search", "“青榆”", "--json").stdout)["total"]

    joined = zhengwen("edit", news, f"version_of={report}", "--by", "Wang")

    assert f"Wang  version_of → {report}" in joined.stdout
    # Sentences that stand in both are counted once now.
    assert json.loads(zhengwen("search", "“青榆”", "--json").stdout)["total"] < found
    zhengwen("edit", news, "version_of=")
    assert json.loads(zhengwen("search", "“青榆”", "--json").stdout)["total"] == found


def test_versions_are_left_to_the_program_again(zhengwen, corpus, tmp_path):
    copy = tmp_path / "copy.html"
    copy.write_bytes((corpus / "qingyu-2022.html").read_bytes() + b"\n")
    zhengwen("add", corpus / "qingyu-2022.html", copy)
    listed = {
        s["file_name"]: s["document_id"] for s in json.loads(zhengwen("list", "--json").stdout)
    }
    found = json.loads(zhengwen("search", "“青榆”", "--json").stdout)["total"]
    zhengwen("edit", listed["copy.html"], "version_of=")
    assert json.loads(zhengwen("search", "“青榆”", "--json").stdout)["total"] > found

    said = zhengwen("edit", listed["copy.html"], "version_of=auto", "--by", "Wang")

    assert "Wang  version_of → auto" in said.stdout
    assert json.loads(zhengwen("search", "“青榆”", "--json").stdout)["total"] == found
