"""The benchmark of the site asks a real server and counts what goes wrong."""

import asyncio

import pytest

from scripts.background import serving
from scripts.bench.search.contenders.zhengwen import PRODUCT
from scripts.bench.search.texts import write_dataset
from scripts.bench.web import ask


@pytest.fixture(scope="module")
def address(corpus, tmp_path_factory):
    data, home = tmp_path_factory.mktemp("data"), tmp_path_factory.mktemp("home")
    PRODUCT.build(write_dataset(data, [corpus], 300), home)
    with serving(home) as site:
        yield site.address


def test_every_answer_of_many_readers_is_counted(address):
    measured = asyncio.run(ask(address, ["/?q=%E5%8F%91%E5%B1%95", "/help"] * 20, 8))

    assert len(measured.milliseconds) == len(measured.sizes) == 40
    assert measured.failures == []
    assert 0 < measured.quantile(0.5) <= measured.quantile(1) <= measured.seconds * 1000


def test_an_answer_that_is_no_page_is_a_failure(address):
    measured = asyncio.run(ask(address, ["/nowhere", "/help", "/?q=%28"], 1))

    assert measured.failures == ["/nowhere: status 404", "/?q=%28: status 400"]
    assert len(measured.milliseconds) == 1


def test_pages_travel_compressed(address):
    [size] = asyncio.run(ask(address, ["/help"], 1)).sizes

    assert 1000 < size < 8000
