"""Who published the text, and where."""

import pytest

from archive.model import Source


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
