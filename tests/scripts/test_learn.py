import json

import pytest

from tests.quality.portals import county_pages


@pytest.fixture
def portal(tmp_path):
    """A folder with five pages of a portal."""
    folder = tmp_path / "portal"
    folder.mkdir()
    for page in list(county_pages())[:5]:
        (folder / page.name).write_bytes(page.data)
    return folder


def total(zhengwen, query):
    return json.loads(zhengwen("search", query, "--json").stdout)["total"]


def test_what_is_learned_is_told_and_no_longer_found_by_search(zhengwen, portal):
    zhengwen("add", portal)
    assert total(zhengwen, "“溪友墙”") == 4

    dry = zhengwen("learn", "--dry-run")
    assert "4 documents would be read anew" in dry.stdout
    assert total(zhengwen, "“溪友墙”") == 4

    result = zhengwen("learn")

    assert result.exit_code == 0
    assert "4 documents were read anew" in result.stdout
    [row] = [row for row in result.stdout.splitlines() if "溪友墙" in row]
    assert row.split() == ["lanxi.example", "5", "/", "5", "溪友墙"]
    assert total(zhengwen, "“溪友墙”") == 0
    again = json.loads(zhengwen("learn", "--json").stdout)
    assert again["changed"] == []
    assert {"site": "lanxi.example", "text": "溪友墙", "reports": 5, "of_reports": 5} in again[
        "lines"
    ]


def test_a_removed_line_says_of_which_site_it_is_known_and_from_how_many_reports(zhengwen, portal):
    zhengwen("add", portal)
    zhengwen("learn")
    [first, *_] = json.loads(zhengwen("list", "--json").stdout)

    removed = zhengwen("show", first["document_id"], "--removed").stdout

    [row] = [row for row in removed.splitlines() if row.endswith(" 溪友墙")]
    assert "lanxi.example: 5 of 5 reports" in row


def test_an_original_that_is_gone_is_named_and_the_rest_is_done(zhengwen, portal, tmp_path):
    zhengwen("add", portal)
    [oldest] = [
        summary["document_id"]
        for summary in json.loads(zhengwen("list", "--json").stdout)
        if summary["file_name"].endswith("county-2011.html")
    ]
    [lost] = [p for p in (tmp_path / "home" / "originals").glob("*/*") if p.name[:12] == oldest]
    lost.unlink()

    result = zhengwen("learn")

    assert result.exit_code == 1
    assert "county-2011.html" in result.stderr
    assert "3 documents were read anew" in result.stdout
