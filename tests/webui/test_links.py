"""Links of the search page: each leads to the question that it says."""

import re
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import pytest
from werkzeug.datastructures import MultiDict

from index.engine import Order
from index.narrowing import YearSpan
from index.search import FacetCount, Question
from webui.links import placed, toggled
from webui.params import read_question
from webui.results.facets import PlaceNode

QUESTIONS = (
    Question("发展"),
    Question('year=\0 & "region=x" +', order=Order.NEWEST),
    Question("发展", {"year": frozenset({"2023"}), "level": frozenset({"city", ""})}, offset=40),
    Question("发展", {"level": frozenset({"city"})}, years=YearSpan(2010, None)),
    Question("发展", places=frozenset({"福建省", "江西省南昌市"})),
)


def asked_by(address: str) -> Question:
    question = read_question(MultiDict(parse_qsl(urlsplit(address).query)))
    return replace(question, filters={name: v for name, v in question.filters.items() if v})


@pytest.fixture
def page(client):
    with client.application.test_request_context("/"):
        yield


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize(
    ("name", "values"),
    [("year", ("2023", "1999", "")), ("level", ("city", "")), ("source", ("a&b=c +%", ""))],
)
def test_a_value_leads_to_the_question_with_it_or_without_it(page, question, name, values):
    counts = [FacetCount(value, value, 1, False) for value in values]

    for count, address in toggled(question, name, counts):
        chosen = question.filters.get(name, frozenset()) ^ {count.value}
        filters = {**question.filters, name: chosen}
        wanted = {name: values for name, values in filters.items() if values}
        assert asked_by(address) == replace(question, filters=wanted, offset=0)


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_place_leads_to_the_question_with_it_in_place_of_those_around_it(page, question):
    nodes = [PlaceNode(name, name) for name in ("福建省", "福建省福州市", "安徽省")]
    wanted = {
        frozenset(): [{"福建省"}, {"福建省福州市"}, {"安徽省"}],
        frozenset({"福建省", "江西省南昌市"}): [
            {"江西省南昌市"},
            {"福建省福州市", "江西省南昌市"},
            {"福建省", "江西省南昌市", "安徽省"},
        ],
    }[question.places]

    addresses = [address for _, address in placed(question, nodes)]

    asked = [replace(question, places=frozenset(places), offset=0) for places in wanted]
    assert [asked_by(address) for address in addresses] == asked


def test_links_begin_with_the_root_that_the_site_is_served_under(client):
    for root in ("", "/archive", ""):
        page = client.get("/?q=澄湖", environ_overrides={"SCRIPT_NAME": root}).text
        addresses = re.findall(r'(?:href|src|action)="(/[^"]*)"', page)
        assert len(addresses) > 100
        assert {address.startswith("/archive/") for address in addresses} == {root != ""}


def test_a_citation_without_a_publisher_has_the_address_of_the_paragraph_here(client):
    page = client.get("/?q=澄湖", base_url="http://localhost:8383/archive").text

    [path, *_] = re.findall(r'href="(/archive/documents/[^"?]+#[^"]+)"', page)
    assert f"]. http://localhost:8383{path}.</p>" in page
