"""A place that is called otherwise by now is told from the place of the report."""

import pytest
from bs4 import BeautifulSoup

from archive.intake import open_archive, take_in
from tests.webui.conftest import REPORTS
from webui import close_app, create_app


@pytest.fixture
def reader(settings):
    """A reader of a report that is said to be of a real place and year."""
    with open_archive(settings) as archive:
        document_id = take_in(REPORTS["青榆区2024.txt"], "a.txt", archive).document_id
        archive.store.edit(document_id, {"report_year": "2016", "region": "长乐市"}, "王编辑")
    app = create_app(settings)
    yield app.test_client(), document_id
    close_app(app)


@pytest.mark.parametrize(
    ("language", "since"),
    [("zh", "（2017 年起为长乐区，350112）"), ("en", "(长乐区, 350112, since 2017)")],
)
def test_the_page_tells_what_the_place_is_called_since_and_its_code(reader, language, since):
    client, document_id = reader

    page = BeautifulSoup(
        client.get(f"/documents/{document_id}?lang={language}").text, "html.parser"
    )

    assert "福建省福州市长乐市" in page.select_one(".description").get_text()
    assert since in page.select_one(".description").get_text()
