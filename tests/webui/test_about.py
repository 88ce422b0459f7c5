"""What is in the archive, and what it says of itself."""

from bs4 import BeautifulSoup

from archive.inventory import Entry
from archive.model import Category, Level, Region
from webui.about import Figures, count_entries

BEFORE = Region("长乐市", "福建省福州市长乐市", "350182", Level.COUNTY)
AFTER = Region("长乐区", "福建省福州市长乐区", "350112", Level.COUNTY)


def test_versions_and_names_of_a_place_are_counted_once():
    entries = [
        Entry("a", "a", 2016, BEFORE, Category.REPORT, 100),
        Entry("b", "a", 2016, BEFORE, Category.REPORT, 90),
        Entry("c", "c", 2019, AFTER, Category.REPORT, 200),
        Entry("d", "d", 2024, None, Category.NEWS, 10),
    ]

    assert count_entries(entries) == Figures(
        documents=4,
        reports=2,
        versions=1,
        look_alikes=1,
        places=1,
        years=(2016, 2019),
        letters=400,
    )


def test_the_page_says_what_there_is_by_which_rules_and_how_to_cite_it(client):
    found = BeautifulSoup(client.get("/about").text, "html.parser")
    facts = {row.dt.get_text(): row.dd.get_text() for row in found.select(".facts-list div")}

    assert facts["政府工作报告"] == "3"
    assert facts["地区"] == "2"
    assert facts["报告年份"] == "2023–2024"
    assert facts["版本"] == "0.1.0"
    assert facts["索引建立于"].endswith("UTC")
    assert "3 份报告" in found.select_one(".citation").get_text()


def test_an_empty_archive_has_its_page_too(own_client):
    answer = own_client.get("/about")

    assert answer.status_code == 200
