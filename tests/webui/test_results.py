"""The search page: views, units, panels and chips."""

from bs4 import BeautifulSoup

from index.search import FacetCount, Question
from webui.results.facets import place_tree


def page(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, answer.text
    return BeautifulSoup(answer.text, "html.parser")


def words(element):
    return " ".join(element.get_text(" ").split())


def chips(found):
    return [words(chip) for chip in found.select(".chips li")]


def link(found, label):
    [address] = [a["href"] for a in found.select(".search-page a") if words(a) == label]
    return address


def test_reports_are_shown_with_what_matches_in_them(client):
    found = page(client, "/?q=澄湖 OR 枫桥经验&unit=report&sort=oldest")
    assert len(found.select(".hit")) == 3
    told = {words(hit.select_one(".section")) for hit in found.select(".hit")}
    assert told == {"符合的有 1 段、1 处，最相关的一段：", "符合的有 46 段、46 处，最相关的一段："}
    assert "3 份报告" in words(found.select_one(".summary"))


def test_units_and_views_are_a_link_away(client):
    found = page(client, "/?q=枫桥经验")
    reports = page(client, link(found, "按报告"))
    assert "unit=report" in link(found, "按报告")
    lines = page(client, link(reports, "上下文"))
    assert lines.select_one("table.kwic")
    assert len(page(client, link(lines, "按段落")).select(".hit")) == 3


def rows(found):
    return [
        "|".join(row.select_one(f".{part}").get_text() for part in ("left", "match", "right"))
        for row in found.select("table.kwic tbody tr")
    ]


def test_lines_of_context_have_the_width_asked_for(client):
    found = page(client, "/?q=“枫桥经验”&year=2023&view=kwic&width=10")
    assert rows(found) == ["我们在十二个村试行“|枫桥经验|”，邻里纠纷大多在村"]


def test_lines_of_context_are_sorted_by_either_side(client):
    query = "/?q=“枫桥经验”&view=kwic&width=10&context="
    right = [line.split("|")[2] for line in rows(page(client, query + "right"))]
    # Signs are left out; 落 U+843D, 调 U+8C03, 邻 U+90BB.
    assert [text.lstrip("”，")[0] for text in right] == ["落", "调", "邻"]
    left = [line.split("|")[0] for line in rows(page(client, query + "left"))]
    # Nothing stands before one; 代 U+4EE3, 行 U+884C.
    assert [text.rstrip("“")[-1:] for text in left] == ["", "代", "行"]


def test_every_line_of_context_is_reached(client):
    shown = []
    for offset in (0, 50):
        shown += rows(page(client, f"/?q=居民 OR 枫桥经验&view=kwic&offset={offset}&sort=oldest"))
    total = page(client, "/?q=居民 OR 枫桥经验").select_one(".summary b").get_text()
    assert total == "共 48 段"
    assert len(shown) == 48


def test_paging_keeps_the_view(client):
    found = page(client, "/?q=代表 OR 居民 OR 新&view=kwic&width=12")
    following = found.select_one("a[rel=next]")["href"]
    assert "view=kwic" in following
    assert "width=12" in following


def test_nonsense_of_the_view_is_refused_by_name(client):
    for wrong in ("view=grid", "width=9", "width=61", "context=middle", "unit=word", "from=20"):
        assert page(client, f"/?q=澄湖&{wrong}", 400)


def test_years_from_to_are_one_chip_and_narrow(client):
    found = page(client, "/?q=枫桥经验&from=2024&to=2030")
    assert words(found.select_one(".summary b")) == "共 2 段"
    assert chips(found)[0] == "2024–2030 年 ×"
    assert words(page(client, "/?q=枫桥经验&from=2030&to=2024").select_one(".summary b")) == (
        "共 2 段"
    )
    assert page(client, "/?q=枫桥经验&to=2023").select_one(".summary b").get_text() == "共 1 段"


def test_the_form_for_years_keeps_what_is_chosen_otherwise(client):
    form = page(client, "/?q=枫桥经验&level=county&sort=newest").select_one("form.range")
    kept = {i["name"]: i["value"] for i in form.select("input[type=hidden]")}
    assert kept == {"q": "枫桥经验", "level": "county", "sort": "newest"}


def test_bars_are_measured_by_the_year_with_most(client):
    found = page(client, "/?q=枫桥经验")
    bars = {
        words(row.select_one(".label")): float(row.select_one("rect")["width"])
        for row in found.select(".bars li")
    }
    assert bars == {"2024": 100, "2023": 50}


def test_a_place_is_chosen_with_its_chip_and_taken_back(client):
    found = page(client, "/?q=枫桥经验")
    [address] = [a["href"] for a in found.select(".tree a") if "望舒区" in a.get_text()]
    assert "place=" in address
    narrowed = page(client, address)
    assert words(narrowed.select_one(".summary b")) == "共 1 段"
    assert chips(narrowed)[0] == "望舒区及下辖 ×"
    back = narrowed.select_one(".chips a")["href"]
    assert words(page(client, back).select_one(".summary b")) == "共 3 段"


def test_links_with_region_go_on_working(client):
    found = page(client, "/?q=枫桥经验&region=望舒区")
    assert words(found.select_one(".summary b")) == "共 1 段"
    assert chips(found)[0] == "望舒区 ×"


def test_each_hit_leads_to_its_file_its_place_and_its_citation(client):
    hit = page(client, "/?q=“枫桥经验”&year=2023").select_one(".hit")
    paths = [a["href"] for a in hit.select("a")]
    assert any(path.startswith("/originals/") for path in paths)
    assert [path for path in paths if path.startswith("/cite/")] == [
        path for path in paths if "format=" in path
    ]
    assert "青榆区人民政府. " in hit.select_one(".citation").get_text()
    permalinks = [path for path in paths if "#" in path and "?q=" not in path]
    assert permalinks
    assert client.get(permalinks[0]).status_code == 200


def counts(**found):
    return tuple(FacetCount(name, name, count, False) for name, count in found.items())


def drawn(nodes, depth=0):
    for node in nodes:
        yield f"{'-' * depth}{node.name} {node.count}"
        yield from drawn(node.below, depth + 1)


def test_places_stand_below_each_other_with_subtotals():
    tree = place_tree(
        counts(福建省=2, 福建省福州市台江区=3, 福建省福州市=4, 福建省厦门市=5, 江西省南昌市=1),
        Question("甲"),
    )
    assert list(drawn(tree)) == [
        "福建省 14",
        "-福州市 7",
        "--台江区 3",
        "-厦门市 5",
        "江西省 1",
        "-南昌市 1",
    ]


def test_of_many_places_those_below_the_chosen_are_shown():
    many = counts(
        **{f"福建省第{number}市": 1 for number in range(30)},
        **{f"江西省第{number}市": 2 for number in range(30)},
    )
    [jiangxi, fujian] = place_tree(many, Question("甲", places=frozenset({"福建省"})))
    assert (jiangxi.name, jiangxi.count, jiangxi.hidden, jiangxi.below) == ("江西省", 60, 30, [])
    assert fujian.is_chosen
    assert len(fujian.below) == 30
