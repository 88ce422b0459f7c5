"""Putting lines back and taking paragraphs out, on the page of a report."""

import pytest
from bs4 import BeautifulSoup

from archive.intake import open_archive, take_in
from tests.webui.conftest import signed_in
from webui import close_app, create_app

SAME_SITE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def reader(settings, corpus):
    """A reader of a report of which lines were left out, and its id."""
    with open_archive(settings) as archive:
        data = (corpus / "lanxi-2021.html").read_bytes()
        document_id = take_in(data, "lanxi-2021.html", archive).document_id
    app = create_app(settings)
    yield signed_in(app), document_id
    close_app(app)


def page(client, document_id, parameters="?removed=1&edit=1"):
    answer = client.get(f"/documents/{document_id}{parameters}")
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "html.parser")


def press(client, document_id, headers=SAME_SITE, **form):
    return client.post(f"/documents/{document_id}/lines", data=form, headers=headers)


def buttons(found, name):
    return [button["value"] for button in found.select(f"button[name={name}]")]


def test_buttons_are_shown_only_to_those_who_ask_for_them(reader):
    client, document_id = reader

    assert not page(client, document_id, "?removed=1").select(".line-button")
    found = page(client, document_id)
    assert len(buttons(found, "strip")) == len(found.select(".report [id]"))
    assert len(buttons(found, "restore")) == len(found.select(".removed-here del"))


def test_a_line_that_is_put_back_is_a_paragraph_and_is_found(reader):
    client, document_id = reader
    found = page(client, document_id)
    line = found.select_one(".removed-here p")
    words = line.select_one("del").get_text()

    answer = press(client, document_id, restore=line.button["value"])

    assert answer.status_code == 303
    after = page(client, document_id)
    assert words in [p.contents[0].strip() for p in after.select(".report [id]") if p.contents]
    assert "王编辑" in after.select_one(".left-out").get_text()


def test_a_paragraph_that_is_taken_out_is_not_found_any_more_and_can_be_put_back(reader):
    client, document_id = reader
    paragraph = page(client, document_id).select(".report p.text")[2]
    quoted = f"/api/v1/search?q=“{paragraph.contents[0].strip()[:20]}”"
    assert client.get(quoted).json["total"] == 1

    press(client, document_id, strip=paragraph["id"])

    assert client.get(quoted).json["total"] == 0
    taken = [p for p in page(client, document_id).select(".removed-here p") if p.button]
    [line] = [p for p in taken if paragraph.contents[0].strip()[:20] in p.get_text()]
    press(client, document_id, restore=line.button["value"])
    assert client.get(quoted).json["total"] == 1
    assert paragraph["id"] in [p["id"] for p in page(client, document_id).select(".report [id]")]


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"restore": "999999"}, 400),
        ({"restore": "x"}, 400),
        ({"strip": "none"}, 404),
        ({}, 400),
    ],
)
def test_what_makes_no_sense_changes_nothing(reader, form, status):
    client, document_id = reader
    before = page(client, document_id).select_one(".report").get_text()

    assert press(client, document_id, **form).status_code == status
    assert page(client, document_id).select_one(".report").get_text() == before


def test_a_press_from_a_page_of_another_site_is_refused(reader):
    client, document_id = reader
    [first, *_] = buttons(page(client, document_id), "restore")

    answer = press(client, document_id, {"Sec-Fetch-Site": "cross-site"}, restore=first)

    assert answer.status_code == 403
    assert first in buttons(page(client, document_id), "restore")


def test_who_is_not_signed_in_sees_no_buttons_and_cannot_press_any(settings, corpus):
    with open_archive(settings) as archive:
        data = (corpus / "lanxi-2021.html").read_bytes()
        document_id = take_in(data, "lanxi-2021.html", archive).document_id
    app = create_app(settings)
    client = app.test_client()

    found = page(client, document_id)
    answer = press(client, document_id, restore="1")

    close_app(app)
    assert not found.select(".line-button, #lines")
    assert answer.status_code == 401
