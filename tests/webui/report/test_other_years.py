"""The reports of a place in other years, on the page of each."""

import pytest
from bs4 import BeautifulSoup

from archive.intake import open_archive, take_in
from tests.webui.conftest import REPORTS
from webui import close_app, create_app


def years_of(client, document_id):
    found = BeautifulSoup(client.get(f"/documents/{document_id}").text, "html.parser")
    return found.select("#years ~ *, .other-years tbody tr")


def test_the_years_of_a_place_are_linked_newest_first_with_their_parts(client, ids):
    rows = years_of(client, ids["青榆区2024.txt"])

    assert [row.th.get_text(strip=True) for row in rows] == ["2024", "2023"]
    assert rows[0].th.a is None
    assert rows[1].th.a["href"] == f"/documents/{ids['青榆区2023.txt']}"
    [review] = [a for a in rows[1].select("td a") if a.get_text() == "工作回顾"]
    address, anchor = review["href"].split("#")
    other = BeautifulSoup(client.get(address).text, "html.parser")
    assert other.find(id=anchor).get_text().startswith("一、2022年工作回顾")


def test_a_place_with_a_single_report_has_no_such_list(client, ids):
    assert years_of(client, ids["望舒区2024.txt"]) == []


@pytest.fixture
def renamed(settings):
    """A reader of two reports that are said to be of 长乐市 in 2016 and of 长乐区 in 2019."""
    said = {"青榆区2023.txt": ("2016", "长乐市"), "青榆区2024.txt": ("2019", "长乐区")}
    ids = []
    with open_archive(settings) as archive:
        for name, (year, place) in said.items():
            ids.append(take_in(REPORTS[name], name, archive).document_id)
            stated = {"report_year": year, "region": place}
            archive.store.edit(ids[-1], stated, "王编辑")
    app = create_app(settings)
    yield app.test_client(), ids
    close_app(app)


def test_former_and_later_names_of_a_place_are_followed(renamed):
    client, (earlier, later) = renamed

    for document_id in (earlier, later):
        rows = years_of(client, document_id)
        assert [row.th.get_text(strip=True)[:4] for row in rows] == ["2019", "2016"]
    assert "长乐市" in years_of(client, later)[1].th.get_text()
    assert "长乐区" in years_of(client, earlier)[0].th.get_text()
