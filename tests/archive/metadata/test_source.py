"""Who published the text, and where."""

import pytest

from archive.model import Evidence, Source


@pytest.mark.parametrize(
    "above",
    [
        "来源：青榆日报 浏览量：12",
        "来源：\n青榆日报",
        "信息来源：青榆日报",
        "发布机构：青榆日报",
        "来源 :青榆日报 作者 :",
    ],
)
def test_labelled_source_is_the_site(infer, report, above):
    assert infer(report(above=above)).source == Source("青榆日报")


def test_label_without_a_value_is_no_source(infer, report):
    metadata = infer(report(above="来源： 作者： 发布时间：2022-02-03"))
    assert metadata.source == Source()
    assert metadata.evidence["source"].rule == "not-stated"


def test_site_name_of_the_hints_is_taken_where_the_text_has_none(infer, report):
    assert infer(report(), hints={"sitename": "青榆政务"}).source.site == "青榆政务"


def test_canonical_address_is_the_url(infer, report):
    address = "http://www.qingyu.example/a/1.html"
    assert infer(report(), hints={"canonical": address}).source.url == address


def test_session_link_of_a_library_is_passed_over_for_the_real_address(infer, report):
    proxy = "https://s.library.example:6443/interlibSSO/goto/385/detail.html?id=1"
    real = "http://www.qingyu.example/a/1.html"
    metadata = infer(report(above=f"网址：{proxy}\n原文链接：{real}"))
    assert metadata.source.url == real


PAGE = "http://www.qingyu.example/a/1.html"
COPY = "http://mirror.example/qingyu/1.html"
PROXY = "https://s.library.example:6443/interlibSSO/goto/385/+j/detail.html?id=1"


def test_address_that_the_page_was_saved_from_stands_beside_the_canonical_one(infer, report):
    metadata = infer(report(), hints={"canonical": PAGE, "saved-from": COPY})
    assert metadata.source == Source(None, PAGE, COPY)
    assert metadata.evidence["fetched_url"] == Evidence("saved-from", COPY)


def test_address_that_the_page_prints_as_its_own_is_canonical(infer, report):
    metadata = infer(report(above=f"原文链接：{PAGE}"), hints={"saved-from": COPY})
    assert metadata.source == Source(None, PAGE, COPY)


def test_address_saved_from_is_the_url_where_no_other_is_known(infer, report):
    assert infer(report(), hints={"saved-from": COPY}).source == Source(None, COPY, COPY)


def test_session_link_of_a_library_is_no_url_and_is_kept_as_what_was_fetched(infer, report):
    assert infer(report(), hints={"saved-from": PROXY}).source == Source(None, None, PROXY)


@pytest.mark.parametrize(
    ("fetched", "url"),
    [
        (f"https://ezproxy.library.example/login?url={PAGE}", PAGE),
        ("https://library.example/sso/in?url=http%3A%2F%2Fwww.qingyu.example%2Fa%2F1.html", PAGE),
        ("http://www.qingyu.example/a/1.html;jsessionid=9F2C", PAGE),
        ("http://www.qingyu.example/a/1.html?sid=9F2C", None),
        (f"https://library.example/sso/in?url={PAGE}?sid=9F2C", None),
    ],
)
def test_session_link_is_unwrapped_where_it_holds_the_address(infer, report, fetched, url):
    assert infer(report(), hints={"saved-from": fetched}).source == Source(None, url, fetched)


def test_page_without_a_note_of_its_address_has_no_fetched_one(infer, report):
    metadata = infer(report())
    assert metadata.source.fetched_url is None
    assert metadata.evidence["fetched_url"].rule == "not-stated"
