"""Citations, against strings written by hand after GB/T 7714-2015 and the formats' descriptions."""

from dataclasses import replace
from datetime import date

from archive.citation import Cited, cite_bibtex, cite_gbt, cite_ris
from archive.model import Category, Level, Metadata, Region, Source

CITED = Cited(
    "0123456789ab-1a2b3c4d",
    "2024年政府工作报告",
    Metadata(
        title="2024年政府工作报告",
        report_year=2024,
        region=Region("澜溪县", "霁州市澜溪县", None, Level.COUNTY),
        publish_date=date(2024, 1, 9),
        source=Source("澜溪县人民政府网", "https://www.lanxi.example/2024/t_1.html?a=1&b=2"),
    ),
    "http://zhengwen.example/documents/0123456789ab#0123456789ab-1a2b3c4d",
    date(2026, 11, 24),
    ("二、2024年工作安排",),
)


def changed(**values):
    return replace(CITED, metadata=replace(CITED.metadata, **values))


def test_gbt_7714_writes_an_electronic_document():
    assert cite_gbt(CITED) == (
        "霁州市澜溪县人民政府. 2024年政府工作报告[EB/OL]. (2024-01-09)[2026-11-24]. "
        "https://www.lanxi.example/2024/t_1.html?a=1&b=2."
    )


def test_what_is_not_known_is_left_out_and_the_permalink_takes_the_place_of_an_address():
    assert cite_gbt(changed(publish_date=None, region=None, source=Source())) == (
        "2024年政府工作报告[EB/OL]. [2026-11-24]. "
        "http://zhengwen.example/documents/0123456789ab#0123456789ab-1a2b3c4d."
    )


def test_the_national_report_is_by_the_state_council_and_news_by_who_published_it():
    nation = Region("全国", "全国", None, Level.NATIONAL)
    assert cite_gbt(changed(region=nation)).startswith("国务院. ")
    assert cite_gbt(changed(category=Category.NEWS)).startswith("澜溪县人民政府网. ")


def test_bibtex_is_an_entry_of_its_own():
    assert cite_bibtex(CITED) == (
        "@misc{zhengwen-0123456789ab-1a2b3c4d,\n"
        "  author = {{霁州市澜溪县人民政府}},\n"
        "  title = {{2024年政府工作报告}},\n"
        "  year = {2024},\n"
        "  howpublished = {澜溪县人民政府网},\n"
        "  url = {https://www.lanxi.example/2024/t_1.html?a=1&b=2},\n"
        "  urldate = {2026-11-24},\n"
        "  note = {二、2024年工作安排 › "
        "http://zhengwen.example/documents/0123456789ab\\#0123456789ab-1a2b3c4d},\n"
        "  language = {chinese},\n"
        "}\n"
    )


def test_bibtex_escapes_what_tex_would_read():
    hostile = replace(CITED, title="a_b & 50% of {x} \\input~^\n@misc{y,", section=())
    assert (
        "  title = {{a\\_b \\& 50\\% of \\{x\\} \\textbackslash{}input\\textasciitilde{}"
        "\\textasciicircum{} @misc\\{y,}},\n"
    ) in cite_bibtex(hostile)
    address = changed(source=Source("s", "https://x.example/{a} b\\c"))
    assert "  url = {https://x.example/%7Ba%7D%20b%5Cc},\n" in cite_bibtex(address)


def test_ris_is_a_record_of_an_electronic_document():
    assert cite_ris(CITED) == (
        "TY  - ELEC\r\n"
        "AU  - 霁州市澜溪县人民政府\r\n"
        "TI  - 2024年政府工作报告\r\n"
        "PY  - 2024\r\n"
        "DA  - 2024/01/09/\r\n"
        "PB  - 澜溪县人民政府网\r\n"
        "UR  - https://www.lanxi.example/2024/t_1.html?a=1&b=2\r\n"
        "Y2  - 2026/11/24/\r\n"
        "N1  - 二、2024年工作安排 › "
        "http://zhengwen.example/documents/0123456789ab#0123456789ab-1a2b3c4d\r\n"
        "LA  - zh\r\n"
        "ER  - \r\n"
    )


def test_a_title_cannot_begin_another_field_of_ris():
    lines = cite_ris(replace(CITED, title="甲\r\nER  - \r\n\u2028TY  - BOOK")).split("\r\n")
    assert "TI  - 甲 ER - TY - BOOK" in lines
    assert sum(line.startswith("TY  - ") for line in lines) == 1
