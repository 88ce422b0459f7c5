"""What else readers do: uploads of pages, failures, languages, no scripts, a phone."""

from collections.abc import Iterator

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.browser.signing import NAME, PASSWORD, sign_in
from tests.browser.waiting import leave, wait

PHONE = 390


def one(browser: Chrome, css: str):
    return browser.find_element(By.CSS_SELECTOR, css)


def texts(browser: Chrome, css: str) -> list[str]:
    return [element.text for element in browser.find_elements(By.CSS_SELECTOR, css)]


def follow(browser: Chrome, css: str) -> None:
    leave(browser, one(browser, css).click)


def ask(browser: Chrome, site: str, query: str) -> None:
    browser.get(site)
    leave(browser, lambda: one(browser, "main input[name=q]").send_keys(query, Keys.ENTER))


@pytest.fixture
def without_scripts(browser: Chrome) -> Iterator[Chrome]:
    """The browser as of a reader who has turned scripts off."""
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    yield browser
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def upload(browser: Chrome, site: str, *paths) -> None:
    sign_in(browser, site)
    browser.get(f"{site}/uploads")
    one(browser, "input[type=file]").send_keys("\n".join(map(str, paths)))
    follow(browser, ".upload button")
    # The page comes again by itself until the worker is done with every file.
    under_way = ".outcomes :is(.received, .reading, .stored)"
    wait(browser, 30).until(lambda there: not there.find_elements(By.CSS_SELECTOR, under_way))


def test_a_saved_page_is_uploaded_and_found_without_its_furniture(browser, site, corpus):
    ask(browser, site, "年:2022 地区:澜溪")
    assert texts(browser, ".hit") == []

    upload(browser, site, corpus / "lanxi-2022.html")
    assert "澜溪县" in one(browser, ".outcomes .facts").text
    follow(browser, ".outcomes .name a")
    assert "2022年" in one(browser, "h1").text

    ask(browser, site, "年:2022 地区:澜溪")
    assert set(texts(browser, ".hit .year")) == {"2022年"}


def test_a_file_that_cannot_be_added_is_shown_with_its_reason_beside_one_that_can(
    browser, site, corpus, tmp_path
):
    picture = tmp_path / "照片.txt"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)

    upload(browser, site, picture, corpus / "wangshu-2021.txt")

    assert sorted(texts(browser, ".outcomes .state .tag")) == ["已收录", "未能收录"]
    reason = one(browser, ".outcomes .failed .reason").text
    assert "照片.txt" in reason
    assert "支持" in reason


def test_a_gap_of_coverage_is_filled_without_scripts(without_scripts, site, corpus):
    browser = without_scripts
    browser.get(f"{site}/coverage?from=2022&to=2024")
    gap = browser.find_element(By.XPATH, "//tr[th[contains(., '澜溪县')]]/td[1]/a")
    assert gap.get_attribute("aria-label") == "缺"
    leave(browser, gap.click)
    one(browser, "#name").send_keys(NAME)
    one(browser, "#password").send_keys(PASSWORD)
    follow(browser, "form.sign-in button")

    assert "澜溪县 2022 年" in one(browser, ".wanted").text
    one(browser, "input[type=file]").send_keys(str(corpus / "fragment.txt"))
    follow(browser, ".upload button")
    wait(browser, 30).until(lambda _: one(browser, ".outcomes .facts"))

    assert "澜溪县" in one(browser, ".outcomes .facts").text
    assert "2022年" in one(browser, ".outcomes .facts").text
    browser.get(f"{site}/coverage?from=2022&to=2024")
    filled = browser.find_element(By.XPATH, "//tr[th[contains(., '澜溪县')]]/td[1]/a")
    assert filled.get_attribute("href").startswith(f"{site}/documents/")


def test_a_faulty_query_shows_its_place_and_a_way_out_that_works(browser, site):
    ask(browser, site, "（营商环境 发展")
    assert one(browser, ".faulty-query mark").text == "（"
    [complaint] = browser.get_log("browser")
    assert "400" in complaint["message"]

    follow(browser, ".suggestion a")

    assert texts(browser, ".hit mark")


def test_a_reader_changes_the_language_and_it_stays(browser, site):
    ask(browser, site, "发展")
    chinese = one(browser, ".summary b").text

    follow(browser, ".colophon a[hreflang=en]")

    assert one(browser, "html").get_attribute("lang") == "en"
    assert one(browser, ".summary b").text.startswith("Paragraphs found")
    number = one(browser, ".summary b").text.split()[-1]
    assert number in chinese
    browser.get(f"{site}/help")
    assert one(browser, "h1").text == "How to search"
    follow(browser, ".colophon a[hreflang=zh]")
    assert one(browser, "html").get_attribute("lang") == "zh-CN"


def test_everything_works_without_scripts(without_scripts, site, corpus):
    browser = without_scripts
    upload(browser, site, corpus / "wangshu-2024.txt")
    assert texts(browser, ".outcomes .state .tag") == ["已收录"]
    ask(browser, site, "望舒区")
    assert texts(browser, ".hit mark")
    shown = one(browser, ".summary b").text
    follow(browser, ".facets li a")
    assert texts(browser, ".chips a")
    follow(browser, ".chips a.clear")
    assert one(browser, ".summary b").text == shown
    follow(browser, ".hit h3 a")
    assert texts(browser, ".report mark")
    follow(browser, ".correct a")
    title = one(browser, "#title")
    title.clear()
    title.send_keys("望舒区政府工作报告（订正）")
    follow(browser, "form.edit button")
    assert "望舒区政府工作报告（订正）" in one(browser, "h1").text


def test_scripts_are_really_off_in_the_run_without_them(without_scripts):
    without_scripts.get("data:text/html,<h1>off</h1><script>document.title='on'</script>")

    assert without_scripts.title != "on"


def test_on_a_phone_a_reader_searches_narrows_reads_and_comes_back(browser, site, at_width):
    at_width(PHONE)
    ask(browser, site, "营商环境")
    box = one(browser, "main input[name=q]").rect
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE
    one(browser, ".narrow-by summary").click()
    follow(browser, ".facets li a")
    assert texts(browser, ".chips a")
    narrowed = one(browser, ".summary b").text

    follow(browser, ".hit h3 a")

    text = one(browser, ".report :target")
    assert text.rect["width"] <= PHONE
    leave(browser, browser.back)
    assert one(browser, ".summary b").text == narrowed


def test_lines_of_a_report_are_as_long_as_chinese_is_read_well(browser, site):
    ask(browser, site, "发展")
    assert 30 <= characters_in_a_line(browser, ".hit .report-text") <= 42

    follow(browser, ".hit h3 a")

    assert 30 <= characters_in_a_line(browser, ".report .text") <= 42


def characters_in_a_line(browser: Chrome, css: str) -> float:
    return browser.execute_script(
        "const style = getComputedStyle(arguments[0]);"
        "return arguments[0].clientWidth / parseFloat(style.fontSize);",
        one(browser, css),
    )
