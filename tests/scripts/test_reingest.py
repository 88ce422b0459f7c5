import json
from dataclasses import replace

import pytest

from archive.ingest import ingest_page
from archive.refusals import NoReportTextError


def ids(zhengwen) -> dict[str, str]:
    listed = json.loads(zhengwen("list", "--json").stdout)
    return {row["file_name"]: row["document_id"] for row in listed}


def test_by_the_same_rules_nothing_changes(zhengwen, with_samples):
    before = zhengwen("list", "--json").stdout

    result = zhengwen("reingest")

    assert result.stdout == "0 changed, 14 unchanged, 0 failed.\n"
    assert zhengwen("list", "--json").stdout == before


@pytest.mark.parametrize("command", [["reingest"], ["reindex", "--changed"]])
def test_by_better_rules_only_the_documents_that_differ_are_written_and_found_anew(
    zhengwen, corpus, monkeypatch, command
):
    zhengwen("add", corpus / "qingyu-2021.txt", corpus / "qingyu-2023.txt")
    document_id = ids(zhengwen)["qingyu-2021.txt"]
    zhengwen("edit", document_id, "title=青榆报告")

    def better(data: bytes, name: str, complete):
        page = ingest_page(data, name, complete)
        if name != "qingyu-2021.txt":
            return page
        first, *others = page.document.paragraphs
        paragraphs = (replace(first, text="新规则读出的一段"), *others)
        return replace(page, document=replace(page.document, paragraphs=paragraphs))

    monkeypatch.setattr("archive.preparation.ingest_page", better)
    result = zhengwen(*command)

    assert result.stdout == "1 changed, 1 unchanged, 0 failed.\n"
    [hit] = json.loads(zhengwen("search", "“新规则读出的一段”", "--json").stdout)["hits"]
    assert (hit["document_id"], hit["title"]) == (document_id, "青榆报告")
    revisions = {
        r["document_id"]: r["revision"] for r in json.loads(zhengwen("list", "--json").stdout)
    }
    assert revisions[document_id] == 3
    assert revisions[ids(zhengwen)["qingyu-2023.txt"]] == 1


def test_a_file_that_cannot_be_read_any_more_is_named_and_stays_as_it_was(
    zhengwen, corpus, monkeypatch
):
    zhengwen("add", corpus / "qingyu-2021.txt")
    before = zhengwen("list", "--json").stdout

    def refuse(_data: bytes, name: str, _complete):
        raise NoReportTextError(name=name, han=0)

    monkeypatch.setattr("archive.preparation.ingest_page", refuse)
    result = zhengwen("reingest", ids(zhengwen)["qingyu-2021.txt"])

    assert result.exit_code == 1
    assert result.stdout == "0 changed, 0 unchanged, 1 failed.\n"
    assert "qingyu-2021.txt" in result.stderr
    assert zhengwen("list", "--json").stdout == before


def test_a_document_that_is_not_there_is_named(zhengwen, corpus):
    zhengwen("add", corpus / "qingyu-2021.txt")

    result = zhengwen("reingest", "nobody")

    assert result.exit_code == 1
    assert "nobody" in result.stderr
