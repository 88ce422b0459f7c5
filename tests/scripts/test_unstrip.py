import json
import sqlite3


def document_of(zhengwen, file):
    zhengwen("add", file)
    [summary] = json.loads(zhengwen("list", "--json").stdout)
    return summary["document_id"]


def total(zhengwen, query):
    return json.loads(zhengwen("search", query, "--json").stdout)["total"]


def test_a_line_restored_by_its_shown_number_is_found_by_search_until_that_is_undone(
    zhengwen, corpus
):
    identifier = document_of(zhengwen, corpus / "wangshu-2021.txt")
    rows = zhengwen("show", identifier, "--removed").stdout.splitlines()
    number, words = next(
        (row.split("  ")[0], row.split("] ", 1)[1])
        for row in rows
        if len(row.split("] ", 1)[1]) > 5
    )
    assert total(zhengwen, f"“{words}”") == 0

    result = zhengwen("unstrip", identifier, number, "--by", "Wang")

    assert result.exit_code == 0
    assert f"Wang  put back line {number}: {words}" in result.stdout
    assert total(zhengwen, f"“{words}”") == 1
    zhengwen("reindex")
    assert total(zhengwen, f"“{words}”") == 1
    zhengwen("unstrip", identifier, number, "--undo")
    assert total(zhengwen, f"“{words}”") == 0


def test_a_paragraph_stripped_by_its_shown_id_is_not_found_until_that_is_undone(zhengwen, corpus):
    identifier = document_of(zhengwen, corpus / "fragment.txt")
    paragraph_id, words = (
        zhengwen("show", identifier, "--ids").stdout.splitlines()[0].split("  ", 1)
    )

    zhengwen("strip", identifier, paragraph_id, "--by", "Li")

    assert total(zhengwen, f"“{words}”") == 0
    again = json.loads(zhengwen("strip", identifier, "--json").stdout)
    assert [(c["action"], c["editor"], c["text"]) for c in again["choices"]] == [
        ("strip", "Li", words)
    ]
    zhengwen("strip", identifier, paragraph_id, "--undo")
    assert total(zhengwen, f"“{words}”") == 1


def test_a_line_that_was_not_removed_is_refused_with_those_that_were(zhengwen, corpus):
    identifier = document_of(zhengwen, corpus / "wangshu-2021.txt")

    result = zhengwen("unstrip", identifier, "9999")

    assert result.exit_code == 1
    assert "9999" in result.stderr


def test_a_line_comes_back_at_its_place_in_a_report_added_before_places_were_noted(
    zhengwen, corpus, tmp_path
):
    identifier = document_of(zhengwen, corpus / "wangshu-2021.txt")
    with sqlite3.connect(tmp_path / "home" / "archive.sqlite") as database:
        database.execute("UPDATE paragraphs SET line = NULL")
    database.close()
    row = zhengwen("show", identifier, "--removed").stdout.splitlines()[0]

    zhengwen("unstrip", identifier, row.split("  ")[0])

    assert zhengwen("show", identifier).stdout.splitlines()[0] == row.split("] ", 1)[1]
